import type { Cause } from '@overt/schema'

import { bare } from '../bare.ts'
import { listenTo } from '../natives.ts'
import type { Hand } from './act.ts'
import type { Boundary } from './boundary.ts'
import { together, type Undo } from './scribe.ts'

/** A page moves on within this time after the act that made it. */
const followsMs = 2_000

/** What the recorder is told of the address. */
export interface Travelled {
  /** The address is another one now: `cause` says by what. */
  moved(cause: Cause): void
  /** The page is about to go: what is held should leave. */
  leaving(): void
}

/** Changes of the address within the document; nothing of the page's history is patched. `look` sees a change that nothing told of. */
export function observeNavigation(
  boundary: Boundary,
  view: Window,
  hand: Hand,
  told: Travelled,
): { readonly undo: Undo; readonly look: () => void } {
  let href = view.location.href
  const look = (cause?: Cause): void => {
    if (view.location.href === href) return
    href = view.location.href
    told.moved(cause ?? causeOf(hand))
  }
  // Chromium 102, Safari 26.2, Firefox 147; elsewhere popstate, hashchange and the next look at the address tell.
  const navigation = 'navigation' in view && view.navigation instanceof EventTarget ? view.navigation : null
  const entry = boundary.guard('navigation', (event: Event) =>
    look('navigationType' in event && event.navigationType === 'traverse' ? 'history' : undefined),
  )
  const going = boundary.guard('navigation', () => told.leaving())
  const undos = [
    ...(navigation === null ? [] : [listenTo(navigation, 'currententrychange', entry), listenTo(navigation, 'navigate', going)]),
    boundary.listen(view, 'popstate', () => look('history')),
    boundary.listen(view, 'hashchange', () => look()),
  ]
  return { undo: together(...undos), look: () => look() }
}

function causeOf(hand: Hand): Cause {
  const act = hand.last(followsMs)
  if (act === null) return 'program'
  return bare(act.target).closest('a[href]') === null ? act.by : 'link'
}
