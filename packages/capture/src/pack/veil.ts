import type { Observation, ObservationNode } from '@overt/schema'

/** A field with input that was not written yet: what may be told of it, and what it holds. */
export interface Pending {
  readonly field: Node
  readonly shown: string
  readonly text: string
}

interface Veil extends Pending {
  readonly node: number
  lifted: boolean
}

/** What observations must not tell, because someone was still typing it when they were made. */
export interface Veils {
  /** Remembers with an observation what was being typed. */
  note(observation: Observation, pending: readonly Pending[]): void
  /** A field's text was written: observations that were made with just that may tell it. */
  lift(field: Node, text: string): void
  /** The observation with half-typed fields as they were before, and their parts masked where the page repeats them. */
  veil(observation: Observation): Observation
  /** A text that stands in no observation. */
  hide(text: string, pending: readonly Pending[]): string
}

/** Observations that a later commit may still lift; older ones stay veiled. */
const mostWaiting = 500
const masked = '[OTHER_1]'

/** Makes veils; `partsOf` names what in a text may be half a secret. */
export function createVeils(idOf: (node: Node) => number, partsOf: (text: string) => readonly string[]): Veils {
  const veils = new WeakMap<Observation, Veil[]>()
  let waiting: Veil[] = []
  let latest: Veil[] = []
  const note = (observation: Observation, pending: readonly Pending[]): void => {
    const stale = observation.status === 'stale'
    // What came too late shows what the latest one showed.
    const known = veils.get(observation) ?? (stale ? latest : [])
    const fresh = pending.filter(({ field }) => !known.some((veil) => veil.field === field && !veil.lifted))
    const made = fresh.map((one) => ({ ...one, node: idOf(one.field), lifted: false }))
    const all = [...known, ...made]
    veils.set(observation, all)
    if (!stale) latest = all
    waiting = [...waiting, ...made].slice(-mostWaiting)
  }
  return {
    note,
    lift: (field, text) => {
      for (const veil of waiting) if (veil.field === field) veil.lifted = veil.text === text
      waiting = waiting.filter((veil) => veil.field !== field)
    },
    veil: (observation) => {
      const down = veils.get(observation)?.filter((veil) => !veil.lifted) ?? []
      return down.length === 0 ? observation : veiled(observation, down, gramsOf(down, partsOf))
    },
    hide: (text, pending) => hidden(text, gramsOf(pending, partsOf)),
  }
}

function veiled(observation: Observation, down: readonly Veil[], grams: ReadonlySet<string>): Observation {
  const nodes = observation.nodes.map((node): ObservationNode => {
    const own = down.find((veil) => veil.node === node.id)
    if (own === undefined && grams.size === 0) return node
    const value = own === undefined ? hidden(node.value, grams) : own.shown
    return { ...node, name: hidden(node.name, grams), value, options: node.options.map((option) => hidden(option, grams)) }
  })
  return { ...observation, title: hidden(observation.title, grams), nodes }
}

function hidden(text: string, grams: ReadonlySet<string>): string {
  return grams.size > 0 && fours(text).some((four) => grams.has(four)) ? masked : text
}

function gramsOf(pending: readonly Pending[], partsOf: (text: string) => readonly string[]): ReadonlySet<string> {
  return new Set(pending.flatMap(({ text }) => partsOf(text).flatMap(fours)))
}

/** Every four letters or digits in a row, whatever stands between them: pages group what is typed in their own way. */
export function fours(text: string): readonly string[] {
  const signs = signsIn(text)
  return Array.from({ length: signs.length - 3 }, (_, at) => signs.slice(at, at + 4))
}

/** Letters and digits alone. */
export function signsIn(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
}
