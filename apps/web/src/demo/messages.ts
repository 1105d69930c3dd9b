import type { Event, Observation } from '@overt/schema'
import { nameIn } from '@overt/viewer'

/** What the tool's page tells the page around it. It never leaves the browser. */
export type FromTool =
  | { readonly overt: 'hello' }
  | { readonly overt: 'consent'; readonly decided: 'given' | 'refused' }
  | { readonly overt: 'state'; readonly state: string; readonly reason: string }
  | { readonly overt: 'task'; readonly goal: string; readonly hint: string }
  | { readonly overt: 'task-done'; readonly success: boolean }
  | { readonly overt: 'sent'; readonly sent: Slice; readonly raw: Slice | null; readonly typed: string | null }

/** Some events, with the observations they refer to. */
export interface Slice {
  readonly events: readonly Event[]
  readonly observations: readonly Observation[]
}

/** One event on its way: as it was on the page, and as it left. */
export interface Passage {
  readonly key: string
  readonly kind: Event['kind']
  readonly raw: string
  readonly sent: string
}

const shownKinds: ReadonlySet<Event['kind']> = new Set(['click', 'text', 'select', 'check', 'value', 'key', 'clipboard', 'navigate'])

/** Puts raw and sent side by side. `typed` is the text of a field that the recorder keeps nothing of. */
export function passagesOf(message: Extract<FromTool, { overt: 'sent' }>): Passage[] {
  const raws = new Map(message.raw?.events.map((event) => [event.seq, event]))
  return message.sent.events
    .filter((event) => shownKinds.has(event.kind))
    .map((event) => {
      const raw = raws.get(event.seq) ?? event
      const secret = event.kind === 'text' && event.secret
      return {
        key: `${event.kind} ${event.seq} ${event.observation}`,
        kind: event.kind,
        raw: textOf(raw, message.raw ?? message.sent) + (secret && message.typed !== null ? `: ${message.typed}` : ''),
        sent: textOf(event, message.sent) + (secret ? ': nothing' : ''),
      }
    })
}

function textOf(event: Event, slice: Slice): string {
  const observation = slice.observations.find((candidate) => candidate.id === event.observation)
  const detail = detailOf(event)
  const name = observation === undefined ? '' : nameIn(observation.nodes, event.node)
  return detail === '' ? name : name === '' ? detail : `${name}: ${detail}`
}

function detailOf(event: Event): string {
  switch (event.kind) {
    case 'text':
    case 'select':
    case 'value':
      return event.after
    case 'check':
      return event.after ? 'on' : 'off'
    case 'key':
      return event.chord
    case 'clipboard':
      return event.content
    case 'navigate':
      return pathOf(event.url)
    default:
      return ''
  }
}

/** An address without its origin, which is the page's own, and readable. */
function pathOf(url: string): string {
  try {
    const { pathname, search } = new URL(url)
    return pathname + decodeURIComponent(search)
  } catch {
    return url // not an address, or not one that decodes: shown as it is
  }
}
