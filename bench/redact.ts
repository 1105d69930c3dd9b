import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'

import { redactText } from '@overt/privacy'

/** Recall, precision and F2 of one kind in one corpus, with recall's Wilson interval at 95%. */
export interface RedactRow {
  readonly engine: 'overt'
  readonly corpus: string
  readonly kind: string
  /** null where the corpus has none of the kind. */
  readonly recall: number | null
  /** null where the corpus does not label everything. */
  readonly precision: number | null
  readonly f2: number | null
  readonly wilson: readonly [number, number]
  readonly n: number
}

/** What `overt bench redact` prints. */
export interface RedactBench {
  readonly rows: readonly RedactRow[]
  readonly speed: readonly { readonly engine: 'overt'; readonly mbPerS: number }[]
  readonly worst: readonly { readonly pattern: string; readonly ms: number }[]
  /** What could not be measured here, and why. */
  readonly missing: readonly string[]
}

interface Case {
  readonly text: string
  readonly spans?: readonly (readonly [number, number, string])[]
  readonly complete?: boolean
  readonly positive?: boolean
}

interface Tally {
  n: number
  found: number
  masked: number
  right: number
}

/** The corpora's types in our words; types that are not here are not ours to find. */
const ours: Readonly<Record<string, string>> = {
  PERSON: 'person',
  EMAIL: 'email',
  PHONE: 'phone',
  CREDIT_CARD: 'card',
  IBAN: 'iban',
  SSN: 'national_id',
  US_SSN: 'national_id',
  IP: 'ip',
  LOCATION: 'address',
  SECRET: 'secret',
}
const corporaFolder = fileURLToPath(new URL('../../shared/data/redaction', import.meta.url))

/** Measures the redactor on the corpora in a folder, its speed, and its worst inputs. Goes on without the folder, and says so. */
export function runRedactBench(options: { readonly dir?: string } = {}): RedactBench {
  const dir = options.dir ?? corporaFolder
  const there = existsSync(dir)
  const files = there ? readdirSync(dir).filter((name) => name.endsWith('.jsonl.gz')) : []
  const corpora = files.map((name) => ({ name: name.replace('.jsonl.gz', ''), cases: readCases(join(dir, name)) }))
  return {
    rows: corpora.flatMap(({ name, cases }) => rowsOf(name, cases)),
    speed: [{ engine: 'overt', mbPerS: mbPerS() }],
    worst: worstInputs().map(([pattern, text]) => ({ pattern, ms: bestOf3Ms(() => redactText(text)) })),
    missing: there ? [] : [`no corpora in ${dir}: recall and precision were not measured`],
  }
}

function readCases(path: string): readonly Case[] {
  const lines = gunzipSync(readFileSync(path)).toString('utf8').trim().split('\n')
  return lines.map((line): Case => JSON.parse(line))
}

function rowsOf(corpus: string, cases: readonly Case[]): readonly RedactRow[] {
  const tallies = new Map<string, Tally>()
  const tallyOf = (kind: string): Tally => {
    const known = tallies.get(kind) ?? { n: 0, found: 0, masked: 0, right: 0 }
    tallies.set(kind, known)
    return known
  }
  for (const one of cases) count(one, tallyOf)
  const labelled = cases.every(({ complete, positive }) => complete === true || positive !== undefined)
  return [...tallies].sort(([left], [right]) => left.localeCompare(right)).map(([kind, tally]) => rowOf(corpus, kind, tally, labelled))
}

function count({ text, spans, positive }: Case, tallyOf: (kind: string) => Tally): void {
  const masks = redactText(text).spans
  if (spans === undefined) {
    const tally = tallyOf('secret')
    tally.n += positive === true ? 1 : 0
    tally.found += positive === true && masks.length > 0 ? 1 : 0
    tally.masked += masks.length > 0 ? 1 : 0
    tally.right += positive === true && masks.length > 0 ? 1 : 0
    return
  }
  for (const [start, end, type] of spans) {
    const tally = tallyOf(ours[type] ?? `(${type.toLowerCase()})`)
    tally.n += 1
    if (covered(text, start, end, masks)) tally.found += 1
  }
  for (const mask of masks) {
    const tally = tallyOf(mask.kind)
    tally.masked += 1
    if (spans.some(([start, end]) => mask.start < end && start < mask.end)) tally.right += 1
  }
}

