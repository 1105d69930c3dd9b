import { bare } from '../bare.ts'
import { deepFocus, isEditable, isElement, isIn, isInput, isSelect, isTextArea, nodeOf, parentOf, shadowOf } from '../sense/dom.ts'
import { outermost, placeIn, pointIn, scaleOf } from '../sense/geometry.ts'

/** The element that an event really happened on, inside shadow roots as far as they can be seen; null for the window or a document. */
export function targetOf(event: Event): HTMLElement | null {
  const node = nodeOf(event.composedPath()[0])
  if (isElement(node)) return within(node, event)
  const parent = node && bare(node).parentNode
  return isElement(parent) ? parent : null
}

/** An event tells nobody outside of a closed shadow root what in it was meant; the point or the focus does. */
function within(element: HTMLElement, event: Event): HTMLElement {
  const root = bare(element).shadowRoot === null ? shadowOf(element) : null
  if (root === null) return element
  // A click that a key made has no point.
  const keyed = event.type === 'click' && 'detail' in event && event.detail === 0
  const inner =
    !keyed && 'clientX' in event
      ? root.elementFromPoint(Number(event.clientX), Number('clientY' in event && event.clientY))
      : root.activeElement
  return isElement(inner) && inner !== element ? within(inner, event) : element
}

const textless = /^(?:checkbox|radio|button|submit|reset|image|file|hidden|range|color)$/
const valued = /^(?:range|color|number|date|time|month|week|datetime-local)$/

/** The field whose text an element's input changes: an input, a textarea, or the outermost editable element; null for none. */
export function editableOf(element: HTMLElement | null): HTMLElement | null {
  if (element === null) return null
  if (isTextArea(element)) return element
  if (isInput(element)) return textless.test(element.type) ? null : element
  if (contextOf(element) !== null) return element
  if (!isEditable(element)) return null
  let host = element
  for (let up = parentOf(host); isEditable(up); up = parentOf(up)) host = up
  return host
}

/** The field that has the focus. */
export function focusedField(page: Document): HTMLElement | null {
  const focus = deepFocus(page)
  return isElement(focus) ? editableOf(focus) : null
}

/** Where a page that draws its own text takes it from (https://www.w3.org/TR/edit-context/). */
export function contextOf(element: HTMLElement): EventTarget | null {
  const own = bare(element)
  return 'editContext' in own ? (own.editContext as EventTarget | null) : null // as: nothing else can be in it
}

/** How much of a field's text is selected, in UTF-16 units; null for what is no such field. */
export function selectedIn(element: HTMLElement | null): number | null {
  if (element === null || !(isInput(element) || isTextArea(element))) return null
  return Number(element.selectionEnd) - Number(element.selectionStart)
}

/** Whether Enter makes a line in it. */
export function isMultiline(field: HTMLElement): boolean {
  return isTextArea(field) || isEditable(field)
}

/** A slider, number, date, time or colour. */
export function valueFieldOf(element: HTMLElement | null): HTMLInputElement | null {
  return element !== null && isInput(element) && valued.test(element.type) ? element : null
}

/** The slider that a page draws itself and an element belongs to, or the hidden native one in its handle. */
export function sliderOf(element: HTMLElement | null): HTMLElement | null {
  const own = element && bare(element)
  const drawn = own?.closest<HTMLElement>('[role=slider]') ?? null
  return (
    drawn ??
    valueFieldOf([...(own?.children ?? [])].find((child): child is HTMLInputElement => isInput(child) && child.type === 'range') ?? null)
  )
}

/** The native select that an element is or belongs to. */
export function selectOf(element: HTMLElement | null): HTMLSelectElement | null {
  const select = element && bare(element).closest('select')
  return select !== null && isSelect(select) ? select : null
}

/** A check box or radio button. */
export function choiceOf(element: HTMLElement | null): HTMLInputElement | null {
  return element !== null && isInput(element) && (element.type === 'checkbox' || element.type === 'radio') ? element : null
}

/** The field that a click on this element is forwarded to by the label around it; null where there is none or it is the element itself. */
export function labelledBy(element: HTMLElement | null): HTMLElement | null {
  const label = element && bare(element).closest('label')
  const control = label !== null && 'control' in label ? label.control : null
  return isElement(control) && control !== element && !isIn(element, control) ? control : null
}

/** Whether an event is on the scroll bar of the element itself, at its right or its lower side, or at its left where lines run from there: beyond what it shows and within its border. */
export function isOnScrollBar({ clientX, clientY }: MouseEvent, element: HTMLElement): boolean {
  const own = bare(element)
  const root = element === bare(own.ownerDocument).documentElement
  const style = getComputedStyle(element)
  if (root) return style.overflowY !== 'hidden' && (clientX >= own.clientWidth || clientY >= own.clientHeight)
  // Asked first: most things have no bar, and where they lie has the browser lay the page out.
  if (!/auto|scroll/.test(style.overflow)) return false
  const rect = own.getBoundingClientRect()
  const scale = scaleOf(own, rect)
  const x = (clientX - rect.left) / scale - own.clientLeft
  const y = (clientY - rect.top) / scale - own.clientTop
  // From the inner edge of each border to what is shown: as wide as a bar, or nothing.
  const left = parseFloat(style.borderLeftWidth) - own.clientLeft
  const right = left + own.offsetWidth - parseFloat(style.borderLeftWidth) - parseFloat(style.borderRightWidth)
  const lower = own.offsetHeight - own.clientTop - parseFloat(style.borderBottomWidth)
  const beside = x >= left && x < right && (x < 0 || x >= own.clientWidth)
  return beside || (y >= own.clientHeight && y < lower)
}

/** The modifier keys held, in one order: `Control+Shift`. */
export function modifiersOf(event: MouseEvent | KeyboardEvent): string {
  const held = [event.ctrlKey && 'Control', event.altKey && 'Alt', event.shiftKey && 'Shift', event.metaKey && 'Meta']
  return held.filter((key) => key !== false).join('+')
}

/** A point of a frame's viewport in whole CSS pixels of the outermost one. */
export function pointOf(event: MouseEvent): readonly [number, number] {
  let [x, y]: readonly [number, number] = [event.clientX, event.clientY]
  for (let view: Window | null = event.view; isElement(view?.frameElement); view = view.parent)
    [x, y] = pointIn(placeIn(view.frameElement, outermost), x, y)
  return [Math.round(x), Math.round(y)]
}
