import type { Permit } from '@overt/capture'
import { areaOf, boxOf, givenName, lastName, outermost, placeIn, roleOf } from '@overt/capture/sense'

import type { Asker, FramePlace } from '../talk/message.ts'
import { framePath, framesOn } from './frame-path.ts'

const settleMs = 60

/** The outermost page in itself. */
export const top: FramePlace = { ...outermost, around: [] }

/** The frames of a window that lead to the one on a path, each in the one before; null where they are another recorder's to tell, or may not be told. */
export function framesFrom(permit: Permit, view: Window, asker: Asker): readonly HTMLIFrameElement[] | null {
  const own = framePath(view)
  const { path } = asker
  const mine = path.length > own.length && own.every((at, depth) => at === path[depth])
  if (!mine || !permit.allows({ url: view.location.href }, 'actions')) return null
  // Without a number, others may have the same path: none of them can tell that it is meant.
  if (own.includes(-1)) return null
  const enters = (page: Document): boolean => page.URL.startsWith('about:') || permit.allows({ url: page.URL }, 'actions')
  return framesOn(view, { ...asker, path: path.slice(own.length) }, enters)
}

/** The inside of the last of some frames that stand in a place; null where that is not known. */
export function within(
  outer: FramePlace | null,
  frames: readonly HTMLIFrameElement[],
  redact: (text: string) => string,
): FramePlace | null {
  return frames.reduce<FramePlace | null>((place, frame) => {
    if (place === null) return null
    const box = boxOf(areaOf(frame.getBoundingClientRect(), place))
    const row = { name: redact(givenName(frame) || lastName(frame)).slice(0, 4096), role: roleOf(frame), box }
    return { ...placeIn(frame, place), around: [...place.around, row] }
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
    for (const type of ['scroll', 'resize']) view.addEventListener(type, soon, { capture: true, passive: true, signal })
  }
}
