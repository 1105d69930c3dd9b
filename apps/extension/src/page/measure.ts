import type { Permit } from '@overt/capture'
import { areaOf, boxOf, givenName, lastName, outermost, placeIn, roleOf } from '@overt/capture/sense'

import type { Asker, FramePlace } from '../talk/message.ts'
import { framePath, type Way, wayFrom } from './frame-path.ts'
import { listenIn } from './listen.ts'

const settleMs = 60

/** The outermost page in itself. */
export const top: FramePlace = { ...outermost, around: [], byFocus: false }

/** The way from a window to the one on a path; null where it is another recorder's to tell, or may not be told. */
export function wayTo(permit: Permit, view: Window, asker: Asker): Way | null {
  const own = framePath(view)
  const { path } = asker
  const mine = path.length > own.length && own.every((at, depth) => at === path[depth])
  if (!mine || !permit.allows({ url: view.location.href }, 'actions')) return null
  const enters = (page: Document): boolean => page.URL.startsWith('about:') || permit.allows({ url: page.URL }, 'actions')
  // Without a number, others may have the same path.
  return wayFrom(view, { ...asker, path: path.slice(own.length) }, own.includes(-1), enters)
}

/** The inside of the last of the frames on a way that begins in a place; null where that is not known. */
export function within(outer: FramePlace | null, { frames, byFocus }: Way, redact: (text: string) => string): FramePlace | null {
  return frames.reduce<FramePlace | null>((place, frame) => {
    if (place === null) return null
    const box = boxOf(areaOf(frame.getBoundingClientRect(), place))
    const row = { name: redact(givenName(frame) || lastName(frame)).slice(0, 4096), role: roleOf(frame), box }
    return { ...placeIn(frame, place), around: [...place.around, row], byFocus }
  }, outer)
}

/** Calls back when what is in a window has scrolled or has another size; each window is watched once. */
export function watchWindows(moved: () => void, signal: AbortSignal): (view: Window) => void {
  const watched = new WeakSet<Window>()
  let timer: ReturnType<typeof setTimeout> | null = null
  const soon = (): void => {
    timer ??= setTimeout(() => {
      timer = null
      moved()
    }, settleMs)
  }
  return (view) => {
    if (watched.has(view)) return
    watched.add(view)
    // A frame that goes would be held until the recording ends.
    const leave = (): void => {
      stop()
      watched.delete(view)
      signal.removeEventListener('abort', leave)
    }
    const stop = listenIn(view, ['scroll', 'resize', 'pagehide'], ({ type }) => (type === 'pagehide' ? leave() : soon()))
    signal.addEventListener('abort', leave)
  }
}
