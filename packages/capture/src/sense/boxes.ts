import { bare } from '../bare.ts'
import { isSmall } from './beside.ts'
import { isElement, isInput, parentOf, renderedParent } from './dom.ts'
import { valueless } from './value.ts'

/** What a box takes at most, in UTF-16 units: a group of a card's number, a part of a code. */
const longest = 6
/** A field that says nothing of its length is a box where it is no wider. */
const widestCssPx = 64
/** Where more stands beside each other it is a list. */
const most = 256
const words = /[\p{L}\p{N}]/u

/** The fields that a page makes one of, each for a part of what is typed, with nothing else between them, in the order of the page; the field alone where it is no such box. */
export function boxesAround(field: HTMLInputElement | HTMLTextAreaElement): readonly (HTMLInputElement | HTMLTextAreaElement)[] {
  let found: ReturnType<typeof boxesAround> = [field]
  let at: Node | null = field
  // Each may stand in an element of its own, and some of them in one.
  for (let out = 0; isElement(at) && boxesIn(at) !== null && out < 3; out += 1) {
    const row = rowAround(at)
    if (row.length > found.length) found = row
    at = renderedParent(at)
  }
  return found
}

function rowAround(element: Element): readonly HTMLInputElement[] {
  const parent = parentOf(element)
  const beside = [...(parent === null ? [] : bare(parent).children)]
  let row: HTMLInputElement[] = []
  let passed = false
  for (const child of beside.length > most ? [] : beside) {
    const boxes = boxesIn(child)
    if (boxes !== null) row.push(...boxes)
    else if (passed) break
    else row = []
    passed ||= child === element
  }
  return row
}

/** The boxes of a small element: none in a dash, or in a label of one; null where it holds anything else. */
function boxesIn(element: Element): readonly HTMLInputElement[] | null {
  const inputs = isInput(element) ? [element] : isSmall(element) ? [...bare(element).getElementsByTagName('input')] : []
  const wordless = isInput(element) || element.localName === 'label' || !words.test(bare(element).textContent ?? '')
  return inputs.every(isBox) && (inputs.length > 0 || wordless) ? inputs : null
}

function isBox({ type, maxLength, offsetWidth }: HTMLInputElement): boolean {
  return !valueless.test(type) && (maxLength < 0 ? offsetWidth > 0 && offsetWidth <= widestCssPx : maxLength <= longest)
}
