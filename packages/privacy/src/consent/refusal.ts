/** A stable word for why `decide` refused; `explainRefusal` has the sentence. */
export type RefusalReason =
  | 'malformed'
  | 'insecure'
  | 'unsigned'
  | 'untrusted-key'
  | 'bad-signature'
  | 'council-signature'
  | 'manifest-expired'
  | 'notice-period'
  | 'assessment'
  | 'scope'
  | 'redaction'
  | 'not-given'
  | 'withdrawn'
  | 'expired'
  | 'not-yet'
  | 'manifest-mismatch'
  | 'purpose'
  | 'modality'
  | 'assurance'
  | 'opt-out'
  | 'foreign-key'
  | 'notice'
  | 'network'
  | 'region'
  | 'contract'
  | 'device'

/** A refusal as a value. */
export interface Refusal {
  readonly ok: false
  readonly reason: RefusalReason
}

/** The refusal for a reason. */
export function refuse(reason: RefusalReason): Refusal {
  return { ok: false, reason }
}
