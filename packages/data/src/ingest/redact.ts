import { type PlaceholderMap, createPlaceholderMap, redactEvent, redactObservation, redactUrl } from '@overt/privacy'
import type { Batch, Event, Observation, ObservationNode } from '@overt/schema'
import { encodeColumns } from '@overt/schema/words'

import type { Decoded } from './decode.ts'
import { isPlain } from './plain.ts'

/** A batch with less in it, and how many texts changed: an extension that redacts as it should leaves 0, an SDK the names that only the wide lexicon has. */
export interface Redacted {
  readonly batch: Batch
  readonly events: readonly Event[]
  readonly changed: number
}

/** Redacts again what the device redacted. The columns are made anew from the rows, so that no text comes along that no row holds. */
export function redactBatch({ batch, events, observations }: Decoded, map = createPlaceholderMap()): Redacted {
  const cleanObservations = redactObservations(observations, map)
  const cleanEvents = events.map((event) => plainEvent(redactEvent(event, map)))
  const path = redactPath(batch, map)
  const changed = countChanged(observations, cleanObservations) + countChanged(events, cleanEvents) + (path === batch.path ? 0 : 1)
  return { batch: { ...batch, path, ...encodeColumns(cleanEvents, cleanObservations) }, events: cleanEvents, changed }
}

function redactPath(batch: Batch, map: PlaceholderMap): string {
  const url = redactUrl(batch.origin + batch.path, map)
  return url.startsWith(batch.origin) ? url.slice(batch.origin.length) : '/'
}

/** Observations of one batch share most of their nodes: each distinct one is judged once. */
function redactObservations(observations: readonly Observation[], map: PlaceholderMap): Observation[] {
  const [first] = observations
  if (first === undefined) return []
  const distinct = new Map<string, ObservationNode>()
  for (const node of observations.flatMap((observation) => observation.nodes)) distinct.set(textsOf(node), node)
  const clean = redactObservation({ ...first, nodes: [...distinct.values()] }, map).nodes
  const byTexts = new Map([...distinct.keys()].map((key, place) => [key, clean[place]]))
  return observations.map((observation) => ({
    ...redactObservation({ ...observation, nodes: [] }, map),
    nodes: observation.nodes.map((node) => cleanNode(node, byTexts.get(textsOf(node)))),
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

function countChanged(before: unknown, after: unknown): number {
  if (before === after) return 0
  if (typeof before === 'string') return 1
  if (typeof before !== 'object' || before === null || typeof after !== 'object' || after === null) return 1
  const others = new Map(Object.entries(after))
  return Object.entries(before).reduce((sum, [key, member]) => sum + countChanged(member, others.get(key)), 0)
}
