import type { Split } from '@overt/schema'

/** Stable codes of what a build or a check can find wrong with a release. */
export const problemCodes = {
  manifest: 'OVT-3501',
  file: 'OVT-3502',
  hash: 'OVT-3503',
  rows: 'OVT-3504',
  row: 'OVT-3505',
  splitGroup: 'OVT-3506',
  leakage: 'OVT-3507',
  canary: 'OVT-3508',
  receipts: 'OVT-3509',
  revoked: 'OVT-3510',
  empty: 'OVT-3511',
  splitFallback: 'OVT-3512',
  splitMissing: 'OVT-3513',
  withdrawn: 'OVT-3514',
  stray: 'OVT-3515',
} as const
export type ProblemKind = keyof typeof problemCodes

/** Something that whoever uses the release must know. Only an `error` makes a report not ok. */
export interface Problem {
  readonly code: string
  readonly level: 'error' | 'warning'
  readonly what: string
}

/** Rows, episodes and groups of one split. */
export interface SplitCount {
  readonly rows: number
  readonly episodes: number
  readonly groups: number
}

/** What a build made or a check found. */
export interface DatasetReport {
  readonly ok: boolean
  readonly rows: number
  readonly episodes: number
  readonly people: number
  readonly splits: Readonly<Partial<Record<Split, SplitCount>>>
  readonly problems: readonly Problem[]
  /** SHA-256 of the release; '' where there is no manifest to read it from. */
  readonly hash: string
  /** What was left out, by reason. */
  readonly dropped: Readonly<Record<string, number>>
}

/** A problem that makes the release unfit. */
export function fault(kind: ProblemKind, what: string): Problem {
  return { code: problemCodes[kind], level: 'error', what }
}

/** A problem that the card tells of. */
export function warning(kind: ProblemKind, what: string): Problem {
  return { code: problemCodes[kind], level: 'warning', what }
}

/** True where no problem is an error. */
export function sound(problems: readonly Problem[]): boolean {
  return problems.every(({ level }) => level !== 'error')
}
