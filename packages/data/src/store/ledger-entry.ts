import { blindLeaf, leafForm } from '@overt/privacy/ledger'
import { LedgerEntry, parser } from '@overt/schema'
import { canonicalJson } from '@overt/schema/words'

import { sha256Hex } from './cipher.ts'
import { leafHashOf } from './frontier.ts'

const parse = parser(LedgerEntry)

/** The bytes that are hashed and stored as one line. */
export function entryBytes(entry: LedgerEntry): Buffer {
  return Buffer.from(canonicalJson(entry))
}

/** The leaf of a line: what everybody may see of it. */
export function leafOf(line: Buffer): Buffer {
  const form = leafForm(line.toString('utf8'))
  return form.kind === 'open' ? line : Buffer.from(blindLeaf(sha256Hex(form.tagged), sha256Hex(line)))
}

/** Hash of the leaf of a line. */
export function entryHashOf(line: Buffer): Buffer {
  return leafHashOf(leafOf(line))
}

/** Whether a line is, byte by byte, the entry of this index: what a crash has torn is not. */
export function isEntryAt(index: number, bytes: Buffer): boolean {
  const entry = parseEntry(bytes)
  return entry?.index === index && entryBytes(entry).equals(bytes)
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
