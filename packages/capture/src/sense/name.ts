import { isElement, isInput, isSelect, isTextArea } from './dom.ts'
import { clean } from './text.ts'

const buttonTypes: ReadonlySet<string> = new Set(['button', 'submit', 'reset'])
const defaultNames: Readonly<Record<string, string>> = { submit: 'Submit', reset: 'Reset' }

/** The name an author gave the element, '' where only its content names it: aria-labelledby, aria-label, labels, alt, legend, caption, placeholder, title. */
export function givenName(element: HTMLElement): string {
  return labelledBy(element) || clean(element.getAttribute('aria-label') ?? '') || nativeName(element)
}

/** What is left when content names nothing either. */
export function lastName(element: Element): string {
  return clean(element.getAttribute('title') ?? '')
}

function labelledBy(element: Element): string {
  const ids = element.getAttribute('aria-labelledby')
  if (ids === null) return ''
  const root = element.getRootNode()
  if (!('getElementById' in root)) return ''
  const scope = root as Document // as: documents and shadow roots both look up by id
  return clean(
    ids
      .split(/\s+/)
      .map((id) => textWithout(scope.getElementById(id), element))
      .join(' '),
  )
}

function nativeName(element: HTMLElement): string {
  if (isInput(element) && buttonTypes.has(element.type)) return clean(element.value) || (defaultNames[element.type] ?? '')
  if (isInput(element) || isSelect(element) || isTextArea(element)) return fieldName(element)
  switch (element.localName) {
    case 'img':
    case 'area':
      return clean(element.getAttribute('alt') ?? '')
    case 'fieldset':
      return childText(element, 'legend')
    case 'table':
      return childText(element, 'caption')
    case 'svg':
      return childText(element, 'title')
    default:
      return element.isContentEditable || element.hasAttribute('aria-placeholder')
        ? clean(element.getAttribute('aria-placeholder') ?? '')
        : ''
  }
}

function fieldName(field: HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement): string {
  const labels = [...(field.labels ?? [])].map((label) => textWithout(label, field)).join(' ')
  const alt = isInput(field) && field.type === 'image' ? field.getAttribute('alt') : null
  return clean(labels) || clean(alt ?? field.getAttribute('placeholder') ?? '') || clean(field.getAttribute('title') ?? '')
}

function childText(element: Element, tag: string): string {
  for (const child of element.children) if (child.localName === tag) return clean(child.textContent ?? '')
  return ''
}

const silent: ReadonlySet<string> = new Set(['script', 'style', 'select', 'textarea', 'template'])

/** The text of an element without one of its descendants, and without other fields' content. */
function textWithout(element: Element | null, without: Element): string {
  if (element === null) return ''
  let text = ''
  for (const child of element.childNodes) {
    if (child === without) continue
    if (isElement(child)) text += silent.has(child.localName) ? ' ' : textWithout(child, without)
    else text += child.nodeType === 3 ? (child.nodeValue ?? '') : ''
  }
  return text
}
