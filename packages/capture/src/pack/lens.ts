import type { Event, Modality, Observation, ObservationNode } from '@overt/schema'

import { isFreeText } from './ambient.ts'
import type { Cut } from './cut-out.ts'
import type { Mask } from './redactor.ts'
import { shownIn } from './split.ts'
import { fours } from './veil.ts'

/** Whether the person and the manifest allow a modality at the place where something was seen. */
export type Allows = (modality: Modality) => boolean

/** What may leave of an observation: without `structure` only the rows acted on, without `text` no text and no values; the rest masked. */
export function maskObservation(observation: Observation, acted: ReadonlySet<number>, allows: Allows, mask: Mask): Observation {
  const text = allows('text')
  const split = mask.splitIn(observation.nodes)
  const cut = observation.nodes.map((node) => withoutParts(node, split.get(node), mask))
  const nodes = allows('structure') ? cut : rowsOf(cut, acted)
  return {
    ...observation,
    url: mask.url(observation.url).slice(0, 2048),
    title: text ? mask.text(observation.title, '').slice(0, 1024) : '',
    nodes: nodes.map((node) => maskedOnce(node, text, mask)),
  }
}

function rowsOf(nodes: readonly ObservationNode[], acted: ReadonlySet<number>): ObservationNode[] {
  return nodes.filter((node) => acted.has(node.id)).map((node) => ({ ...node, parent: -1 }))
}

/** A row with a placeholder for each part of a secret that others hold the rest of. */
function withoutParts(node: ObservationNode, parts: readonly Cut[] | undefined, mask: Mask): ObservationNode {
  if (parts === undefined) return node
  const text = mask.cut(shownIn(node), parts)
  return node.value === '' ? { ...node, name: text } : { ...node, value: text }
}

/** Most rows are the same from one observation to the next, or stand under another index there: a row's box is made with it and goes along. */
function maskedOnce(node: ObservationNode, text: boolean, mask: Mask): ObservationNode {
  const known = mask.rows(text)
  const before = known.get(node.box)
  if (before?.given === node) return before.masked
  const masked =
    before !== undefined && saysTheSame(before.given, node) ? { ...before.masked, parent: node.parent } : maskNode(node, text, mask)
  known.set(node.box, { given: node, masked })
  return masked
}

function saysTheSame(one: ObservationNode, other: ObservationNode): boolean {
  return (
    one.id === other.id &&
    one.name === other.name &&
    one.value === other.value &&
    one.options === other.options &&
    one.states === other.states
  )
}

function maskNode(node: ObservationNode, text: boolean, mask: Mask): ObservationNode {
  const name = text || node.role !== 'text' ? mask.text(node.name, '').slice(0, 4096) : ''
  const secret = node.states.includes('secret')
  const value = text && !secret ? (isFreeText(node) ? mask.typed : mask.text)(node.value, node.name).slice(0, 4096) : ''
  return { ...node, name, value, options: node.options.map((option) => mask.text(option, '').slice(0, 512)) }
}

/** Events with nothing in them to mask, each by its name: a new kind does not pass. */
type Told = Extract<
  Event,
  {
    readonly kind: 'click' | 'hover' | 'key' | 'check' | 'scroll' | 'upload' | 'focus' | 'submit' | 'takeover' | 'recorder' | 'tab' | 'gap'
  }
>

/** What may leave of an event. `field`: the name of the row that it happened on. */
export function maskEvent(event: Event, field: string, allows: Allows, mask: Mask): Event {
  const through =
    (rule: Mask['text']) =>
    (text: string): string =>
      allows('text') ? rule(text, field).slice(0, 65_536) : ''
  const masked = through(mask.text)
  const typed = through(mask.typed)
  switch (event.kind) {
    case 'text':
      return event.secret ? { ...event, before: '', after: '' } : { ...event, before: typed(event.before), after: typed(event.after) }
    case 'select':
    case 'value':
      return { ...event, before: masked(event.before), after: masked(event.after) }
    case 'clipboard':
      return { ...event, content: '' }
    case 'navigate':
      return { ...event, url: mask.url(event.url), title: allows('text') ? mask.text(event.title, '') : '' }
    case 'task':
      return { ...event, goal: allows('text') ? mask.text(event.goal, '') : '' }
    case 'proposed':
      return { ...event, argument: masked(event.argument) }
    case 'drag':
      return allows('structure') ? event : { ...event, path: '' }
    default:
      return event satisfies Told
  }
}

const placeholder = /\[[A-Z_]+_\d+\]/g

/** What was deleted counts: a text with a part of a secret that once stood whole in its field is masked whole. `masked`: the event as its text alone is judged. */
export function maskTyped(event: Event, masked: Event, deleted: readonly string[], mask: Mask): Event {
  if (deleted.length === 0 || (event.kind !== 'text' && event.kind !== 'value') || (masked.kind !== 'text' && masked.kind !== 'value'))
    return masked
  const secrets = new Set(deleted.flatMap((text) => mask.secretsIn(text).flatMap(fours)))
  const left = fours(masked.after.replace(placeholder, ' '))
  return left.some((four) => secrets.has(four)) ? { ...masked, after: mask.whole(event.after) } : masked
}
