import type { Finding } from '@overt/privacy/ledger'

/** A finding as the person is told of it. */
export interface Told extends Finding {
  readonly atEpochMs: number
  /** It is over as soon as the server shows its ledger again. */
  readonly passing: boolean
}

/** What this machine may have brought about by itself, and what may be over in a moment: told, and recording goes on. */
const toldOnly: ReadonlySet<Finding['kind']> = new Set(['clock', 'indicator'])
/** What may be another machine of the person's own: they are asked. */
const asked: ReadonlySet<Finding['kind']> = new Set(['foreign-device', 'forged-receipt'])
/** What is judged anew once they have answered. */
const restOnIt: ReadonlySet<Finding['kind']> = new Set([...asked, 'not-sent', 'outside-consent', 'used-after'])
/** A server that cheats all day is told of often enough. */
const mostTold = 50

/** Whether trust is broken by any of these, so that nothing may be recorded until the person has decided. */
export function isBroken(told: readonly Told[]): boolean {
  return told.some(({ kind, passing }) => !passing && !toldOnly.has(kind))
}

/** Those that a person may know to be their own doing, on another machine. */
export function maybeOwn(told: readonly Told[]): readonly Told[] {
  return told.filter(({ kind, index }) => asked.has(kind) && index !== null)
}

/** What is left to be told once the person has said that all of `maybeOwn` is theirs; the next check says again what is not. */
export function answered(told: readonly Told[]): readonly Told[] {
  return told.filter(({ kind }) => !restOnIt.has(kind))
}

/** What was told with what is found now, each once. What was found stays found, also where the server does better the next time. */
export function tellMore(
  told: readonly Told[],
  found: readonly Finding[],
  at: { readonly epochMs: number; readonly passing: boolean },
): readonly Told[] {
  const lasting = told.filter(({ passing }) => !passing)
  const known = new Set(lasting.map(({ kind, problem }) => `${kind} ${problem}`))
  const fresh = found.filter(({ kind, problem }) => !known.has(`${kind} ${problem}`))
  return [...lasting, ...fresh.map((one) => ({ ...one, atEpochMs: at.epochMs, passing: at.passing && one.kind === 'withheld' }))].slice(
    0,
    mostTold,
  )
}
