import { type PlaceholderMap, createPlaceholderMap, redactEvent, redactObservation, redactUrl } from '@overt/privacy'
import type { Batch, Event, Observation, ObservationNode } from '@overt/schema'
import { cellsIn } from '@overt/schema/told'
import { encodeColumns } from '@overt/schema/words'

import type { Decoded } from './decode.ts'
import { isPlain } from './plain.ts'

/** A batch with less in it, and of how many distinct texts something is not kept: an extension that redacts as it should leaves 0, an SDK the names that only the wide lexicon has. */
export interface Redacted {
  readonly batch: Batch
  readonly changed: number
}

/** Redacts again what the device redacted. The columns are made anew from the rows, so that no text comes along that no row holds. */
export function redactBatch({ batch, events, observations }: Decoded, map = createPlaceholderMap()): Redacted {
  reserveAll(batch, map)
  const cleanObservations = redactObservations(observations, map)
  const cleanEvents = events.map((event) => plainEvent(redactEvent(event, map)))
  const path = redactPath(batch, map)
  const changed = new Set(path === batch.path ? [] : [batch.path])
  noteChanged(observations, cleanObservations, changed)
  noteChanged(events, cleanEvents, changed)
  return { batch: { ...batch, path, ...encodeColumns(cleanEvents, cleanObservations) }, changed: changed.size }
}

/** Keeps clear of every placeholder that the device made: somebody found here is nobody found there. */
export function reserveAll({ strings, events }: Batch, map: PlaceholderMap): void {
  for (const text of strings) map.reserve(text)
  for (const { columns } of events)
    for (const column of Object.values(columns)) for (const cell of cellsIn(column)) if (typeof cell === 'string') map.reserve(cell)
}

/** Where the page is, without its origin: '/' where redaction takes that. */
export function redactPath(batch: Batch, map: PlaceholderMap): string {
  const url = redactUrl(batch.origin + batch.path, map)
  return url.startsWith(batch.origin) ? url.slice(batch.origin.length) : '/'
}

/** Observations of one batch share most of their nodes: each distinct one is judged once. */
function redactObservations(observations: readonly Observation[], map: PlaceholderMap): Observation[] {
  const [first] = observations
  if (first === undefined) return []
  const keys = observations.map(({ nodes }) => nodes.map(textsOf))
  const distinct = new Map<string, ObservationNode>()
  for (const [at, { nodes }] of observations.entries())
    for (const [place, node] of nodes.entries()) distinct.set(keys[at]?.[place] ?? '', node)
  const clean = redactObservation({ ...first, nodes: [...distinct.values()] }, map).nodes
  const byTexts = new Map([...distinct.keys()].map((key, place) => [key, clean[place]]))
  return observations.map((observation, at) => ({
    ...redactObservation({ ...observation, nodes: [] }, map),
    nodes: observation.nodes.map((node, place) => cleanNode(node, byTexts.get(keys[at]?.[place] ?? ''))),
  }))
}

/** All that the redaction of a node looks at. */
function textsOf(node: ObservationNode): string {
  return JSON.stringify([node.name, node.value, node.options, node.role, node.inputType, node.states])
}

function cleanNode(node: ObservationNode, clean: ObservationNode | undefined): ObservationNode {
  const { name, value, options } = clean ?? { name: '', value: '', options: [] }
  const { tag, inputType, role, look, keys } = node
  return {
    ...node,
    name,
    value,
    options,
    tag: plain(tag),
    inputType: plain(inputType),
    role: plain(role),
    look: plain(look),
    keys: plain(keys),
  }
}

/** Texts that are words of ours and never what a person wrote; anything else in their place goes. */
function plainEvent(event: Event): Event {
  switch (event.kind) {
    case 'click':
    case 'drag':
      return { ...event, modifiers: plain(event.modifiers) }
    case 'task':
      return { ...event, template: plain(event.template), seed: plain(event.seed) }
    case 'recorder':
    case 'gap':
      return { ...event, reason: plain(event.reason) }
    default:
      return event
  }
}

function plain(text: string): string {
  return isPlain(text) ? text : ''
}

/** Notes each text that stands otherwise in what was made of it. */
function noteChanged(before: unknown, after: unknown, texts: Set<string>): void {
  if (before === after) return
  if (typeof before === 'string') texts.add(before)
  else if (typeof before === 'object' && before !== null && typeof after === 'object' && after !== null)
    for (const [key, member] of Object.entries(before)) noteChanged(member, Reflect.get(after, key), texts)
}
