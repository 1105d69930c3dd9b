import type { Noted } from '@overt/capture'

import { listenIn } from './listen.ts'

/** A slider that is pulled seeks all the time: it is told once it rests. */
const restMs = 300

/** What became of a film, as a value of it. */
type Became = Extract<Noted, { readonly kind: 'value' }>

const playing = ({ paused }: HTMLMediaElement): string => (paused ? 'paused' : 'playing')

/** What the buttons of a film change, in words; and the events that tell of it. */
const facets = [
  { words: playing, types: ['play', 'pause'] },
  { words: ({ currentTime }: HTMLMediaElement) => `at ${Math.round(currentTime)} s`, types: ['seeking', 'seeked'] },
  { words: ({ muted, volume }: HTMLMediaElement) => (muted ? 'muted' : `volume ${Math.round(volume * 100)}%`), types: ['volumechange'] },
  { words: ({ playbackRate }: HTMLMediaElement) => `speed ${playbackRate}`, types: ['ratechange'] },
] as const
/** Where it plays, among these. */
const place = 1

/**
 * The browser keeps presses on its own buttons of a film to itself: no listener hears of them. What becomes of the film says which one it was,
 * and the press is told as that: a value of the film. A script's doing is told apart by the focus, which the browser moves to the film with the press,
 * and by the activation that only a person gives.
 */
export function watchFilms(view: Window, tell: (became: Became, film: HTMLMediaElement) => void, signal: AbortSignal): void {
  const known = new WeakMap<HTMLMediaElement, readonly string[]>()
  const resting = new Map<number, { readonly before: string; readonly timer: ReturnType<typeof setTimeout> }>()
  const listen = (types: readonly string[], react: (film: HTMLMediaElement) => void): void => {
    const ours = (event: Event): void => {
      const [film] = event.composedPath()
      if (event.isTrusted && film instanceof HTMLMediaElement && film.controls) react(film)
    }
    signal.addEventListener('abort', listenIn(view, types, ours))
  }
  const know = (film: HTMLMediaElement): void =>
    void known.set(
      film,
      facets.map(({ words }) => words(film)),
    )
  const changed = (film: HTMLMediaElement, at: number): void => {
    const begun = resting.get(at)
    if (begun === undefined && !isPressed(film)) return know(film)
    clearTimeout(begun?.timer)
    const before = begun?.before ?? known.get(film)?.[at] ?? ''
    const cause = film.matches(':hover') ? 'pointer' : 'keyboard'
    const rested = (): void => {
      resting.delete(at)
      know(film)
      const after = known.get(film)?.[at] ?? ''
      if (before !== after && !signal.aborted) tell({ kind: 'value', before, after, cause }, film)
    }
    resting.set(at, { before, timer: setTimeout(rested, restMs) })
  }
  facets.forEach(({ types }, at) => listen(types, (film) => changed(film, at)))
  // What it was before anyone pressed.
  listen(['pointerover', 'focusin', 'loadedmetadata'], know)
  listen(['timeupdate'], (film) => {
    // Of a pause this is told before it is told as one: of the rest nothing is learnt here.
    const kept = known.get(film)
    if (kept !== undefined && !resting.has(place)) known.set(film, kept.with(place, facets[place].words(film)))
  })
}

/** Whether the last press was on the film, some seconds ago at most: the focus went there with it, and what a person gives wears off. */
function isPressed(film: HTMLMediaElement): boolean {
  return navigator.userActivation.isActive && film.ownerDocument.activeElement === film
}
