import { bare } from '../bare.ts'
import { isElement, nodeOf, scrolledTo } from '../sense/dom.ts'
import type { Hand } from './act.ts'
import type { Holds } from './holds.ts'
import { handMs, observeScrollCauses } from './scroll-cause.ts'
import { type Scribe, type Sighting, together, type Undo } from './scribe.ts'
import { editableOf } from './target.ts'

/** A container that did not move for this long has come to rest. */
const quietMs = 150

type Position = readonly [number, number]

interface Travel {
  readonly from: Position
  readonly sighting: Sighting
  readonly cause: 'pointer' | 'keyboard' | 'program'
  readonly sinceMs: number
  timer: Undo
}

/** Scrolls, one per container until it rests, with where from and where to. */
export function observeScroll(scribe: Scribe, view: Window, hand: Hand, holds: Holds): Undo {
  let rest = new WeakMap<Element, Position>()
  const travels = new Map<Element, Travel>()
  const { scrollingElement, documentElement } = bare(view.document)
  const root = scrollingElement ?? documentElement
  const begin = (): void => {
    rest = new WeakMap()
    if (root !== null) rest.set(root, scrolledTo(root))
  }
  begin()
  const causes = observeScrollCauses(scribe, view, hand)
  const finish = (container: Element): void => {
    const travel = travels.get(container)
    travels.delete(container)
    const to = scrolledTo(container)
    rest.set(container, to)
    if (travel === undefined || (travel.from[0] === to[0] && travel.from[1] === to[1])) return
    travel.timer()
    const [fromX, fromY] = travel.from
    scribe.write({ kind: 'scroll', fromX, fromY, toX: to[0], toY: to[1], cause: travel.cause }, travel.sighting, travel.sinceMs)
  }
  const scroll = scribe.listen(view, 'scroll', (event) => {
    const container = containerOf(event, view)
    if (container === null) return
    if (followsCaret(container, holds, causes.now(container))) return void rest.set(container, scrolledTo(container))
    const known = travels.get(container)
    known?.timer()
    const cause = known?.cause ?? causes.now(container)
    const timer = scribe.later(() => finish(container), cause === 'pointer' ? handMs : quietMs)
    if (known !== undefined) {
      known.timer = timer
      return
    }
    const sighting = scribe.sight(container, causes.before())
    travels.set(container, {
      from: rest.get(container) ?? scribe.firstScroll(container) ?? [0, 0],
      sighting: container === bare(scribe.page).scrollingElement ? { ...sighting, node: -1 } : sighting,
      cause,
      sinceMs: scribe.nowMs(),
      timer,
    })
  })
  const first = scribe.beforeWrite((sinceMs) => {
    for (const [container, travel] of travels) if (travel.sinceMs < sinceMs) finish(container)
  })
  return together(causes.undo, scroll, first, scribe.onResume(begin))
}

/** A field scrolls by itself to where the caret is, and one of a single line back to its start when it is left: that says no more than its text will, and says it in the middle of a word. */
function followsCaret(container: Element, holds: Holds, cause: Travel['cause']): boolean {
  if (container.localName === 'input') return true
  const field = isElement(container) ? editableOf(container) : null
  return field !== null && (holds.holds(field) || cause !== 'pointer')
}

function containerOf(event: Event, view: Window): Element | null {
  const { target } = event
  if (target === view.document) return bare(view.document).scrollingElement
  const node = nodeOf(target)
  return isElement(node) ? node : null
}
