import type { Permit, Span } from '@overt/privacy'
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'

import { sha256Hex } from '../store/cipher.ts'
import { type Pinned, readPinned, refused } from './pinned.ts'
import type { Said } from './thread.ts'

/** An operator's model, filled into the slot for names. */
export interface Ner {
  /** What it finds in each text; a text that it could not judge, or not in time, is not among them. Stops when the permit ends. */
  find(permit: Permit, texts: Iterable<string>): Promise<ReadonlyMap<string, readonly Span[]>>
  close(): Promise<void>
}

/** Bounds of a model. */
export interface NerOptions {
  /** The longest that it may take for a few texts. */
  readonly readMs?: number
  /** After this nothing more of one batch is read: others wait. */
  readonly findMs?: number
  readonly startMs?: number
}

/** A longer text is not judged. */
const longestText = 16_384
/** About one long window: a second or two of a model of 100 million weights. */
const unitsAtOnce = 2_048
const mostKnown = 20_000
const install = 'npm install onnxruntime-web @huggingface/tokenizers'

/** Opens the model of a folder in a thread of its own, which a time-out ends. Throws `DataError` where it is not as pinned, or can't be run. */
export async function openNer(dir: string, { readMs = 20_000, findMs = 60_000, startMs = 120_000 }: NerOptions = {}): Promise<Ner> {
  const pinned = await readPinned(dir)
  let thread: Worker | undefined = await openThread(pinned, startMs)
  let turn: Promise<unknown> = Promise.resolve()
  // Pages show the same words all day. Salted digests: no text stays in memory.
  const known = new Map<string, readonly Span[]>()
  const salt = crypto.randomUUID()
  const keyOf = (text: string): string => sha256Hex(salt + text)
  const read = async (texts: readonly string[]): Promise<void> => {
    try {
      thread ??= await openThread(pinned, startMs)
      const found = await foundBy(thread, texts, readMs)
      for (const [place, spans] of found.entries()) if (spans !== undefined) known.set(keyOf(texts[place] ?? ''), spans)
    } catch {
      // What the thread was at is not known: these texts stay unjudged, and the next ones get a new one.
      await thread?.terminate()
      thread = undefined
    }
  }
  const find = async (permit: Permit, texts: readonly string[]): Promise<ReadonlyMap<string, readonly Span[]>> => {
    if (known.size > mostKnown) known.clear()
    const untilMs = performance.now() + findMs
    for (const chunk of chunksOf(texts.filter((text) => text.length <= longestText && !known.has(keyOf(text)))))
      if (!permit.signal.aborted && performance.now() < untilMs) await read(chunk)
    return new Map(
      texts.flatMap((text) => [known.get(keyOf(text))].flatMap((spans) => (spans === undefined ? [] : [[text, spans] as const]))),
    )
  }
  return {
    find(permit, texts) {
      const found = turn.then(() => find(permit, [...texts]))
      turn = found.catch(() => undefined)
      return found
    },
    async close() {
      await turn
      await thread?.terminate()
    },
  }
}

function chunksOf(texts: readonly string[]): readonly (readonly string[])[] {
  const chunks: string[][] = []
  let units = unitsAtOnce
  for (const text of texts) {
    if (units + text.length > unitsAtOnce) {
      chunks.push([])
      units = 0
    }
    chunks.at(-1)?.push(text)
    units += text.length
  }
  return chunks
}

async function openThread(pinned: Pinned, startMs: number): Promise<Worker> {
  const thread = new Worker(new URL('./thread.ts', import.meta.url), { workerData: pinned })
  // Whoever waits hears of it as well; with nobody waiting it must not end the process.
  thread.on('error', () => undefined)
  try {
    const said = await heard(thread, startMs)
    if (said.kind !== 'ready') throw refused(said.kind === 'refused' ? said.what : 'it did not start')
    thread.unref()
    return thread
  } catch (cause) {
    await thread.terminate()
    if (cause instanceof Error && 'code' in cause && cause.code === 'ERR_MODULE_NOT_FOUND')
      throw refused(`its runtime is not installed (${install})`, cause)
    throw cause instanceof Error && cause.name === 'AbortError' ? refused(`it was not ready within ${startMs} ms`, cause) : cause
  }
}

async function foundBy(thread: Worker, texts: readonly string[], readMs: number): Promise<Extract<Said, { kind: 'found' }>['found']> {
  thread.ref()
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has no origins
  thread.postMessage(texts)
  const said = await heard(thread, readMs)
  thread.unref()
  if (said.kind !== 'found') throw refused('it answered what it was not asked')
  return said.found
}

/** What the thread says next. Throws where it fails, ends, or says nothing in time. */
async function heard(thread: Worker, withinMs: number): Promise<Said> {
  const given = new AbortController()
  const timer = setTimeout(() => given.abort(), withinMs)
  try {
    // An array of one: `postMessage` gives its listeners one argument.
    const [said]: Said[] = await Promise.race([
      once(thread, 'message', { signal: given.signal }),
      once(thread, 'exit', { signal: given.signal }).then(() => Promise.reject(refused('its thread ended'))),
    ])
    if (said === undefined) throw refused('its thread said nothing')
    return said
  } finally {
    clearTimeout(timer)
    given.abort()
  }
}
