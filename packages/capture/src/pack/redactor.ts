import { type PlaceholderMap, redactionVersion } from '@overt/privacy'
import type { ObservationNode } from '@overt/schema'

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

/** What became of rows, by their boxes. */
type Masked = WeakMap<ObservationNode['box'], { readonly given: ObservationNode; readonly masked: ObservationNode }>

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
  /** What rows became that were masked before; others once a new secret is known. Rows with and without text are told apart. */
  rows(text: boolean): Masked
  /** Secrets that several rows hold parts of. */
  splitIn(nodes: readonly ObservationNode[]): Split
  /** A text without what is cut out of it. */
  cut(text: string, cuts: readonly Cut[]): string
  /** The placeholder of a text that is masked whole, here and wherever it stands again. */
  whole(text: string): string
}

/** Texts remembered before the memory is emptied. */
const longestMemory = 5_000

/** A mask with a fresh map. Texts that were judged before are not judged again, until a new secret becomes known that may stand in them. `taint`: what stands in secret fields is masked wherever it stands. */
export function createMask(redactor: Redactor, taint?: Pick<Taint, 'stretchesIn' | 'size'>): Mask {
  const map = redactor.createPlaceholderMap()
  const memory = new Map<string, string>()
  const noRows = (): readonly Masked[] => [new WeakMap(), new WeakMap()]
  let rows = noRows()
  let knownSecrets = 0
  let learnt = 0
  const forgetIfTaught = (): void => {
    if (map.tainted.length !== knownSecrets) memory.clear()
    else if (taint === undefined || taint.size === learnt) return
    knownSecrets = map.tainted.length
    learnt = taint?.size ?? 0
    rows = noRows()
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
  const judged = (text: string, field: string): string => {
    if (memory.size > longestMemory) memory.clear()
    const key = `${field}\n${text}`
    const known = memory.get(key)
    if (known !== undefined) return known
    const { text: left } = redactor.redactText(text, field === '' ? { map } : { map, field })
    const told = isBroken(text, secretsIn) ? whole(text) : left
    memory.set(key, told)
    return told
  }
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
      return rows[Number(text)] ?? new WeakMap()
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
    rows: () => new WeakMap(),
    secretsIn: (text) => [text],
    whole: () => '[OTHER_1]',
    splitIn: () => new Map(),
    cut: masked,
  }
}
