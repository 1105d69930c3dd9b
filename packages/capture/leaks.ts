import type { Batch } from '@overt/schema'
import { decodeColumns } from '@overt/schema/words'

/** Texts of batches with four characters of a secret in a row, however they are grouped; `open` is what anyone may know of it. */
export function leaksOf(batches: readonly Batch[], secret: string, open = ''): readonly string[] {
  const body = bare(secret).slice(bare(open).length)
  const parts = Array.from({ length: body.length - 3 }, (_, at) => body.slice(at, at + 4))
  return textsOf(batches).filter((text) => parts.some((part) => bare(text.replaceAll(server, '')).includes(part)))
}

/** The test's own: its port is drawn anew each time, and may have four digits of a secret. */
const server = /http:\/\/(?:127\.0\.0\.1|localhost):\d+/g

function bare(text: string): string {
  return text.replace(/[^A-Za-z0-9]/g, '')
}

/** Every text in them, wherever it stands. */
function textsOf(batches: readonly Batch[]): readonly string[] {
  const texts: string[] = []
  JSON.stringify(
    batches.map((batch) => [batch.strings, decodeColumns(batch).events]),
    (_, value: unknown) => (typeof value === 'string' ? void texts.push(value) : value),
  )
  return texts
}
