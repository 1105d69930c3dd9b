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

/** The frames that lead to a window, each in the one before. `byFocus`: only the focus told one of them from another. */
export interface Way {
  readonly frames: readonly HTMLIFrameElement[]
  readonly byFocus: boolean
}

/** The way from a window through documents that it can look into; null where it can't or may not. `doubtful`: the window that asks may as well stand in another one. */
export function wayFrom(view: Window, asker: Asker, doubtful: boolean, enters: (page: Document) => boolean): Way | null {
  const [first = -1, ...rest] = asker.path
  const found = first === -1 ? hiddenFrames(view.document, asker) : numberedFrames(view, first)
  const byFocus = doubtful || found.length > 1
  const [frame, other] = byFocus ? found.filter((one) => hasFocus(one, asker)) : found
  const inner = frame?.contentWindow ?? null
  if (frame === undefined || inner === null || other !== undefined) return null
  if (rest.length === 0) return { frames: [frame], byFocus }
  // Of another origin: its own recorder has to answer.
  const page = frame.contentDocument
  const deeper = page === null || !enters(page) ? null : wayFrom(inner, { ...asker, path: rest }, byFocus, enters)
  return deeper === null ? null : { frames: [frame, ...deeper.frames], byFocus: deeper.byFocus }
}

/** Whether a window that has the focus by its own word has it here too. The pointer is no help: over a window of another origin, the one around it is told that it has left. */
function hasFocus(frame: HTMLIFrameElement, { focused }: Asker): boolean {
  const root = frame.getRootNode()
  // A document remembers what had the focus last in it.
  return focused && frame.ownerDocument.hasFocus() && 'activeElement' in root && root.activeElement === frame
}

function numberedFrames(view: Window, place: number): readonly HTMLIFrameElement[] {
  return [...view.document.getElementsByTagName('iframe')].filter(({ contentWindow }) => contentWindow === view[place])
}

/** The frames in shadow roots that an asker may be in, by its size: that is known of the window that asks, and of no other on the way. */
function hiddenFrames(page: Document, asker: Asker): readonly HTMLIFrameElement[] {
  return framesInShadow(page).filter((frame) => asker.path.length > 1 || fits(frame, asker))
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
