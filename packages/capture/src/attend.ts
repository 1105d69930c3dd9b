import { bare } from './bare.ts'
import { listenTo } from './natives.ts'
import { type Observing, observeAll } from './observe/all.ts'
import type { Boundary } from './observe/boundary.ts'
import type { Ending } from './observe/holds.ts'
import type { Travelled } from './observe/navigation.ts'
import type { Scribe, Undo } from './observe/scribe.ts'
import { type Indicator, mountIndicator } from './show/indicator.ts'

/** A recording, as far as its document has a say in it. */
export interface Attendant extends Travelled {
  pause(reason: string): void
  resume(reason: string): void
  stop(reason: string): unknown
  /** A press was the sign's, and nothing that the person did in the page. */
  ours(press: object): void
  /** Writes down what is held back. */
  settle(ending: Ending): void
  /** The page may be gone in a moment. */
  unload(ending: Ending): void
  /** What was still loading is there. */
  loaded(): void
  /** Something may be done next. */
  lookAhead(): void
}

/** Puts into a document what a recording has there: its sign, its observers, its listeners. `document.open()` takes all of it, so that it is put there with each root. `undo` learns of each part at once, since the next may fail. */
export function attend(
  recording: Attendant,
  scribe: Scribe,
  boundary: Boundary,
  undo: Undo[],
  language: string | undefined,
): readonly [Indicator, Observing] {
  const { page } = scribe
  const own = bare(page)
  const view = own.defaultView ?? window
  const listen = (at: EventTarget, type: string, react: (event: Event & { readonly persisted?: boolean }) => void): void =>
    void undo.push(listenTo(at, type, boundary.guard(type, react), { capture: true }))
  const indicator = mountIndicator(page, {
    onPause: () => recording.pause('person'),
    onResume: () => recording.resume('person'),
    onStop: () => recording.stop('person'),
    onLost: (reason) => recording.stop(reason),
    language,
  })
  undo.push(() => indicator.unmount())
  // A modal dialog has the sign take no pointer: what is pressed is then found by where it is shown.
  undo.push(boundary.listen(view, 'pointerdown', (event) => indicator.press(event) && recording.ours(event)))
  const observing = observeAll(scribe, view, boundary, recording)
  undo.push(() => observing.stop())
  listen(view, 'pagehide', () => recording.unload('cut'))
  // A window that its own page may close is gone by then: no message of its `pagehide` arrives. It may stay, too.
  if (view.history.length < 2 || view.top?.opener) listen(view, 'beforeunload', () => recording.unload('meanwhile'))
  listen(view, 'pageshow', ({ persisted }) => persisted === true && recording.moved('history'))
  listen(page, 'visibilitychange', () => {
    if (own.visibilityState !== 'hidden') return
    recording.settle('meanwhile')
    recording.leaving()
  })
  for (const type of ['pointerover', 'focusin'] as const) undo.push(boundary.listen(view, type, () => recording.lookAhead()))
  if (own.readyState === 'loading') listen(page, 'DOMContentLoaded', () => recording.loaded())
  return [indicator, observing]
}
