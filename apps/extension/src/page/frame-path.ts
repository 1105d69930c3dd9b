import { browser } from '../talk/browser.ts'
import type { Asker } from '../talk/message.ts'

/** Where a window stands: its number among the frames of the window around it, outermost first. Windows of other origins tell that much of each other, and no script of a page has a hand in it. -1: in a shadow root, whose frames have no number. */
export function framePath(view: Window): readonly number[] {
  return view.parent === view ? [] : [...framePath(view.parent), placeAmong(view.parent, view)]
}

function placeAmong(outer: Window, view: Window): number {
  for (let at = 0; at < outer.length; at += 1) if (outer[at] === view) return at
  return -1
}

/** The frame elements on a way that leads from a window through documents that it can look into; null where it can't or may not. */
export function framesOn(view: Window, asker: Asker, enters: (page: Document) => boolean): readonly HTMLIFrameElement[] | null {
  const [first = -1, ...rest] = asker.path
  const frame = first === -1 ? hiddenFrame(view.document, asker) : numberedFrame(view, first)
  const inner = frame?.contentWindow
  if (frame === null || inner === null || inner === undefined) return null
  if (rest.length === 0) return [frame]
  // Of another origin: its own recorder has to answer.
  const page = frame.contentDocument
  const deeper = page === null || !enters(page) ? null : framesOn(inner, { ...asker, path: rest }, enters)
  return deeper === null ? null : [frame, ...deeper]
}

function numberedFrame(view: Window, place: number): HTMLIFrameElement | null {
  return [...view.document.getElementsByTagName('iframe')].find(({ contentWindow }) => contentWindow === view[place]) ?? null
}

/** The frame in a shadow root that an asker is in, where its size leaves only one. */
function hiddenFrame(page: Document, asker: Asker): HTMLIFrameElement | null {
  // The size is known of the window that asks, and of no other on the way.
  const fitting = framesInShadow(page).filter((frame) => asker.path.length > 1 || fits(frame, asker))
  return fitting.length === 1 ? (fitting[0] ?? null) : null
}

/** Whether a window of that size can be the inside of a frame. */
function fits(frame: HTMLIFrameElement, { widthCssPx, heightCssPx }: Asker): boolean {
  const { paddingLeft, paddingRight, paddingTop, paddingBottom } = getComputedStyle(frame)
  const width = frame.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight)
  const height = frame.clientHeight - parseFloat(paddingTop) - parseFloat(paddingBottom)
  return Math.abs(width - widthCssPx) <= 1 && Math.abs(height - heightCssPx) <= 1
}

function framesInShadow(root: Document | ShadowRoot): readonly HTMLIFrameElement[] {
  return [...root.querySelectorAll('*')].flatMap((element) => {
    const inner = 'offsetWidth' in element ? browser.dom.openOrClosedShadowRoot(element as HTMLElement) : null // as: only elements of HTML have that
    return inner === null ? [] : [...inner.querySelectorAll('iframe'), ...framesInShadow(inner)]
  })
}
