import { bare } from '../bare.ts'
import { isElement, isText, renderedParent } from './dom.ts'
import { clean } from './text.ts'

/** What has more elements in it is no label. */
const mostInside = 8
/** A field may begin a cell, a row or a box: what stands before that stands before the field. */
const mostOut = 3
/** Nodes without a word that may stand between. */
const mostBetween = 8

/** Whether so little is in an element that all of it may be read. */
export function isSmall(element: Element): boolean {
  return bare(element).getElementsByTagName('*')[mostInside] === undefined
}

/** The words that stand directly before a node, whatever the page ties them to; '' where something `other` stands there. */
export function textBefore(node: Node, other: string): string {
  for (let [at, out]: [Node | null, number] = [node, 0]; at !== null && out < mostOut; at = renderedParent(at), out += 1) {
    let before = bare(at).previousSibling
    for (let between = 0; before !== null && between < mostBetween; before = bare(before).previousSibling, between += 1) {
      if (isElement(before) && (!isSmall(before) || isOrHas(before, other))) return ''
      const isRead = isText(before) || (isElement(before) && !/^s(?:cript|tyle)$/.test(before.localName))
      const text = isRead ? clean(bare(before).textContent ?? '') : ''
      if (/\p{L}/u.test(text)) return text
    }
  }
  return ''
}

function isOrHas(element: Element, kind: string): boolean {
  const own = bare(element)
  return own.matches(kind) || own.querySelector(kind) !== null
}
