/** Where a window stands: its number among the frames of the window around it, outermost first. Windows of other origins tell that much of each other, and no script of a page has a hand in it. -1: in a shadow root, whose frames have no number. */
export function framePath(view: Window): readonly number[] {
  return view.parent === view ? [] : [...framePath(view.parent), placeAmong(view.parent, view)]
}

function placeAmong(outer: Window, view: Window): number {
  for (let at = 0; at < outer.length; at += 1) if (outer[at] === view) return at
  return -1
}

/** The frame elements on a way that leads from a window through documents that it can look into; null where it can't or may not. */
export function framesOn(view: Window, path: readonly number[], enters: (page: Document) => boolean): readonly HTMLIFrameElement[] | null {
  const [first = -1, ...rest] = path
  const inner = view[first]
  const frame = [...view.document.getElementsByTagName('iframe')].find(({ contentWindow }) => contentWindow === inner)
  if (inner === undefined || frame === undefined) return null
  if (rest.length === 0) return [frame]
  // Of another origin: its own recorder has to answer.
  const page = frame.contentDocument
  const deeper = page === null || !enters(page) ? null : framesOn(inner, rest, enters)
  return deeper === null ? null : [frame, ...deeper]
}
