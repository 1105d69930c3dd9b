import { createHash } from 'node:crypto'
import { gunzipSync } from 'node:zlib'

import type { Batch, Difference } from '@overt/schema'
import { type Base, decodeDifference, heardBase } from '@overt/schema/words'

/** What our server does with a batch before it judges it, so that no byte is counted that it could not have read: remembers the last one of each document, and makes whole what is told by it. Gives the headers of its yes; null for a difference that makes no batch. */
export function createFarEnd(): (body: Buffer) => Readonly<Record<string, string>> | null {
  const bases = new Map<string, Base>()
  return (body) => {
    const text = (body[0] === 0x1f ? gunzipSync(body) : body).toString('utf8')
    const document = JSON.parse(text) as Batch | Difference // as: our own recorder wrote it
    const batch = document.v === 'overt.batch/2' ? document : madeWhole(document, bases.get(document.base))
    if (batch === null) return null
    const next = heardBase(batch)
    if (next !== undefined) bases.set(batch.id, next)
    return { 'overt-base': '3' }
  }
}

function madeWhole(difference: Difference, base: Base | undefined): Batch | null {
  const batch = base === undefined ? null : decodeDifference(base, difference)
  return createHash('sha256').update(JSON.stringify(batch)).digest('hex').startsWith(difference.sha256) ? batch : null
}
