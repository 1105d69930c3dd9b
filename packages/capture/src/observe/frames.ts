import { isElement, isFrame } from '../sense/dom.ts'
import type { Scribe, Undo } from './scribe.ts'

/** Runs `attach` in the document's window and in every frame of the same origin, now and as they load; each is undone when its document goes. */
export function observeFrames(scribe: Scribe, view: Window, attach: (view: Window) => Undo): Undo {
  const attached = new Map<Window, { readonly page: Document; readonly undo: Undo }>()
  const leave = (inner: Window): void => {
    attached.get(inner)?.undo()
    attached.delete(inner)
  }
  const enter = (inner: Window): void => {
    if (attached.get(inner)?.page === inner.document) return
    leave(inner)
    const undos = [
      attach(inner),
      // A frame's load is not told to the window around it, only to the document.
      scribe.listen(inner.document, 'load', (event) => visit(event.target)),
      inner === view ? () => {} : scribe.listen(inner, 'pagehide', () => leave(inner)),
    ]
    attached.set(inner, { page: inner.document, undo: () => undos.forEach((undo) => undo()) })
    inner.document.querySelectorAll('iframe, frame').forEach(visit)
  }
  const visit = (frame: EventTarget | null): void => {
    if (frame === null || !('nodeType' in frame)) return
    const node = frame as Node // as: what has a nodeType is a node
    if (!isElement(node) || !isFrame(node) || node.contentDocument === null || node.contentWindow === null) return
    enter(node.contentWindow)
  }
  enter(view)
  return () => [...attached.keys()].forEach(leave)
}
