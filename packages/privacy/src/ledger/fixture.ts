import type { LedgerEntry } from '@overt/schema'
import { canonicalJson } from '@overt/schema/words'

import { bytesOf } from '../consent/encoding.ts'
import { generateKeyPair, type KeyPair } from '../consent/keys.ts'
import { signCheckpoint } from './checkpoint.ts'
import { createFrontier } from './frontier.ts'
import { fromHex, joined, leafHash, type Hash } from './hash.ts'
import { leafOf } from './leaf.ts'
import { encodeBundle, parseTilePath, tileWidth } from './tile.ts'
import type { ReadTile } from './tiled-tree.ts'

/** For tests: a log in memory. */
export interface TrialLog {
  readonly name: string
  readonly keyPair: KeyPair
  readonly lines: readonly string[]
  append(kind: string, body: object, who?: string | null, atEpochMs?: number): Promise<LedgerEntry>
  note(): Promise<string>
  readonly readTile: ReadTile
  /** Another log that has gone the same way so far, under the same key. */
  fork(size?: number): Promise<TrialLog>
}

/** For tests: makes one. */
export async function openTrialLog(name = 'overt/test', pair?: KeyPair, begun: readonly string[] = []): Promise<TrialLog> {
  const keyPair = pair ?? (await generateKeyPair())
  const lines: string[] = []
  const leaves: string[] = []
  /** Hashes by level: a higher one has the roots of full tiles below. */
  const levels: Hash[][] = [[]]
  const frontier = createFrontier()
  const take = async (line: string): Promise<void> => {
    const leaf = await leafOf(line)
    lines.push(line)
    leaves.push(leaf)
    const hash = await leafHash(bytesOf(leaf))
    await frontier.add(hash)
    await put(levels, 0, hash)
  }
  for (const line of begun) await take(line)
  const log: TrialLog = {
    name,
    keyPair,
    lines,
    async append(kind, body, who = null, atEpochMs = 1_000 + lines.length) {
      const entry: LedgerEntry = { v: 2, index: lines.length, atEpochMs, kind, who, body: { ...body } }
      await take(canonicalJson(entry))
      return entry
    },
    note: async () => signCheckpoint({ origin: name, size: lines.length, root: await frontier.root() }, keyPair),
    readTile: async (path) => tileOf(path, leaves, levels),
    fork: (size = lines.length) => openTrialLog(name, keyPair, lines.slice(0, size)),
  }
  return log
}

async function put(levels: Hash[][], level: number, hash: Hash): Promise<void> {
  const hashes = (levels[level] ??= [])
  hashes.push(hash)
  if (hashes.length % tileWidth !== 0) return
  const above = createFrontier()
  for (const one of hashes.slice(-tileWidth)) await above.add(one)
  await put(levels, level + 1, await above.root())
}

function tileOf(path: string, leaves: readonly string[], levels: readonly (readonly Hash[])[]): Uint8Array {
  const tile = parseTilePath(path)
  const from = (tile?.index ?? 0) * tileWidth
  const all = tile === undefined ? [] : tile.level === 'entries' ? leaves : (levels[tile.level] ?? [])
  const part = all.slice(from, from + (tile?.width ?? 0))
  if (tile === undefined || part.length < tile.width) throw new Error(`the log has no ${path}`)
  return tile.level === 'entries' ? encodeBundle(part.map(bytesOf)) : joined(...part.map(fromHex))
}
