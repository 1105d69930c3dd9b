import { type PlaceholderMap, redactionVersion } from '@overt/privacy'
import type { ObservationNode } from '@overt/schema'

import { createMemory } from '../memory.ts'
import { type Cut, cutOut } from './cut-out.ts'
import { createSplitter, type Split } from './split.ts'
import type { Taint } from './taint.ts'

/** The redaction that runs before anything leaves; privacy's own, wherever it was loaded from. */
export interface Redactor {
  readonly redactionVersion: number
  createPlaceholderMap(): PlaceholderMap
  redactText(
    text: string,
    context?: { readonly field?: string; readonly map?: PlaceholderMap },
  ): {
    readonly text: string
    readonly spans?: readonly Cut[]
  }
  redactUrl(url: string, map?: PlaceholderMap): string
}

/** The rows of an observation, and what became of each with or without its text. */
interface Masked {
  readonly text: boolean
  given: readonly ObservationNode[]
  masked: readonly ObservationNode[]
}

/** Masks texts of one episode: the same value has the same placeholder wherever it stands. */
export interface Mask {
  readonly version: number
  /** `field`: the name of the field that the text stands in, '' for none. */
  readonly text: (text: string, field: string) => string
  readonly url: (url: string) => string
  /** A text that a person wrote into a field. */
  readonly typed: (text: string, field: string) => string
  /** What is masked in a text. */
  secretsIn(text: string): readonly string[]
  /** What the rows that were masked last became; none once a new secret is known, or where text was allowed then and is not now. */
  rows(text: boolean): Masked
  /** Secrets that several rows hold parts of. */
  splitIn(nodes: readonly ObservationNode[]): Split
  /** A text without what is cut out of it. */
  cut(text: string, cuts: readonly Cut[]): string
  /** The placeholder of a text that is masked whole, here and wherever it stands again. */
  whole(text: string): string
}

const noRows = (text: boolean): Masked => ({ text, given: [], masked: [] })

/** A mask with a fresh map. Texts that were judged before are not judged again, until a new secret becomes known that may stand in them. `taint`: what stands in secret fields is masked wherever it stands. */
export function createMask(redactor: Redactor, taint?: Pick<Taint, 'stretchesIn' | 'size'>): Mask {
  const map = redactor.createPlaceholderMap()
  let memory = createMemory<string>()
  let rows = noRows(false)
  // The newest, not how many: of too many the oldest are forgotten.
  let knownSecret: string | undefined
  let learnt = 0
  const forgetIfTaught = (): void => {
    if (map.tainted.at(-1) !== knownSecret) memory = createMemory()
    else if (taint === undefined || taint.size === learnt) return
    knownSecret = map.tainted.at(-1)
    learnt = taint?.size ?? 0
    rows = noRows(rows.text)
  }
  const cutsIn = (text: string, field = ''): readonly Cut[] =>
    redactor.redactText(text, field === '' ? { map } : { map, field }).spans ?? [{ start: 0, end: text.length, kind: 'other' }]
  const secretsIn: Mask['secretsIn'] = (text) => cutsIn(text).map(({ start, end }) => text.slice(start, end))
  const repeatsIn = (text: string): readonly Cut[] => (taint?.stretchesIn(text) ?? []).map((one) => ({ ...one, kind: 'secret' }))
  const whole: Mask['whole'] = (text) => {
    map.taint(text)
    return map.placeholder('secret', text)
  }
  const masked = (text: string, field: string): string => {
    if (text === '') return ''
    forgetIfTaught()
    const repeats = repeatsIn(text)
    if (repeats.length === 0 || isBroken(text, secretsIn)) return judged(text, field)
    // What a detector knows by itself keeps its kind: the goal's card is a card, before it was typed and after.
    return cutOut(text, [...cutsIn(text, field), ...repeats], map)
  }
  const judged = (text: string, field: string): string =>
    memory(`${field}\n${text}`, () => {
      const { text: left } = redactor.redactText(text, field === '' ? { map } : { map, field })
      return isBroken(text, secretsIn) ? whole(text) : left
    })
  return {
    version: redactor.redactionVersion,
    text: masked,
    typed: masked,
    url: (url) => {
      const left = url.replace(pathParts, (part) => (repeatsIn(decoded(part)).length === 0 ? part : whole(decoded(part))))
      return redactor.redactUrl(left, map)
    },
    rows: (text) => {
      forgetIfTaught()
      return rows.text === text ? rows : (rows = noRows(text))
    },
    whole,
    secretsIn,
    // Without the map: what is found in one of many readings of a page is not known to be there.
    splitIn: createSplitter((text) => redactor.redactText(text).spans ?? []),
    cut: (text, cuts) => cutOut(text, cuts, map),
  }
}

/** Parts of an address after its origin. */
const pathParts = /(?<=[^/]\/)[^/?#]+/g

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

/** Whether a text holds a secret that is broken over lines: no detector looks beyond one. */
function isBroken(text: string, secretsIn: Mask['secretsIn']): boolean {
  const line = text.replaceAll('\n', ' ')
  if (line === text) return false
  const known = secretsIn(text).map((secret) => secret.replaceAll('\n', ' '))
  return secretsIn(line).some((secret) => !known.includes(secret))
}

/** The mask for when no redactor could be had: every text is masked whole, of an address only the origin is left. */
export function createBlankMask(): Mask {
  const masked = (text: string): string => (text === '' ? '' : '[OTHER_1]')
  return {
    version: redactionVersion,
    text: masked,
    typed: masked,
    url: (url) => URL.parse(url)?.origin ?? '',
    rows: noRows,
    secretsIn: (text) => [text],
    whole: () => '[OTHER_1]',
    splitIn: () => new Map(),
    cut: masked,
  }
}
