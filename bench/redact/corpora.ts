import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

import { generate } from './generate.ts'

/** A text, what must not be left of it, and whether that is all that may be masked. */
export interface Case {
  readonly language: string
  readonly text: string
  readonly spans: readonly (readonly [start: number, end: number, kind: string])[]
  readonly complete: boolean
  /** Of a text known as a whole to hold a secret, or to hold none. */
  readonly positive?: boolean
}

/** A set of cases. */
export interface Corpus {
  readonly name: string
  readonly cases: readonly Case[]
}

interface Line {
  readonly text: string
  readonly spans?: readonly (readonly [number, number, string])[]
  readonly complete?: boolean
  readonly positive?: boolean
}

/** The corpora's types in our words; types that are not here are not ours to find, and stand in brackets. */
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
const seeds = { tuned: 11, 'held-out': 29 } as const

/** Both halves of the generated material. */
export function generated(): readonly Corpus[] {
  return (['tuned', 'held-out'] as const).map((half) => ({
    name: `generated ${half}`,
    cases: generate(half, seeds[half]).map((sample) => ({ ...sample, complete: true })),
  }))
}

/** The labelled sets in a folder; undefined where there is none. */
export function readCorpora(folder: string): readonly Corpus[] | undefined {
  if (!existsSync(folder)) return undefined
  const files = readdirSync(folder).filter((name) => name.endsWith('.jsonl.gz'))
  return files.map((file) => ({ name: file.replace('.jsonl.gz', ''), cases: readCases(join(folder, file)) }))
}

function readCases(path: string): readonly Case[] {
  const lines = gunzipSync(readFileSync(path)).toString('utf8').trim().split('\n')
  return lines.map((line): Case => {
    const { text, spans = [], complete = false, positive }: Line = JSON.parse(line)
    const named = spans.map(([start, end, type]): Case['spans'][number] => [start, end, kindOf(type, text.slice(start, end))])
    return { language: 'en', text, spans: named, complete, ...(positive === undefined ? {} : { positive }) }
  })
}

/** A country or a town by itself is nobody's address: it counts apart. */
function kindOf(type: string, found: string): string {
  return type === 'LOCATION' && !/\d/.test(found) ? '(place)' : (ours[type] ?? `(${type.toLowerCase()})`)
}
