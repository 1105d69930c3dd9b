import type { Item } from './cut.ts'
import { add, draft, drop, inSameDocument, join, type Draft, type EventOf, type Verdict } from './draft.ts'

/** First bucket of a gap that is too long for a page's own step to have followed from an act: 10 s. */
const unrelatedGap = 4
const reloads = /^(?:F5|(?:Control|Meta)\+(?:Shift\+)?R)$/u
const backwards = /^(?:Alt\+ArrowLeft|Meta\+(?:\[|ArrowLeft|BracketLeft)|BrowserBack)$/u
const forwards = /^(?:Alt\+ArrowRight|Meta\+(?:\]|ArrowRight|BracketRight)|BrowserForward)$/u

/** Rules 7: where a page came from. `way` tells a step through the history that no key or button told of. */
export function navigate(recent: readonly Draft[], item: Item, event: EventOf<'navigate'>, way: 'back' | 'forward'): Verdict {
  const last = recent.at(-1)
  if (event.cause === 'typed') return add(draft('navigate', 'navigate.typed', item, { argument: event.url, cause: 'typed', travels: true }))
  if (event.cause === 'history') return history(last, item, way)
  if (last === undefined || (event.cause === 'program' && event.gap >= unrelatedGap)) return drop(event.cause, item)
  if (last.kind === 'key' && reloads.test(last.argument))
    return join(last, item, { kind: 'reload', rule: 'reload', argument: '', travels: true })
  return join(last, item, { travels: last.travels || !staysAt(last, item, event.url) })
}

/** Rule 7.7: the address that shows where the page was already: only its query changed, of which nothing is kept. */
function staysAt(last: Draft, item: Item, url: string): boolean {
  return inSameDocument(last, item) && last.items.at(-1)?.sensed?.observation.url === url
}

function history(last: Draft | undefined, item: Item, way: 'back' | 'forward'): Verdict {
  if (last?.kind === 'key' && (backwards.test(last.argument) || forwards.test(last.argument))) {
    const kind = backwards.test(last.argument) ? 'back' : 'forward'
    return join(last, item, { kind, rule: 'history.key', argument: '', travels: true })
  }
  if ((last?.kind === 'back' || last?.kind === 'forward') && !last.travels) return join(last, item, { travels: true })
  return add(draft(way, 'history', item, { cause: 'history', travels: true, nodes: [] }))
}

/** Rule 7.5: the way of each step through the history, from the addresses that the slice went through. */
export function ways(items: readonly Item[]): ReadonlyMap<Item, 'back' | 'forward'> {
  const found = new Map<Item, 'back' | 'forward'>()
  let past: string[] = []
  let at = -1
  for (const item of items) {
    if (item.event.kind !== 'navigate') continue
    const { url, cause } = item.event
    if (cause === 'history') {
      const ahead = past[at - 1] !== url && past[at + 1] === url
      found.set(item, ahead ? 'forward' : 'back')
      at = Math.max(0, at + (ahead ? 1 : -1))
    } else if (past[at] !== url) {
      past = [...past.slice(0, at + 1), url]
      at = past.length - 1
    }
  }
  return found
}

/** Rule 7.6: a form's submission follows from the act before. */
export function submit(recent: readonly Draft[], item: Item): Verdict | null {
  const last = recent.at(-1)
  return last === undefined ? null : join(last, item)
}
