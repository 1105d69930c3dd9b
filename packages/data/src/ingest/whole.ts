import { Difference, parser } from '@overt/schema'
import { readSights, rowCounts } from '@overt/schema/told'
import { decodeDifference } from '@overt/schema/words'

import { sha256Hex } from '../store/cipher.ts'
import type { Bases } from './bases.ts'
import { rowsFault } from './cost.ts'
import { maxBodyBytes, tooLarge } from './inflate.ts'
import { type Checked, type Refusal, accept, refuse } from './refusal.ts'

const parseDifference = parser(Difference)

/** A batch as it would have come, had it come whole. */
export interface Whole {
  readonly document: unknown
  readonly body: Uint8Array
  readonly sha256: string
}

/** Whether a document is a batch told by another one. */
export function isDifference(document: unknown): boolean {
  return (
    typeof document === 'object' &&
    document !== null &&
    'v' in document &&
    typeof document.v === 'string' &&
    document.v.startsWith('overt.difference/')
  )
}

/** Earlier versions made wholes of `overt.batch/1`, which is written no more: their recorders send a batch whole where its base is not at hand. */
function isOlder(document: unknown): boolean {
  return /^overt\.difference\/[12]$/.test(String(Reflect.get(Object(document), 'v')))
}

/** Makes the whole batch of a difference: the very bytes that the device has, or it is asked for them. What they hold is judged after, like any other batch's. */
export function wholeOf(bases: Bases, device: string, document: unknown): Checked<Whole> {
  if (isOlder(document)) return unknownBase
  const parsed = parseDifference(document)
  if (!parsed.ok) return refuse('schema', `Not an overt.difference/3: ${parsed.reason}.`)
  const difference = parsed.value
  const base = bases.find(device, difference.base)
  if (base === undefined) return unknownBase
  try {
    const counts = rowCounts(readSights({ sights: difference.told[2] }, base.known), base.known.last?.nodes.length)
    const fault = rowsFault(counts.reduce((sum, count) => sum + count, 0))
    if (fault !== undefined) return refuse('too-large', fault)
    const batch = decodeDifference(base, difference)
    const body = Buffer.from(JSON.stringify(batch))
    if (body.length > maxBodyBytes) return tooLarge()
    const sha256 = sha256Hex(body)
    return sha256.startsWith(difference.sha256) ? accept({ document: batch, body, sha256 }) : otherWhole
  } catch (cause) {
    if (cause instanceof RangeError) return refuse('schema', `The difference does not fit its base: ${cause.message}.`)
    throw cause
  }
}

const unknownBase: Refusal = refuse('base', 'The batch that this one is told by is not at hand here. Send the whole batch.')
const otherWhole: Refusal = refuse('base', 'What the difference makes is not the batch that was signed. Send the whole batch.')
