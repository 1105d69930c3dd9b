import { isElement, isShadowRoot, renderedParent } from './dom.ts'
import type { Area } from './geometry.ts'

/** Whether something else lies over the middle of what is seen of an element. `seen` in CSS pixels of the element's own viewport. */
export function isCovered(element: Element, seen: Area): boolean {
  const hit = deepestAt(element, (seen.left + seen.right) / 2, (seen.top + seen.bottom) / 2)
  if (hit === null || reaches(hit, element) || reaches(element, hit)) return false
  return !forwards(hit, element)
}

function deepestAt(element: Element, xCssPx: number, yCssPx: number): Element | null {
  let hit = element.ownerDocument.elementFromPoint(xCssPx, yCssPx)
  for (let inner = hit?.shadowRoot ?? null; inner !== null; inner = hit?.shadowRoot ?? null) {
    const next = inner.elementFromPoint(xCssPx, yCssPx)
    if (next === null || next === hit) break
    hit = next
  }
  return hit
}

/** Whether `from` is `to` or lies inside it. */
function reaches(from: Node, to: Node): boolean {
  if (to.contains(from)) return true
  const root = from.getRootNode()
  if (!isShadowRoot(root) && !isShadowRoot(to.getRootNode())) return false
  for (let node: Node | null = from; node !== null; node = renderedParent(node)) if (node === to) return true
  return false
}

/** A click on a label goes to its field. */
function forwards(hit: Element, field: Element): boolean {
  const label = hit.closest('label')
  return isElement(label) && 'control' in label && label.control === field
}
