import type { ObservationNode } from './observation.ts'
import { interactiveRoles, structuralRoles } from './role.ts'

/** An element or text run as read from a page or a recording, before the table is made. `id` of the element; `children` in document order. */
export interface RawNode extends Omit<ObservationNode, 'parent'> {
  /** True where the page lets a person act on it though its role does not say so (tabindex, editable, a pointer cursor). */
  readonly interactive: boolean
  readonly children: readonly RawNode[]
}

/** What becomes of nodes in a table, for as long as they are the same objects. */
export type Slots = WeakMap<RawNode, readonly Slot[]>

interface Slot {
  readonly node: RawNode
  readonly children: readonly Slot[]
  /** As it stood in the last table. */
  row?: ObservationNode
}

/**
 * Makes the node table of a tree. Kept: what a person can act on, text, looks, structure, and a container of two or more kept children; any other wrapper gives way to its child.
 * The live page and every import go through here, so that a model sees the same table from both. `known`: what was made before; a row that did not change is the same object again.
 */
export function tabulate(roots: readonly RawNode[], known: Slots = new WeakMap()): ObservationNode[] {
  const nodes: ObservationNode[] = []
  const place = (slot: Slot, parent: number): void => {
    const from = nodes.length
    if (slot.row?.parent !== parent) slot.row = rowOf(slot.node, parent)
    nodes.push(slot.row)
    for (const child of slot.children) place(child, from)
  }
  for (const root of roots) for (const slot of keep(root, known)) place(slot, -1)
  return nodes
}

function keep(node: RawNode, known: Slots): readonly Slot[] {
  const before = known.get(node)
  if (before !== undefined) return before
  const children = node.children.flatMap((child) => keep(child, known))
  const own = node.interactive || interactiveRoles.has(node.role) || structuralRoles.has(node.role) || children.length > 1
  const told = children.length === 0 && (node.name !== '' || node.look !== '')
  const slots = own || told ? [{ node, children }] : children
  known.set(node, slots)
  return slots
}

function rowOf(node: RawNode, parent: number): ObservationNode {
  const { id, tag, inputType, role, name, value, states, box, options, look, keys } = node
  return { id, parent, tag, inputType, role, name, value, states, box, options, look, keys }
}
