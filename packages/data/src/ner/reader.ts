import type { Span } from '@overt/privacy'
import { InferenceSession, Tensor, env } from 'onnxruntime-web'

import type { Meaning, Pinned } from './pinned.ts'
import { spellingOf } from './spelling.ts'
import { type Window, groupsOf } from './windows.ts'
import { type Chances, spansOf, wordsOf } from './words.ts'

/** Reads texts with a model: what it finds in each; undefined where it could not judge one. */
export type Reader = (texts: readonly string[]) => Promise<readonly (readonly Span[] | undefined)[]>

const windowsAtOnce = 8
/** What fails is counted, and the runtime's own words would stand on the server's log. */
const quiet = { logSeverityLevel: 4 } as const

/** Makes a reader of a model, and lets it read once: throws where the model is none, has operators that the runtime lacks, or other inputs and outputs than told. */
export async function openReader({ model, tokenizer, meanings, windowTokens, least01 }: Pinned): Promise<Reader> {
  env.wasm.numThreads = 1
  env.logLevel = 'fatal'
  const session = await InferenceSession.create(model, quiet)
  const spelling = spellingOf(tokenizer, windowTokens)
  const chancesOf = (windows: readonly Window[]) =>
    infer(
      session,
      windows.map(({ ids }) => [...spelling.before, ...ids, ...spelling.after]),
      meanings,
    )
  const read = async (texts: readonly string[]) => {
    const words = texts.map(wordsOf)
    const chances = words.map((one) => one.map(() => ({ person: 0, address: 0 })))
    const failed = new Set<number>()
    const windows = words.flatMap((one, text) => orFailed(failed, text, () => spelling.windows(text, one)))
    for (const group of groupsOf(windows, windowsAtOnce))
      for (const { window, tokens } of await judged(group, chancesOf)) {
        if (tokens === undefined) failed.add(window.text)
        else note(chances[window.text] ?? [], window, tokens.slice(spelling.before.length))
      }
    return texts.map((text, place) => (failed.has(place) ? undefined : spansOf(text, words[place] ?? [], chances[place] ?? [], least01)))
  }
  await chancesOf(spelling.windows(0, wordsOf('Ada Lovelace')))
  return read
}

function orFailed(failed: Set<number>, text: number, make: () => readonly Window[]): readonly Window[] {
  try {
    return make()
  } catch {
    failed.add(text)
    return []
  }
}

type Judged = { readonly window: Window; readonly tokens: readonly Chances[] | undefined }

/** A window that the model can't judge is none of the others' fault: then each is read alone. */
async function judged(
  group: readonly Window[],
  chancesOf: (windows: readonly Window[]) => Promise<readonly (readonly Chances[])[]>,
): Promise<readonly Judged[]> {
  try {
    const chances = await chancesOf(group)
    return group.map((window, place) => ({ window, tokens: chances[place] }))
  } catch {
    if (group.length <= 1) return group.map((window) => ({ window, tokens: undefined }))
    const alone: Judged[] = []
    for (const window of group) alone.push(...(await judged([window], chancesOf)))
    return alone
  }
}

/** A word means what any of its tokens does, in any window. */
function note(chances: { person: number; address: number }[], window: Window, tokens: readonly Chances[]): void {
  for (const [place, word] of window.words.entries()) {
    const [known, token] = [chances[word], tokens[place]]
    if (known === undefined || token === undefined) throw new RangeError('the model told of fewer tokens than it was given')
    known.person = Math.max(known.person, token.person)
    known.address = Math.max(known.address, token.address)
  }
}

async function infer(
  session: InferenceSession,
  rows: readonly (readonly number[])[],
  meanings: readonly Meaning[],
): Promise<readonly (readonly Chances[])[]> {
  const length = Math.max(...rows.map((row) => row.length))
  const shape = [rows.length, length]
  const tensorOf = (cell: (row: readonly number[], place: number) => number) =>
    new Tensor('int64', BigInt64Array.from(rows.flatMap((row) => Array.from({ length }, (_, place) => BigInt(cell(row, place))))), shape)
  const feeds = new Map([
    ['input_ids', () => tensorOf((row, place) => row[place] ?? 0)],
    ['attention_mask', () => tensorOf((row, place) => (place < row.length ? 1 : 0))],
    ['token_type_ids', () => tensorOf(() => 0)],
  ])
  const given = session.inputNames.map((name) => {
    const feed = feeds.get(name)
    if (feed === undefined) throw new RangeError(`the model asks for ${name}; only ${[...feeds.keys()].join(', ')} are given`)
    return [name, feed()] as const
  })
  const out = (await session.run(Object.fromEntries(given), quiet))[
    session.outputNames.includes('logits') ? 'logits' : (session.outputNames[0] ?? '')
  ]
  const expected = [...shape, meanings.length]
  if (out?.type !== 'float32' || out.dims.join() !== expected.join())
    throw new RangeError(
      `the model answers ${out?.type} of ${out?.dims.join(' x ')}, not float32 of ${expected.join(' x ')}, the labels of config.json`,
    )
  const logits = (await out.getData()) as Float32Array // as: its type was looked at
  return rows.map((_, row) => Array.from({ length }, (_, place) => chancesAt(logits, (row * length + place) * meanings.length, meanings)))
}

/** The softmax of a token's logits, summed by meaning: the beginning of a name and what goes on with it are one. */
function chancesAt(logits: Float32Array, at: number, meanings: readonly Meaning[]): Chances {
  const own = logits.subarray(at, at + meanings.length)
  const highest = Math.max(...own)
  const chances = { person: 0, address: 0, '': 0 }
  for (const [place, meaning] of meanings.entries()) chances[meaning] += Math.exp((own[place] ?? Number.NaN) - highest)
  const all = chances.person + chances.address + chances['']
  if (!Number.isFinite(all)) throw new RangeError('the model answers what is no number')
  return { person: chances.person / all, address: chances.address / all }
}
