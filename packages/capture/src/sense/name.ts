import { bare } from '../bare.ts'
import { attributeOf, isElement, isInput, isSelect, isText, isTextArea, renderedChildren } from './dom.ts'
import { clean } from './text.ts'

const buttonTypes = /^(?:button|submit|reset)$/
const defaultNames: Readonly<Record<string, string>> = { submit: 'Submit', reset: 'Reset', image: 'Submit' }

/** The name an author gave the element, '' where only its content names it: aria-labelledby, aria-label, labels, alt, legend, caption, placeholder, title. */
export function givenName(element: HTMLElement, labels = findLabels()): string {
  return referredText(element, 'aria-labelledby') || said(element, 'aria-label') || nativeName(element, labels)
}

function said(element: Element, attribute: string): string {
  return clean(attributeOf(element, attribute))
}

/** The labels of an element, in the order of the page. */
export type Labels = (element: HTMLElement) => readonly HTMLLabelElement[]

/** Looks for labels once in a document or shadow root, as it is now. An element's own `labels` walks the whole page for each field, and is the page's code where the page made the element. */
export function findLabels(): Labels {
  const roots = new Map<Node, ReadonlyMap<Element | null, readonly HTMLLabelElement[]>>()
  return (element) => {
    const root = bare(element).getRootNode() as ParentNode & Node // as: what is read stands in a document or a shadow root
    const known = roots.get(root) ?? Map.groupBy(bare(root).querySelectorAll('label'), ({ control }) => control)
    roots.set(root, known)
    return known.get(element) ?? []
  }
}

/** The name that its content gives an element, by the standard's algorithm but for what is typed into fields inside it: that is no part of another's name. */
export function contentName(element: HTMLElement): string {
  const { firstElementChild, shadowRoot, textContent } = bare(element)
  return clean(firstElementChild === null && shadowRoot === null ? (textContent ?? '') : contentOf(element, null))
}

function contentOf(element: HTMLElement, without: Element | null, shown = true): string {
  let text = ''
  const children = renderedChildren(element)
  for (let at = 0; at < children.length; at += 1) {
    const child = children[at]
    if (child === undefined || child === without) continue
    if (isText(child)) text += shown ? child.data : ''
    else if (isElement(child)) text += partName(child, without)
  }
  return text
}

/** What one element says inside another's name. Blocks stand apart from what is beside them. */
function partName(part: HTMLElement, without: Element | null): string {
  const own = bare(part)
  if (silent.test(part.localName) || attributeOf(part, 'aria-hidden') === 'true') return ' '
  if (part.localName === 'br') return ' '
  const display = getComputedStyle(part).display
  if (display === 'none') return ''
  const shown = display === 'contents' || own.checkVisibility({ visibilityProperty: true }) || own.closest('canvas') !== null
  const given = shown ? said(part, 'aria-label') || nativeName(part) : ''
  const text = given || (isField(part) ? '' : contentOf(part, without, shown)) || (shown ? lastName(part) : '')
  return text === '' || display === 'inline' || display === 'contents' ? text : ` ${text} `
}

function isField(part: Element): part is HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement {
  return isSelect(part) || isTextArea(part) || isInput(part)
}

/** What is left when content names nothing either. */
export function lastName(element: Element): string {
  return said(element, 'title')
}

/** What an attribute's references say. */
export function referredText(element: Element, attribute: 'aria-labelledby' | 'aria-describedby'): string {
  const ids = attributeOf(element, attribute)
  if (ids === '') return ''
  const root = bare(bare(element).getRootNode())
  if (!('getElementById' in root)) return ''
  const scope = root as Document // as: documents and shadow roots both look up by id
  return clean(
    ids
      .split(/\s+/)
      .map((id) => referredName(scope.getElementById(id), element))
      .join(' '),
  )
}

/** What a reference says: an element that is hidden as a whole is said all the same. */
function referredName(element: HTMLElement | null, from: Element): string {
  if (element === null) return ''
  const label = said(element, 'aria-label')
  if (label !== '' || element === from) return label || contentOf(element, null)
  return (
    nativeName(element) || (bare(element).checkVisibility() ? contentOf(element, null) : textWithout(element, from)) || lastName(element)
  )
}

function nativeName(element: HTMLElement, labels = findLabels()): string {
  if (isInput(element) && (buttonTypes.test(element.type) || element.type === 'image'))
    return (element.type === 'image' ? said(element, 'alt') : clean(element.value)) || (defaultNames[element.type] ?? '')
  if (isField(element) || (bare(element).localName.includes('-') && element.hasAttribute('role')))
    return fieldName(element, labels(element))
  switch (element.localName) {
    case 'img':
    case 'area':
      return said(element, 'alt')
    case 'fieldset':
      return childText(element, 'legend')
    case 'table':
      return childText(element, 'caption')
    case 'svg':
      return childText(element, 'title')
    default:
      return said(element, 'aria-placeholder')
  }
}

function fieldName(field: HTMLElement, given: readonly HTMLLabelElement[]): string {
  const labels = given.map((label) => said(label, 'aria-label') || contentOf(label, field)).join(' ')
  const own = clean(labels) || lastName(field) || said(field, 'placeholder') || said(field, 'aria-placeholder')
  return own || (isInput(field) && field.type === 'file' ? `Choose File${field.multiple ? 's' : ''}` : '')
}

function childText(element: Element, tag: string): string {
  for (const child of element.children) if (child.localName === tag) return clean(child.textContent ?? '')
  return ''
}

const silent = /^(?:script|style|select|textarea|template)$/

/** The text of an element without one of its descendants, and without other fields' content. */
function textWithout(element: Element | null, without: Element): string {
  if (element === null) return ''
  let text = ''
  for (const child of bare(element).childNodes) {
    if (child === without) continue
    if (isElement(child)) text += silent.test(child.localName) ? ' ' : textWithout(child, without)
    else text += child.nodeType === 3 ? (child.nodeValue ?? '') : ''
  }
  return text
}
