import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { check } from 'recheck'

import { type Pattern, patternsIn } from './patterns.ts'

/** A text that is to make a pattern slow: pieces of what comes first and what is repeated, and what ends it. */
export interface Assault {
  readonly pumps: readonly { readonly prefix: string; readonly pump: string }[]
  readonly suffix: string
}

/** A pattern that recheck doubts: what it says, and its text, where it found one. */
export interface Doubt {
  readonly id: string
  readonly place: string
  readonly says: string
  readonly assault: Assault | null
}

/** What recheck said of patterns, kept in `patterns.json`: it takes seconds for one. */
export interface Verdicts {
  readonly safe: readonly string[]
  readonly doubted: readonly Doubt[]
}

const file = 'scripts/patterns.json'
const patienceMs = 20_000

/** Reads what is known. */
export function readVerdicts(root: string): Verdicts {
  return JSON.parse(readFileSync(join(root, file), 'utf8'))
}

/** The name of a pattern: it changes with every letter of it. */
export function idOf({ source, flags }: Pick<Pattern, 'source' | 'flags'>): string {
  return createHash('sha256').update(`/${source}/${flags}`).digest('hex').slice(0, 16)
}

/** Asks recheck; null where it finds a pattern safe. */
export async function doubtOf(pattern: Pattern, timeoutMs: number = patienceMs): Promise<Doubt | null> {
  // `d` only asks for places of what is found, and is unknown to recheck.
  const said = await check(pattern.source, pattern.flags.replace('d', ''), { timeout: timeoutMs })
  if (said.status === 'safe') return null
  const about = { id: idOf(pattern), place: pattern.places[0] ?? '' }
  if (said.status === 'unknown') return { ...about, says: `undecided: ${said.error.kind}`, assault: null }
  const { pumps, suffix } = said.attack
  return { ...about, says: said.complexity.summary, assault: { pumps: pumps.map(({ prefix, pump }) => ({ prefix, pump })), suffix } }
}

/** The assault at a length. */
export function assaultOf({ pumps, suffix }: Assault, length: number): string {
  const fixed = pumps.reduce((sum, { prefix }) => sum + prefix.length, suffix.length)
  const times = Math.max(1, Math.floor((length - fixed) / pumps.reduce((sum, { pump }) => sum + pump.length, 0)))
  return pumps.map(({ prefix, pump }) => prefix + pump.repeat(times)).join('') + suffix
}

/** `npm run patterns`: asks about what is not known yet, forgets what is gone, and writes it down. */
async function main(root: string): Promise<void> {
  const patterns = await patternsIn(root)
  const known = readVerdicts(root)
  const safe: string[] = []
  const doubted: Doubt[] = []
  for (const pattern of patterns) {
    const id = idOf(pattern)
    const before = known.doubted.find((one) => one.id === id)
    const doubt = known.safe.includes(id) ? null : (before ?? (await doubtOf(pattern)))
    if (doubt === null) safe.push(id)
    else doubted.push({ ...doubt, place: pattern.places[0] ?? '' })
  }
  writeFileSync(join(root, file), `${JSON.stringify({ safe: safe.sort(), doubted }, null, 2)}\n`)
  process.stdout.write(`${patterns.length} patterns, ${doubted.length} of them doubted: ${file}\n`)
  // recheck's own process waits for more.
  process.exit(0)
}

if (import.meta.main) await main(join(import.meta.dirname, '..'))
