import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { sha256Hex } from '../store/cipher.ts'
import { DataError } from '../store/error.ts'

/** What a label of the model means to us; '' for what is not masked. */
export type Meaning = 'person' | 'address' | ''

/** An operator's model, as it was pinned: the bytes that were hashed, which nobody can exchange any more. */
export interface Pinned {
  readonly model: Uint8Array
  readonly tokenizer: object
  /** By the index of the model's label. */
  readonly meanings: readonly Meaning[]
  /** Most tokens of one window, the model's own marks included. */
  readonly windowTokens: number
  /** Least probability of a word's meaning. */
  readonly least01: number
}

const files = ['model.onnx', 'tokenizer.json', 'config.json'] as const
/** Longer windows than most models were taught with cost the square of their length. */
const longestWindow = 512
const shortestWindow = 8
const words: ReadonlyMap<string, Meaning> = new Map([
  ...['PER', 'PERSON'].map((word) => [word, 'person'] as const),
  ...['LOC', 'LOCATION', 'ADDRESS', 'GPE'].map((word) => [word, 'address'] as const),
])

/** Reads a folder of `model.onnx`, `tokenizer.json`, `config.json` and `ner.json`, `{ sha256: { <file>: hex }, least01 }`. Throws `DataError` where one is missing or another than was pinned. */
export async function readPinned(dir: string): Promise<Pinned> {
  const ner = objectIn('ner.json', await fileIn(dir, 'ner.json'))
  const [model, tokenizer, settings] = await Promise.all(files.map((name) => pinnedFile(dir, name, memberOf(ner, 'sha256'))))
  const least01 = memberOf(ner, 'least01')
  if (typeof least01 !== 'number' || !(least01 > 0 && least01 <= 1)) throw refused('least01 in ner.json is no number above 0 and up to 1')
  const config = objectIn('config.json', settings ?? new Uint8Array())
  return {
    model: model ?? new Uint8Array(),
    tokenizer: objectIn('tokenizer.json', tokenizer ?? new Uint8Array()),
    meanings: meaningsOf(memberOf(config, 'id2label')),
    windowTokens: windowOf(memberOf(config, 'max_position_embeddings')),
    least01,
  }
}

/** An error that names the folder of a model as what must be mended. */
export function refused(what: string, cause?: unknown): DataError {
  return new DataError('ner', `The model for names is not used: ${what}.`, cause)
}

async function pinnedFile(dir: string, name: string, pins: unknown): Promise<Uint8Array> {
  const bytes = await fileIn(dir, name)
  const [pin, found] = [memberOf(pins, name), sha256Hex(bytes)]
  if (pin !== found) throw refused(`${name} has the SHA-256 ${found}, and ner.json pins ${typeof pin === 'string' ? pin : 'none'}`)
  return bytes
}

async function fileIn(dir: string, name: string): Promise<Uint8Array> {
  return readFile(join(dir, name)).catch((cause: unknown) => {
    throw refused(`${name} could not be read in ${dir}`, cause)
  })
}

function objectIn(name: string, bytes: Uint8Array): object {
  try {
    const parsed: unknown = JSON.parse(new TextDecoder().decode(bytes))
    if (typeof parsed === 'object' && parsed !== null) return parsed
  } catch (cause) {
    throw refused(`${name} is no JSON`, cause)
  }
  throw refused(`${name} is no JSON object`)
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}

/** `B-PER`, `I-PERSON` and `PER` are one; a model that tells neither people nor places would mask nothing, and nobody would see it. */
function meaningsOf(id2label: unknown): readonly Meaning[] {
  const count = typeof id2label === 'object' && id2label !== null ? Object.keys(id2label).length : 0
  const meanings = Array.from({ length: count }, (_, place) => meaningOf(memberOf(id2label, String(place))))
  if (!meanings.some((meaning) => meaning !== '')) throw refused('id2label in config.json names no label for people or places')
  return meanings
}

function meaningOf(label: unknown): Meaning {
  if (typeof label !== 'string') throw refused('id2label in config.json does not name its labels from "0" on')
  return words.get(label.replace(/^[BIELSU]-/, '').toUpperCase()) ?? ''
}

function windowOf(positions: unknown): number {
  if (positions === undefined) return longestWindow
  if (typeof positions === 'number' && positions >= shortestWindow) return Math.min(positions, longestWindow)
  throw refused(`max_position_embeddings in config.json is no number from ${shortestWindow} on`)
}
