import { bare } from '../bare.ts'
import { isElement, isFrame, nodeOf } from '../sense/dom.ts'
import type { Boundary } from './boundary.ts'
import { type Scribe, together, type Undo } from './scribe.ts'

/** Runs `attach` in the document's window and in every frame of the same origin that may be looked into, now and as they load; each is undone when its document goes. */
export function observeFrames(scribe: Scribe, view: Window, boundary: Boundary, attach: (view: Window) => Undo): Undo {
  const attached = new Map<Window, { readonly page: Document; readonly undo: Undo }>()
  const leave = (inner: Window): void => {
    attached.get(inner)?.undo()
    attached.delete(inner)
  }
  const enter = (inner: Window): void => {
    const undos = [
      attach(inner),
      // A frame's load is not told to the window around it, only to the document, and out of a shadow root to nobody: the pointer goes over it first.
      ...(['load', 'pointerover'] as const).map((type) => boundary.listen(inner.document, type, see)),
      inner === view ? () => {} : boundary.listen(inner, 'pagehide', () => leave(inner)),
    ]
    attached.set(inner, { page: inner.document, undo: together(...undos) })
    bare(inner.document)
      .querySelectorAll('iframe, frame')
      .forEach((frame) => visit(frame))
  }
  const see = (event: Event): void => visit(nodeOf(event.composedPath()[0]), event.type === 'load')
  /** `anew`: a document that was written again has lost its listeners. */
  const visit = (frame: Node | null, anew = false): void => {
    const page = isElement(frame) && isFrame(frame) ? frame.contentDocument : null
    const inner = page && bare(page).defaultView
    if (page === null || !inner || (!anew && attached.get(inner)?.page === page)) return
    leave(inner)
    if (isElement(frame) && frame.closest('[data-overt-ignore]') === null && scribe.enters(page)) enter(inner)
  }
  enter(view)
  return () => [...attached.keys()].forEach(leave)
}
