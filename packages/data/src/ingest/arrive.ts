import type { Batch } from '@overt/schema'

import { type Contents, contentsOf } from './contents.ts'
import { type Decoded, decodeRows } from './decode.ts'
import { redactBatch } from './redact.ts'
import { type Checked, accept } from './refusal.ts'
import { scanBatch } from './scan.ts'
import type { Signed } from './signed.ts'
import { isUntouched } from './untouched.ts'

/** A batch that says what it should, and how it will be kept. */
export interface Arrived {
  readonly contents: Contents
  /** SHA-256 of the body as it was signed. */
  readonly sha256: string
  /** What is left of it after the second redaction. */
  readonly keep: () => Clean
}

/** What is kept of a batch. `packed`: its bytes as the device packed them, where those are what is kept. */
export interface Clean {
  readonly batch: Batch
  readonly bytes: Uint8Array
  readonly packed?: Uint8Array | undefined
  /** Whether they are the bytes that were signed. */
  readonly asSigned: boolean
  /** Texts that redaction changed. */
  readonly changed: number
}

/** From the columns where they are sound, else from the rows. */
export function arrive(batch: Batch, { body, packed, tight, sha256 }: Signed): Checked<Arrived> {
  const scan = scanBatch(batch)
  if (scan === undefined) {
    const decoded = decodeRows(batch)
    return decoded.ok ? accept({ contents: contentsOf(decoded.value), sha256, keep: () => redacted(decoded.value) }) : decoded
  }
  const keep = (): Clean => {
    if (isUntouched(batch, scan.parts)) return tight ? { batch, bytes: body, packed, asSigned: true, changed: 0 } : restrung(batch, 0)
    const decoded = decodeRows(batch)
    if (!decoded.ok) throw new RangeError(`columns were taken that the rows refuse: ${decoded.explain}`)
    return redacted(decoded.value)
  }
  return accept({ contents: scan.contents, sha256, keep })
}

function redacted(decoded: Decoded): Clean {
  const { batch, changed } = redactBatch(decoded)
  return restrung(batch, changed)
}

function restrung(batch: Batch, changed: number): Clean {
  return { batch, bytes: Buffer.from(JSON.stringify(batch)), asSigned: false, changed }
}
