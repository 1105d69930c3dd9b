import type { Permit } from '@overt/privacy'
import type { Batch } from '@overt/schema'

import type { Ner } from '../ner/open.ts'
import { type Contents, contentsOf } from './contents.ts'
import { type Decoded, type Shaped, decodeRows } from './decode.ts'
import { type Named, nameTexts } from './named.ts'
import { redactColumns } from './redact-columns.ts'
import { redactBatch } from './redact.ts'
import { type Checked, accept } from './refusal.ts'
import { type Scan, scanBatch } from './scan.ts'
import type { Signed } from './signed.ts'

/** A batch that says what it should, and how it will be kept. */
export interface Arrived {
  readonly contents: Contents
  /** SHA-256 of the body as it was signed. */
  readonly sha256: string
  /** What is left of it after the second redaction, which knows what an operator's model finds, where there is one. */
  readonly keep: (permit: Permit, ner?: Ner) => Promise<Clean>
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
  readonly named?: Named | undefined
}

/** From the columns where they are sound, else from the rows. */
export function arrive({ batch, told, asCame }: Shaped, signed: Signed): Checked<Arrived> {
  const { sha256 } = signed
  const scan = scanBatch(batch, told)
  const tight = signed.tight && asCame
  if (scan !== undefined)
    return accept({ contents: scan.contents, sha256, keep: (permit, ner) => keepScanned(permit, batch, scan, { ...signed, tight }, ner) })
  const decoded = decodeRows(batch)
  if (!decoded.ok) return decoded
  const keep: Arrived['keep'] = async (permit, ner) => redacted(decoded.value, ner && (await nameTexts(permit, ner, decoded.value)))
  return accept({ contents: contentsOf(decoded.value), sha256, keep })
}

async function keepScanned(permit: Permit, batch: Batch, scan: Scan, { body, packed, tight }: Signed, ner?: Ner): Promise<Clean> {
  const rows = ner && rowsOf(batch)
  const named = ner && rows && (await nameTexts(permit, ner, rows))
  const clean = redactColumns(batch, scan, named?.map())
  if (clean === undefined) return redacted(rows ?? rowsOf(batch), named)
  if (clean.changed > 0) return { ...restrung(clean.batch, clean.changed), named }
  return tight ? { batch, bytes: body, packed, asSigned: true, changed: 0, named } : { ...restrung(batch, 0), named }
}

function rowsOf(batch: Batch): Decoded {
  const decoded = decodeRows(batch)
  if (!decoded.ok) throw new RangeError(`columns were taken that the rows refuse: ${decoded.explain}`)
  return decoded.value
}

function redacted(decoded: Decoded, named?: Named): Clean {
  const { batch, changed } = redactBatch(decoded, named?.map())
  return { ...restrung(batch, changed), named }
}

function restrung(batch: Batch, changed: number): Clean {
  return { batch, bytes: Buffer.from(JSON.stringify(batch)), asSigned: false, changed }
}
