import type { Item } from './cut.ts'
import { drop, type Draft, type Verdict } from './draft.ts'
import { check, select, text, value } from './field.ts'
import { clipboard, key } from './keys.ts'
import { click, drag, hover, scroll, upload } from './pointer.ts'
import { navigate, submit, ways } from './travel.ts'

/** Where every event of a slice went. */
export interface Folded {
  readonly drafts: readonly Draft[]
  /** Events that explain nothing, by reason. */
  readonly dropped: ReadonlyMap<string, readonly Item[]>
  /** Events that should have belonged to an action and found none. */
  readonly orphans: readonly Item[]
  /** `task` events, which cut episodes, and those that say that one corrects an agent. */
  readonly marks: readonly Item[]
}

const marking: ReadonlySet<string> = new Set(['task', 'takeover', 'proposed'])

/** Rules 2 to 8: events to drafts, one after the other; each rule sees the drafts so far and may take the last ones back for a better one. */
export function fold(items: readonly Item[]): Folded {
  const drafts: Draft[] = []
  const dropped = new Map<string, Item[]>()
  const orphans: Item[] = []
  const marks: Item[] = []
  const directions = ways(items)
  for (const item of items) {
    if (marking.has(item.event.kind)) {
      marks.push(item)
      continue
    }
    const verdict = judge(drafts, item, directions.get(item) ?? 'back')
    if (verdict === null) {
      orphans.push(item)
      continue
    }
    drafts.splice(drafts.length - verdict.take, verdict.take, ...verdict.put)
    for (const { reason, items: lost } of verdict.drop) note(dropped, reason, lost)
  }
  return { drafts, dropped, orphans, marks }
}

function judge(recent: readonly Draft[], item: Item, way: 'back' | 'forward'): Verdict | null {
  const { event } = item
  switch (event.kind) {
    case 'click':
      return click(recent, item, event)
    case 'drag':
      return drag(item, event)
    case 'hover':
      return hover(item, event)
    case 'key':
      return key(recent, item, event)
    case 'text':
      return text(recent, item, event)
    case 'select':
      return select(recent, item, event)
    case 'check':
      return check(recent, item, event)
    case 'value':
      return value(recent, item, event)
    case 'scroll':
      return scroll(recent, item, event)
    case 'clipboard':
      return clipboard(recent, item, event)
    case 'upload':
      return upload(recent, item, event)
    case 'navigate':
      return navigate(recent, item, event, way)
    case 'submit':
      return submit(recent, item)
    case 'focus':
      return drop('focus', item)
    case 'recorder':
      return drop('recorder', item)
    case 'tab':
      return drop('tab', item)
    case 'gap':
      return drop('gap', item)
    case 'task':
    case 'takeover':
    case 'proposed':
      return null
  }
}

function note(dropped: Map<string, Item[]>, reason: string, lost: readonly Item[]): void {
  const list = dropped.get(reason)
  if (list === undefined) dropped.set(reason, [...lost])
  else list.push(...lost)
}
