import type { ObservationNode } from './observation.ts'
import { interactiveRoles, structuralRoles } from './role.ts'

/** An element or text run as read from a page or a recording, before the table is made. `id` of the element; `children` in document order. */
export interface RawNode extends Omit<ObservationNode, 'parent'> {
  /** True where the page lets a person act on it though its role does not say so (tabindex, editable, a pointer cursor). */
  readonly interactive: boolean
  readonly children: readonly RawNode[]
}

/**
 * Makes the node table of a tree. Kept: what a person can act on, text, looks, structure, and a container of two or more kept children; any other wrapper gives way to its child.
 * The live page and every import go through here, so that a model sees the same table from both.
 */
export function tabulate(roots: readonly RawNode[]): ObservationNode[] {
  const nodes: ObservationNode[] = []
  const slots = roots.flatMap(keep)
  const queue = slots.map((slot) => ({ slot, parent: -1 })).reverse()
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const index = nodes.push(row(next.slot.node, next.parent)) - 1
    for (const slot of next.slot.children.toReversed()) queue.push({ slot, parent: index })
  }
  return nodes
}

interface Slot {
  readonly node: RawNode
  readonly children: readonly Slot[]
}

function keep(node: RawNode): readonly Slot[] {
  const children = node.children.flatMap(keep)
  const own = node.interactive || interactiveRoles.has(node.role) || structuralRoles.has(node.role) || children.length > 1
  const told = children.length === 0 && (node.name !== '' || node.look !== '')
  return own || told ? [{ node, children }] : children
}

function row(node: RawNode, parent: number): ObservationNode {
  const { id, tag, inputType, role, name, value, states, box, options, look, keys } = node
  return { id, parent, tag, inputType, role, name, value, states, box, options, look, keys }
}
