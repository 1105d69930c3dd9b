import type { ActionKind } from '@overt/schema'

import type { Item } from './cut.ts'
import { add, draft, inSameDocument, join, type Draft, type EventOf, type Verdict } from './draft.ts'

const chords: readonly (readonly [ActionKind, RegExp])[] = [
  ['copy', /^(?:Control|Meta)\+(?:C|Insert)$/u],
  ['cut', /^(?:(?:Control|Meta)\+X|Shift\+Delete)$/u],
  ['paste', /^(?:(?:Control|Meta)\+(?:Shift\+)?V|Shift\+Insert)$/u],
]

/** Rule 6.1: a shortcut or a named key is one action; rule 6.2: where the clipboard told of it before, it is that one. */
export function key(recent: readonly Draft[], item: Item, event: EventOf<'key'>): Verdict {
  const last = recent.at(-1)
  const told = chords.find(([, chord]) => chord.test(event.chord))?.[0]
  if (inSameDocument(last, item) && last.kind === told && last.rule === 'clipboard')
    return join(last, item, { rule: 'clipboard.key', cause: 'keyboard' })
  return add(draft('key', 'key', item, { argument: event.chord, cause: 'keyboard' }))
}

/** Rule 6.2: copy, cut and paste are one action each, whether a key, a menu or both told of them. */
export function clipboard(recent: readonly Draft[], item: Item, event: EventOf<'clipboard'>): Verdict {
  const last = recent.at(-1)
  const chord = chords.find(([kind]) => kind === event.operation)?.[1]
  if (!inSameDocument(last, item) || last.kind !== 'key' || chord?.test(last.argument) !== true)
    return add(draft(event.operation, 'clipboard', item))
  const made = draft(event.operation, 'clipboard.key', item, { cause: 'keyboard' })
  return { take: 1, put: [{ ...made, items: [...last.items, item], nodes: [...new Set([...made.nodes, ...last.nodes])] }], drop: [] }
}
