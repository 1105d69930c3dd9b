/** What a person's client can find wrong with a deployment. */
export type FindingKind =
  /** The ledger is not shown, or not all of it. */
  | 'withheld'
  /** A checkpoint that the log's key did not sign. */
  | 'unsigned'
  /** A smaller ledger than the one seen before. */
  | 'rolled-back'
  /** Another history than the one seen before, by this client or by a witness. */
  | 'forked'
  /** An entry that is not the one in the tree. */
  | 'forged-entry'
  /** A receipt that this person did not give. */
  | 'forged-receipt'
  /** A device that is not this person's. */
  | 'foreign-device'
  /** Stored, and not sent by this person. */
  | 'not-sent'
  /** Stored without a receipt that was live. */
  | 'outside-consent'
  /** A withdrawal that was not entered. */
  | 'not-withdrawn'
  /** An erasure that was not entered. */
  | 'not-erased'
  /** Read or exported without a receipt that was live. */
  | 'used-after'
  /** A read of which there is no entry. */
  | 'unrecorded-read'
  /** It can be opened still, or was used, after it was erased. */
  | 'kept'
  | 'clock'
  /** More than the manifest allows. */
  | 'beyond-manifest'
  /** A manifest that is not the one that all others are asked about. */
  | 'other-manifest'
  | 'weak-redaction'
  /** The sign of recording could not be seen. */
  | 'indicator'

/** Something that is not as it should be, in words, with the entry it is about. */
export interface Finding {
  readonly kind: FindingKind
  readonly problem: string
  readonly index: number | null
}

/** Makes a finding. */
export function finding(kind: FindingKind, problem: string, index: number | null = null): Finding {
  return { kind, problem, index }
}

/** Clocks of two honest machines differ by no more. */
export const skewMs = 300_000
/** How long a server may not answer, or not have entered what it acknowledged, before that is a finding. */
export const patienceMs = 120_000
