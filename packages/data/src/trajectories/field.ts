import type { ActionKind } from '@overt/schema'

import type { Item } from './cut.ts'
import { draft, drop, inSameDocument, join, onSameNode, producerOf, type Draft, type EventOf, type Verdict } from './draft.ts'

type Commit = EventOf<'text'> | EventOf<'value'> | EventOf<'select'> | EventOf<'check'>

const editing =
  /^(?:(?:Control|Meta|Alt|Shift)\+)*(?:Backspace|Delete|Arrow(?:Left|Right)|Home|End)$|^(?:Control|Meta)\+(?:Shift\+)?[AYZ]$/u
const choosing = /^(?:Alt\+)?(?:Arrow(?:Up|Down|Left|Right)|Home|End|PageUp|PageDown|Enter|Space| )$/u
const committing = /^(?:Shift\+)?(?:Tab|Enter|NumpadEnter)$/u
const clicks: ReadonlySet<ActionKind> = new Set(['click', 'double_click', 'triple_click'])
const madeBy = { text: 'type', value: 'type', select: 'select_option', check: 'check' } as const

/** Rules 3: text committed to a field. */
export function text(recent: readonly Draft[], item: Item, event: EventOf<'text'>): Verdict {
  if (event.cause === 'program') return drop('program', item)
  const last = recent.at(-1)
  if (event.cause === 'paste' && last?.kind === 'paste' && onSameNode(last, item))
    return join(last, item, { before: event.before, after: event.after })
  if (event.before === event.after && !event.secret) return drop('text.nothing', item)
  const key = lateKey(recent, item)
  if (key !== undefined) return late(recent.slice(0, -1), key, item, event)
  const rule = event.secret ? 'type.secret' : event.cause === 'fill' ? 'type.fill' : 'type.commit'
  return commit(
    recent,
    item,
    event,
    draft('type', rule, item, { argument: event.after, before: event.before, after: event.after, cause: event.cause }),
  )
}

/** Rule 3.6: a commit that its own Tab or Enter overtook goes before the key. */
function lateKey(recent: readonly Draft[], item: Item): Draft | undefined {
  const last = recent.at(-1)
  if (last?.kind !== 'key' || !committing.test(last.argument) || !onSameNode(last, item) || last.items.length > 1) return undefined
  const before = recent.at(-2)
  return before !== undefined && before.kind === 'type' && onSameNode(before, item) ? undefined : last
}

function late(recent: readonly Draft[], key: Draft, item: Item, event: EventOf<'text'>): Verdict {
  const earlier = text(recent, item, event)
  return { ...earlier, take: earlier.take + 1, put: [...earlier.put, key] }
}

/** Rule 3.7: sliders, dates, numbers, colours: the final value, typed. */
export function value(recent: readonly Draft[], item: Item, event: EventOf<'value'>): Verdict {
  if (event.cause === 'program') return drop('program', item)
  const { before, after, cause } = event
  return commit(recent, item, event, draft('type', 'type.value', item, { argument: after, before, after, cause }))
}

/** Rules 4.1 and 4.2: a native select is one action; an ARIA option's choice is told to the click or key that made it. */
export function select(recent: readonly Draft[], item: Item, event: EventOf<'select'>): Verdict {
  if (event.cause === 'program') return drop('program', item)
  const last = recent.at(-1)
  const { before, after, cause } = event
  const own = item.sensed?.observation.nodes.find((node) => node.id === event.node)
  const worked = inSameDocument(last, item) && (clicks.has(last.kind) || last.kind === 'key')
  if (own?.tag !== 'select' && worked) return join(last, item, { rule: 'select.aria', after })
  return commit(recent, item, event, draft('select_option', 'select.native', item, { argument: after, before, after, cause }))
}

/** Rules 4.3 and 4.4: a check box, radio button or switch is one action, whatever worked it. */
export function check(recent: readonly Draft[], item: Item, event: EventOf<'check'>): Verdict {
  if (event.cause === 'program') return drop('program', item)
  const last = recent.at(-1)
  const argument = event.after ? 'on' : 'off'
  if (event.node === -1 && inSameDocument(last, item) && clicks.has(last.kind)) return join(last, item, { after: argument })
  const byLabel = event.cause === 'label' || last?.rule === 'click.label'
  const fields = { argument, before: event.before ? 'on' : 'off', after: argument, cause: event.cause }
  return commit(recent, item, event, draft('check', byLabel ? 'check.label' : 'check', item, fields))
}

/** Gathers what led to a commit: the click that gave the focus, the keys that edited, the earlier commit of the same field, the Tabs before. */
function commit(recent: readonly Draft[], item: Item, event: Commit, made: Draft): Verdict {
  let taken = 0
  let result = made
  const tabs: Draft[] = []
  for (let place = recent.length - 1; place >= 0; place -= 1) {
    const earlier = recent[place]
    if (earlier === undefined || producerOf(earlier) !== item.producer) break
    const tab = isTabAway(earlier, item)
    if (!tab && !leadsTo(earlier, item, event)) break
    taken += 1
    if (tab) tabs.push(earlier)
    else result = absorb(earlier, result)
    if (earlier.kind === made.kind) break
  }
  return { take: taken, put: [result], drop: tabs.map((tab) => ({ reason: 'tab', items: tab.items })) }
}

function leadsTo(earlier: Draft, item: Item, event: Commit): boolean {
  const same = onSameNode(earlier, item)
  if (earlier.travels) return false
  if (clicks.has(earlier.kind)) return same || (event.kind === 'check' && event.cause === 'label' && earlier.kind === 'click')
  if (!same) return false
  if (earlier.kind === 'key')
    return (event.kind === 'text' ? editing : choosing).test(earlier.argument) || (event.kind === 'value' && editing.test(earlier.argument))
  return event.kind !== 'check' && earlier.kind === madeBy[event.kind]
}

/** Rule 3.5: Tab that only moved the focus here. */
function isTabAway(earlier: Draft, item: Item): boolean {
  return earlier.kind === 'key' && /^(?:Shift\+)?Tab$/u.test(earlier.argument) && !onSameNode(earlier, item)
}

function absorb(earlier: Draft, made: Draft): Draft {
  const continued = earlier.kind === made.kind
  return {
    ...made,
    items: [...earlier.items, ...made.items],
    before: continued ? earlier.before : made.before,
    point: earlier.point ?? made.point,
    modifiers: clicks.has(earlier.kind) ? earlier.modifiers : made.modifiers,
  }
}
