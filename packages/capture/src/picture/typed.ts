import { bare } from '../bare.ts'
import { listenTo } from '../natives.ts'
import { contextOf, editableOf, targetOf } from '../observe/target.ts'
import { keepListening } from '../roots.ts'
import { isElement, isFrame } from '../sense/dom.ts'

/** Remembers the documents in which someone wrote where no field shows it: the page draws it itself, and nobody can tell where. */
export interface Typed {
  /** Listens to a document and the frames in it; once more is no harm. */
  page(page: Document): void
  /** Sticky, for the document's life. */
  isDrawn(page: Document): boolean
  stop(): void
}

/** Smaller than a letter: a field that takes keys for what is drawn elsewhere. */
const smallestFieldCssPx = 6

/** Listens to no document yet. `enters`: whether it may, in a frame. */
export function rememberTyped(enters: (page: Document) => boolean): Typed {
  const known = new WeakSet<Document>()
  const drawn = new WeakSet<Document>()
  const undos: (() => void)[] = []
  const enter = (frame: HTMLIFrameElement): void => {
    const inner = frame.contentDocument
    if (inner !== null && enters(inner)) begin(inner)
  }
  const begin = (page: Document): void => {
    if (known.has(page)) return
    known.add(page)
    const listen = (type: string, react: (event: Event) => void): void => {
      const hear = (event: Event): unknown => event.isTrusted && react(event)
      undos.push(keepListening(page, () => listenTo(bare(page).defaultView ?? page, type, hear, { capture: true, passive: true })))
    }
    const note = (event: Event): void => {
      if (isText(event) && !isShownInField(event)) for (const one of [page, ...pagesAround(page)]) drawn.add(one)
    }
    for (const type of ['keydown', 'paste', 'compositionstart']) listen(type, note)
    listen('load', ({ target }) => target instanceof Node && isElement(target) && isFrame(target) && enter(target))
    for (const frame of bare(page).getElementsByTagName('iframe')) enter(frame)
  }
  return {
    page: begin,
    isDrawn: (page) => drawn.has(page),
    stop: () => {
      for (const undo of undos.splice(0)) undo()
    },
  }
}

/** Whether it writes: of a key a character, or what an input method makes one of. Space alone presses and scrolls. */
function isText(event: Event): boolean {
  if (!('key' in event)) return true
  const { key, ctrlKey, metaKey, altKey } = event as KeyboardEvent // as: of these only a keyboard's has a key; by the property, since a frame has classes of its own
  if (key === 'Process' || key === 'Dead' || key === 'Unidentified') return true
  const isChord = (ctrlKey || metaKey || altKey) && !(event as KeyboardEvent).getModifierState('AltGraph') // as: above
  return key.length === 1 && key !== ' ' && !isChord
}

/** Whether the browser shows in a field what is written now, in a frame that can be seen itself. */
function isShownInField(event: Event): boolean {
  const field = editableOf(targetOf(event))
  return field !== null && contextOf(field) === null && [field, ...framesAround(field.ownerDocument)].every(isLarge)
}

function isLarge(element: Element): boolean {
  const { width, height, right, bottom } = element.getBoundingClientRect()
  const hasRoom = width > smallestFieldCssPx && height > smallestFieldCssPx && right > 0 && bottom > 0
  return hasRoom && element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
}

function framesAround(page: Document): readonly Element[] {
  const frame = bare(page).defaultView?.frameElement ?? null
  return frame === null ? [] : [frame, ...framesAround(frame.ownerDocument)]
}

function pagesAround(page: Document): readonly Document[] {
  return framesAround(page).map(({ ownerDocument }) => ownerDocument)
}
