import type { RecordKind } from './record.ts'

/** What the store needs to know of a record beside its bytes. */
export interface Envelope {
  readonly kind: RecordKind
  /** Id of the batch or episode: one id, one content. */
  readonly id: string
  /** SHA-256 of the content as it was received, lower-case hexadecimal. */
  readonly contentSha256: string
  /** Format of the bytes: `overt.batch/1`. */
  readonly form: string
  readonly person: string
  readonly session: string
  readonly device: string
  readonly mode: 'ambient' | 'task' | 'import'
  readonly origin: string
  /** Receipt under which it was recorded. */
  readonly receipt: string
  /** The device's clock when it was closed. */
  readonly atEpochMs: number
  readonly events: number
  readonly observations: number
  /** None where it is not told. */
  readonly pictures?: number
  /** Tasks begun in it. */
  readonly tasks: number
}

/** What became of an append: kept, there already with the same content, or there already with another. */
export type Appended = 'stored' | 'duplicate' | 'conflict'