/** Nothing of the labelled stretch is left but blanks and punctuation. */
function covered(text: string, start: number, end: number, masks: readonly { readonly start: number; readonly end: number }[]): boolean {
  let left = ''
  for (let at = start; at < end; at += 1) if (!masks.some((mask) => mask.start <= at && at < mask.end)) left += text[at] ?? ''
  return !/[\p{L}\p{N}]/u.test(left)
}

function rowOf(corpus: string, kind: string, { n, found, masked, right }: Tally, labelled: boolean): RedactRow {
  const recall = n === 0 ? null : found / n
  const precision = labelled && masked > 0 ? right / masked : null
  const f2 = precision === null || recall === null || recall + precision === 0 ? null : (5 * precision * recall) / (4 * precision + recall)
  return { engine: 'overt', corpus, kind, recall, precision, f2, wilson: wilson(found, n), n }
}

function wilson(successes: number, n: number): readonly [number, number] {
  if (n === 0) return [0, 1]
  const z = 1.96
  const share = successes / n
  const middle = (share + (z * z) / (2 * n)) / (1 + (z * z) / n)
  const half = (z / (1 + (z * z) / n)) * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n))
  return [Math.max(0, middle - half), Math.min(1, middle + half)]
}

function mbPerS(): number {
  const line = 'Order 1042 of Ada Lim, 712.50 EUR, due 2026-03-14, asked for a refund because the box was damaged. '
  const text = line.repeat(40)
  const ms = bestOf3Ms(() => {
    for (let round = 0; round < 50; round += 1) redactText(text)
  })
  return (text.length * 50) / 1_000 / ms
}

/** Inputs of 64 kB that make a careless pattern slow. */
function worstInputs(): readonly (readonly [string, string])[] {
  const fill = (piece: string) => piece.repeat(Math.ceil(65_536 / piece.length)).slice(0, 65_536)
  return [
    'a',
    '1',
    '1 ',
    '1-',
    '1.',
    'a.',
    '@',
    'a@',
    'a@a.',
    'password ',
    'password is ',
    'password: ',
    'pin 1 ',
    '://a:',
    'https://a/?a=',
    '-----BEGIN PRIVATE KEY-----',
    'eyJ',
    'eyJaaaaaaaaaa.',
    'DE87 ',
    ':',
    '::',
    'a:',
    '(',
    '+1 (',
    '[EMAIL_1]',
    '%40',
    '\\u0040',
    '\u200b',
    'ａ',
    'а1',
    'born ',
    '"',
    "the key 'a",
    'x is my y ',
    'ghp_',
    'sk-',
    'A1b2C3d4',
    '\n',
    ' ',
    '\u{1d7d8}',
    'tel 12 ',
  ].map((piece) => [JSON.stringify(piece), fill(piece)] as const)
}

/** Of this process's processor time, so that a busy machine changes little. */
function bestOf3Ms(work: () => unknown): number {
  const times = [0, 1, 2].map(() => {
    const from = process.cpuUsage()
    work()
    const { user, system } = process.cpuUsage(from)
    return (user + system) / 1_000
  })
  return Math.min(...times)
}

/** One line a row, for a terminal. */
export function printRedactBench(bench: RedactBench): string {
  const share = (value: number | null) => (value === null ? '    -' : value.toFixed(3))
  const rows = bench.rows.map(
    (row) =>
      `${row.corpus.padEnd(28)} ${row.kind.padEnd(24)} recall ${share(row.recall)} precision ${share(row.precision)} f2 ${share(row.f2)} n ${row.n}`,
  )
  const worst = [...bench.worst].sort((left, right) => right.ms - left.ms).slice(0, 8)
  return [
    ...rows,
    ...bench.missing,
    ...bench.speed.map(({ mbPerS: rate }) => `speed ${rate.toFixed(2)} MB/s`),
    ...worst.map(({ pattern, ms }) => `worst ${ms.toFixed(1)} ms ${pattern}`),
  ].join('\n')
}

if (import.meta.main) console.log(printRedactBench(runRedactBench()))
