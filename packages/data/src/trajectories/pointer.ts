import type { ActionKind } from '@overt/schema'

import type { Item } from './cut.ts'
import { add, draft, drop, inSameDocument, join, onSameNode, type Draft, type EventOf, type Verdict } from './draft.ts'

const byCount: readonly ActionKind[] = ['click', 'double_click', 'triple_click']
const byButton: Readonly<Record<number, ActionKind>> = { 1: 'middle_click', 2: 'right_click', 3: 'back', 4: 'forward' }
/** Upper end, exclusive, of the buckets that a double click's gap may lie in: under a second. */
const multiClickGapEnd = 2

/** Rules 2: clicks. */
export function click(recent: readonly Draft[], item: Item, event: EventOf<'click'>): Verdict {
  const last = recent.at(-1)
  if (event.cause === 'program') return drop('program', item)
  if (event.cause === 'label' && inSameDocument(last, item) && last.kind === 'click')
    return join(last, item, { rule: 'click.label', nodes: [...last.nodes, event.node], cause: 'label' })
  if (event.cause === 'keyboard' && inSameDocument(last, item) && last.kind === 'key') return keyed(last, item)
  // A hand that has one button holds on to ask for the menu that another's second button brings.
  const long = event.held === true && (event.pointer === 'touch' || event.pointer === 'pen')
  const kind = long ? 'right_click' : (byButton[event.button] ?? byCount[event.count - 1] ?? 'click')
  const how = long ? 'long' : kind === 'click' ? 'single' : kind.replace('_click', '')
  const made = draft(kind, event.cause === 'keyboard' ? 'click.keyboard' : `click.${how}`, item, {
    cause: event.cause,
    modifiers: words(event.modifiers),
    point: [event.x, event.y],
  })
  return continues(last, item, event) ? { take: 1, put: [{ ...made, ...joined(last, item) }], drop: [] } : add(made)
}

/** Rule 2.3: Enter or Space on a control is its click; Enter in a field that clicks the form's button stays the key. */
function keyed(last: Draft, item: Item): Verdict {
  if (last.nodes.includes(item.event.node))
    return join(last, item, { kind: 'click', rule: 'click.keyboard', argument: '', cause: 'keyboard' })
  return join(last, item)
}

/** Rule 2.4: the n-th click of a multi-click takes the place of the one before. */
function continues(last: Draft | undefined, item: Item, event: EventOf<'click'>): last is Draft {
  if (last === undefined || event.button !== 0 || event.count < 2 || !inSameDocument(last, item)) return false
  const place = byCount.indexOf(last.kind)
  return place === event.count - 2 && event.gap < multiClickGapEnd && (onSameNode(last, item) || last.nodes.length === 0)
}

function joined(last: Draft, item: Item): Pick<Draft, 'items' | 'nodes' | 'point'> {
  return {
    items: [...last.items, item],
    nodes: [...new Set([...last.nodes, item.event.node])].filter((node) => node !== -1),
    point: last.point,
  }
}

/** Rule 2.6: a drag. */
export function drag(item: Item, event: EventOf<'drag'>): Verdict {
  const rule = (event.effect ?? '') === '' ? 'drag' : `drag.${event.effect}`
  const made = draft('drag', rule, item, { modifiers: words(event.modifiers), point: [event.x, event.y], toNode: event.toNode })
  return add({ ...made, argument: '', after: `${event.toX},${event.toY}`, before: `${event.x},${event.y}` })
}

/** Rule 2.7: a hover that revealed what was used next; the recorder sends no other. */
export function hover(item: Item, event: EventOf<'hover'>): Verdict {
  return add(draft('hover', 'hover', item, { point: [event.x, event.y] }))
}

/** Rule 2.8: files given to the page; the click or key that opened the chooser is folded in. */
export function upload(recent: readonly Draft[], item: Item, event: EventOf<'upload'>): Verdict {
  const last = recent.at(-1)
  const made = draft('upload', `upload.${event.how}`, item, { before: '', after: `${event.count} ${event.sort}`, cause: event.cause })
  const opened = event.how !== 'drop' && last !== undefined && (last.kind === 'click' || last.kind === 'key') && onSameNode(last, item)
  return opened ? { take: 1, put: [{ ...made, items: [...last.items, item], point: last.point }], drop: [] } : add(made)
}

/** Rules 5: scrolls of one container are one, those of the page's script none. */
export function scroll(recent: readonly Draft[], item: Item, event: EventOf<'scroll'>): Verdict {
  if (event.cause === 'program') return drop('program', item)
  const last = recent.at(-1)
  const continued = inSameDocument(last, item) && last.kind === 'scroll' && (last.nodes[0] ?? -1) === event.node
  const from = continued ? (last.before ?? '') : `${event.fromX},${event.fromY}`
  const argument = direction(from, event)
  const fields = { argument, before: from, after: `${event.toX},${event.toY}`, cause: event.cause }
  return continued ? join(last, item, fields) : add(draft('scroll', 'scroll', item, fields))
}

/** The larger way; '' for one that ends where it began, which `settle` drops. */
function direction(from: string, event: EventOf<'scroll'>): string {
  const [fromX = 0, fromY = 0] = from.split(',').map(Number)
  const right = event.toX - fromX
  const down = event.toY - fromY
  if (right === 0 && down === 0) return ''
  if (Math.abs(right) > Math.abs(down)) return right > 0 ? 'right' : 'left'
  return down > 0 ? 'down' : 'up'
}

function words(modifiers: string): string[] {
  return modifiers.split(/[+ ]/u).filter((word) => word !== '')
}
