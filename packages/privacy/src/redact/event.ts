import type { Event, Observation, ObservationNode } from '@overt/schema'
import { unitSeparator } from '@overt/schema/words'

import { secretField } from './field.ts'
import { createPlaceholderMap, type PlaceholderMap } from './placeholder.ts'
import { isPlaceholders, redactText } from './text.ts'
import { redactUrlWith } from './url.ts'

/** An address as it may be kept: origin and path, identifier-like parts as placeholders. '' for what is no address. */
export function redactUrl(url: string, map: PlaceholderMap = createPlaceholderMap()): string {
  map.reserve(url)
  return redactUrlWith(url, {
    placeholder: (kind, original) => map.placeholder(kind, original),
    text: (part) => redactText(part, { map }).text,
  })
}

/** An event with less in it: every text through `redactText`, addresses through `redactUrl`. */
export function redactEvent(event: Event, map: PlaceholderMap): Event {
  const masked = (text: string) => redactText(text, { map }).text
  switch (event.kind) {
    case 'text':
      return event.secret ? { ...event, before: '', after: '' } : { ...event, before: masked(event.before), after: masked(event.after) }
    case 'select':
      return { ...event, before: maskedList(event.before, map), after: maskedList(event.after, map) }
    case 'value':
      return { ...event, before: masked(event.before), after: masked(event.after) }
    case 'clipboard':
      return { ...event, content: masked(event.content) }
    case 'navigate':
      return { ...event, url: redactUrl(event.url, map), title: masked(event.title) }
    case 'task':
      return { ...event, goal: masked(event.goal) }
    case 'proposed':
      return { ...event, argument: maskedList(event.argument, map) }
    case 'key':
      return { ...event, chord: chordOf(event.chord), code: chordOf(event.code) }
    case 'click':
    case 'drag':
    case 'hover':
    case 'check':
    case 'scroll':
    case 'upload':
    case 'focus':
    case 'submit':
    case 'takeover':
    case 'recorder':
    case 'tab':
    case 'gap':
      return event
  }
}

function maskedList(joined: string, map: PlaceholderMap): string {
  return joined
    .split(unitSeparator)
    .map((label) => redactText(label, { map }).text)
    .join(unitSeparator)
}

/** A chord is a few named keys; anything longer is text in disguise. */
function chordOf(chord: string): string {
  return chord.length <= 40 && /^[A-Za-z0-9+,./;'`[\]\\=\- ]*$/.test(chord) ? chord : ''
}

/** An observation with less in it: address, title, and every node's name, value and labels. */
export function redactObservation(observation: Observation, map: PlaceholderMap): Observation {
  return {
    ...observation,
    url: redactUrl(observation.url, map),
    title: redactText(observation.title, { map }).text,
    nodes: observation.nodes.map((node) => redactNode(node, map)),
  }
}

function redactNode(node: ObservationNode, map: PlaceholderMap): ObservationNode {
  const name = redactText(node.name, { map }).text
  const value = valueRedactor(node, map)(node.value)
  const options = node.options.map((option) => redactText(option, { map }).text)
  return { ...node, name, value, options }
}

type Field = Pick<ObservationNode, 'name' | 'inputType' | 'role' | 'states'>

/** Says what is kept of all that a field shows: nothing where it is secret, but placeholders. */
export function valueRedactor({ name, inputType, role, states }: Field, map: PlaceholderMap): (value: string) => string {
  return states.includes('secret') || secretField({ inputType, label: role === 'text' ? '' : name })
    ? (value) => (isPlaceholders(value) ? value : '')
    : (value) => redactText(value, { map, field: name }).text
}
