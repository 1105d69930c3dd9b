import { bare } from '../bare.ts'
import { parentOf } from './dom.ts'

interface Row {
  readonly outer: string
  readonly place: string
  readonly content: string
  readonly thing: string
}

const rows = /^(?:row|listitem|option|treeitem)$/
/** What pages make rows and cards of that say nothing of it. */
const boxes = /^(?:div|article|section)$/

/** Tells what an element is or is a part of: a row of a list that is used again for another one is another thing. `outer`: what it stands in. `isNumbered`: it was told before. */
export function createThings(isNumbered: (element: Element) => boolean): (element: Element, outer: string) => string {
  const known = new WeakMap<Element, Row>()
  return (given, outer) => {
    const element = bare(given)
    const at = element.getAttribute('aria-rowindex') ?? element.getAttribute('aria-posinset') ?? element.getAttribute('data-index') ?? ''
    const says = at !== '' || element.localName === 'tr' || element.localName === 'li' || rows.test(element.getAttribute('role') ?? '')
    if (!says && !isOneOfMany(element)) return outer
    const was = known.get(given)
    const content = firstText(given, says)
    const place = at || (says ? content : (element.getAttribute('style') ?? bare(parentOf(given) ?? given).getAttribute('style') ?? ''))
    // What comes before a row may change its place, and a row its words: only both at once make it another. One that says nothing was told before it was one of many.
    const same = was === undefined ? !says && isNumbered(given) : was.outer === outer && (was.content === content || was.place === place)
    const thing = same ? (was?.thing ?? outer) : `${outer}\n${at} ${content}`
    known.set(given, { outer, place, content, thing })
    return thing
  }
}

/** Whether it is one like what stands beside it, and holds more than words: a row, a card. */
function isOneOfMany(element: Element): boolean {
  if (!boxes.test(element.localName) || element.firstElementChild === null) return false
  const beside = element.nextElementSibling ?? element.previousElementSibling
  // What it is called first; what comes after says in what state it is.
  return beside?.localName === element.localName && beside.classList[0] === element.classList[0]
}

/** `buttons`: also what it says in a button, which tells what can be done. */
function firstText(node: Node, buttons: boolean): string {
  if (node.nodeType === 3) return (node.nodeValue ?? '').trim()
  if (!buttons && node.nodeName === 'BUTTON') return ''
  for (let child = bare(node).firstChild; child !== null; child = bare(child).nextSibling) {
    const text = firstText(child, buttons)
    if (text !== '') return text
  }
  return ''
}
