import type { Split } from '@overt/schema'

/** Stable codes of what a build or a check can find wrong with a release. */
export const problemCodes = {
  manifest: 'OVT-1341',
  file: 'OVT-1342',
  hash: 'OVT-1343',
  rows: 'OVT-1344',
  row: 'OVT-1345',
  splitGroup: 'OVT-1346',
  leakage: 'OVT-1347',
  canary: 'OVT-1348',
  receipts: 'OVT-1349',
  revoked: 'OVT-1350',
  empty: 'OVT-1351',
  splitFallback: 'OVT-1352',
  splitMissing: 'OVT-1353',
  withdrawn: 'OVT-1354',
  stray: 'OVT-1355',
  unasked: 'OVT-1358',
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
