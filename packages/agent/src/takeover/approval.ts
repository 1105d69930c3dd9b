import type { ObservationNode } from '@overt/schema'

/** When a person is asked before the agent acts. */
export type Approve = 'each' | 'risky' | 'never'

/** What the agent is about to do. */
export interface Proposal {
  readonly kind: string
  readonly role: string
  /** Redacted, as the model saw it. */
  readonly name: string
  readonly argument: string
  readonly p01: number
  readonly risk: Risk | null
}

/** Why an act is risky: it may not be undone, or the model is not sure. */
export type Risk = 'irreversible' | 'unsure'

/** A person's answer. `take-over`: the person goes on by hand, until the lease is handed back. */
export type Answer = 'approve' | 'reject' | 'stop' | 'take-over'

const committing =
  /\b(save|submit|send|pay|buy|order|book|refund|delete|remove|discard|erase|cancel|confirm|approve|reject|publish|post|sign|transfer|assign|close|archive|merge)\b/i
const sureEnough01 = 0.5

/** What makes an act risky, null where nothing does. */
export function riskOf(kind: string, node: ObservationNode | undefined, argument: string, p01: number): Risk | null {
  if (kind === 'key' && /(^|\+)(Enter|Delete)$|Control|Alt|Meta/.test(argument)) return 'irreversible'
  if (kind.endsWith('click') && node !== undefined && committing.test(node.name)) return 'irreversible'
  return p01 < sureEnough01 ? 'unsure' : null
}

/** Whether a person has to be asked. */
export function mustAsk(approve: Approve, risk: Risk | null): boolean {
  return approve === 'each' || (approve === 'risky' && risk !== null)
}
