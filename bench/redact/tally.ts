import type { Case, Corpus } from './corpora.ts'
import type { Engine, Mask } from './engines.ts'

/** Recall, precision and F2 of one kind in one corpus and language, with recall's Wilson interval at 95%. */
export interface RedactRow {
  readonly engine: string
  readonly corpus: string
  readonly kind: string
  /** '' for all of them together. */
  readonly language: string
  /** A span counts when every letter and digit of it is covered; null where the corpus has none of the kind. */
  readonly recall: number | null
  /** null where the corpus does not label everything. */
  readonly precision: number | null
  readonly f2: number | null
  readonly wilson: readonly [number, number]
  readonly n: number
}

/** How often a text in which there is nothing lost something. */
export interface FalseRate {
  readonly engine: string
  readonly corpus: string
  readonly rate: number
  readonly wilson: readonly [number, number]
  readonly n: number
}

interface Tally {
  n: number
  found: number
  masked: number
  right: number
}

interface Judged {
  readonly one: Case
  readonly masks: readonly Mask[]
}

/** What an engine finds in a corpus, or in every so many of its texts. */
export async function judge(
  engine: Engine,
  corpus: Corpus,
  stride = 1,
): Promise<{ readonly rows: readonly RedactRow[]; readonly negatives: readonly FalseRate[] }> {
  const judged: Judged[] = []
  for (const [index, one] of corpus.cases.entries()) if (index % stride === 0) judged.push({ one, masks: await engine.masks(one.text) })
  const languages = [...new Set(judged.map(({ one }) => one.language))].sort()
  const rows = ['', ...(languages.length > 1 ? languages : [])].flatMap((language) =>
    rowsOf(
      { engine: engine.name, corpus: corpus.name, language },
      judged.filter(({ one }) => language === '' || one.language === language),
    ),
  )
  return { rows, negatives: falseRates(engine.name, corpus.name, judged) }
}

function falseRates(engine: string, corpus: string, judged: readonly Judged[]): readonly FalseRate[] {
  const empty = judged.filter(({ one }) => one.positive === false || (one.complete && one.spans.length === 0))
  if (empty.length === 0) return []
  const wrong = empty.filter(({ masks }) => masks.length > 0).length
  return [{ engine, corpus, rate: wrong / empty.length, wilson: wilson(wrong, empty.length), n: empty.length }]
}

function rowsOf(named: Pick<RedactRow, 'engine' | 'corpus' | 'language'>, judged: readonly Judged[]): readonly RedactRow[] {
  const tallies = new Map<string, Tally>()
  const tallyOf = (kind: string): Tally => {
    const known = tallies.get(kind) ?? { n: 0, found: 0, masked: 0, right: 0 }
    tallies.set(kind, known)
    return known
  }
  for (const one of judged) count(one, tallyOf)
  const labelled = judged.every(({ one }) => one.complete || one.positive !== undefined)
  return [...tallies]
    .sort(([left], [right]) => left.localeCompare(right))
    .map(([kind, tally]) => ({ ...named, kind, ...figures(tally, labelled) }))
}

function count({ one: { text, spans, positive }, masks }: Judged, tallyOf: (kind: string) => Tally): void {
  if (positive !== undefined) {
    const tally = tallyOf('secret')
    tally.n += Number(positive)
    tally.found += Number(positive && masks.length > 0)
    tally.masked += Number(masks.length > 0)
    tally.right += Number(positive && masks.length > 0)
    return
  }
  for (const [start, end, kind] of spans) {
    const tally = tallyOf(kind)
    tally.n += 1
    if (leftOf(text, start, end, masks) === '') tally.found += 1
  }
  for (const { start, end, kind } of masks) {
    const own = spans.find(([from, to]) => start < to && from < end)
    // What was rightly masked under another name counts for the kind that it is.
    const tally = tallyOf(own?.[2] ?? kind)
    tally.masked += 1
    tally.right += Number(own !== undefined)
  }
}

/** The letters and digits of a stretch that no mask covers. */
export function leftOf(text: string, start: number, end: number, masks: readonly Mask[]): string {
  let left = ''
  for (let at = start; at < end; at += 1) if (!masks.some((mask) => mask.start <= at && at < mask.end)) left += text[at] ?? ''
  return left.replace(/[^\p{L}\p{N}]/gu, '')
}

function figures({ n, found, masked, right }: Tally, labelled: boolean): Pick<RedactRow, 'recall' | 'precision' | 'f2' | 'wilson' | 'n'> {
  const recall = n === 0 ? null : found / n
  const precision = labelled && masked > 0 ? right / masked : null
  const f2 = precision === null || recall === null || recall + precision === 0 ? null : (5 * precision * recall) / (4 * precision + recall)
  return { recall, precision, f2, wilson: wilson(found, n), n }
}

/** Wilson's score interval at 95%. */
export function wilson(successes: number, n: number): readonly [number, number] {
  if (n === 0) return [0, 1]
  const z = 1.96
  const share = successes / n
  const middle = (share + (z * z) / (2 * n)) / (1 + (z * z) / n)
  const half = (z / (1 + (z * z) / n)) * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n))
  return [Math.max(0, middle - half), Math.min(1, middle + half)]
}
