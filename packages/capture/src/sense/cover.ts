import { bare } from '../bare.ts'
import { outermost, placeIn, pointIn } from './geometry.ts'
import { isElement, isFrame, isShadowRoot, renderedParent, shadowOf } from './dom.ts'

/** Whether something else lies over a point of an element. The point in CSS pixels of the outermost viewport, that of `page`. */
export function isCovered(page: Document, element: Element, xCssPx: number, yCssPx: number): boolean {
  const hit = deepestAt(page, xCssPx, yCssPx)
  if (hit === null || reaches(hit, element) || reaches(element, hit)) return false
  return !forwards(hit, element)
}

/** What the browser would hit, through open shadow roots and frames of the same origin. */
export function deepestAt(page: Document, xCssPx: number, yCssPx: number): Element | null {
  let hit: Element | null = null
  let x = xCssPx
  let y = yCssPx
  for (let root: Document | ShadowRoot | null = page; root !== null;) {
    const next: Element | null = bare(root).elementFromPoint(x, y)
    if (next === null || next === hit) return hit
    hit = next
    root = shadowOf(next)
    if (!isFrame(next) || next.contentDocument === null) continue
    ;[x, y] = pointIn(DOMMatrix.fromMatrix(placeIn(next, outermost)).inverse(), x, y)
    root = next.contentDocument
  }
  return hit
}

/** Whether `from` is `to` or lies inside it. */
function reaches(from: Node, to: Node): boolean {
  const [inner, outer] = [bare(from), bare(to)]
  if (outer.contains(from)) return true
  if (inner.ownerDocument === outer.ownerDocument && !isShadowRoot(inner.getRootNode()) && !isShadowRoot(outer.getRootNode())) return false
  for (let node: Node | null = from; node !== null; node = renderedParent(node)) if (node === to) return true
  return false
}

/** A click on a label goes to its field. */
function forwards(hit: Element, field: Element): boolean {
  const label = bare(hit).closest('label')
  return isElement(label) && 'control' in label && label.control === field
}
