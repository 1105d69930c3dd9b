import { LedgerEntry, parser } from '@overt/schema'
import { canonicalJson } from '@overt/schema/words'

const parse = parser(LedgerEntry)

/** The bytes that are hashed and stored as one line. */
export function entryBytes(entry: LedgerEntry): Buffer {
  return Buffer.from(canonicalJson(entry))
}

/** Reads one line; undefined where it is no entry. */
export function parseEntry(bytes: Buffer): LedgerEntry | undefined {
  try {
    const parsed = parse(JSON.parse(bytes.toString('utf8')))
    return parsed.ok ? parsed.value : undefined
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined
    throw cause
  }
}
