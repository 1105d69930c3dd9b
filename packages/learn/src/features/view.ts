import type { Observation, ObservationNode } from '@overt/schema'

import { classOf, isField, isTextField, type NodeClass } from './class.ts'
import { headersOf } from './header.ts'
import { labelsOf } from './label.ts'
import { hashText, mix, normal } from './words.ts'

/** An observation with what every feature asks of it, computed once. Lists run along `nodes`. */
export interface View {
  readonly nodes: readonly ObservationNode[]
  readonly kids: readonly (readonly number[])[]
  readonly classes: readonly NodeClass[]
  /** Name, else the text it holds, at most `maxHeld` units; '' for fields. */
  readonly texts: readonly string[]
  readonly normals: readonly string[]
  /** Normal text of the label beside a field without a name; else its name. */
  readonly labels: readonly string[]
  /** Index of the nearest repeated container (a row, a list item, a card) that holds it; -1 for none. */
  readonly rows: Int32Array
  /** Normal texts of the leaves of each row, by the row's index. */
  readonly rowTexts: ReadonlyMap<number, readonly string[]>
  /** 1-based place among those of its class, how many there are. */
  readonly places: Int32Array
  readonly peers: Int32Array
  /** How many share class, text and look. */
  readonly twins: Int32Array
  /** Index of the dialog or menu that holds it; -1 for none. */
  readonly overlays: Int32Array
  /** Index of the column header above it; -1 outside tables. */
  readonly headers: Int32Array
  /** Fields for text, in order. */
  readonly fields: readonly number[]
}

const maxHeld = 160
const overlayRoles = new Set(['dialog', 'alertdialog', 'menu', 'listbox', 'tooltip'])
const rowRoles = new Set(['row', 'listitem', 'article', 'treeitem'])

/** Computes the view of an observation. Linear in its nodes. */
export function viewOf(observation: Observation): View {
  const { nodes } = observation
  const kids = nodes.map((): number[] => [])
  nodes.forEach((node, index) => kids[node.parent]?.push(index))
  const classes = nodes.map((node, index) => classOf(node, (kids[index]?.length ?? 0) > 0))
  const texts = textsOf(nodes, kids, classes)
  const normals = texts.map(normal)
  const rows = rowsOf(nodes, kids, classes)
  const fields = nodes.flatMap((node, index) => (isTextField(node) ? [index] : []))
  return {
    nodes,
    kids,
    classes,
    texts,
    normals,
    labels: labelsOf(nodes, kids, normals, classes),
    rows,
    rowTexts: rowTextsOf(nodes, kids, normals, rows),
    ...countsOf(nodes, classes, normals),
    overlays: overlaysOf(nodes),
    headers: headersOf(nodes),
    fields,
  }
}

/** A field's name is its label, not its text. */
function textsOf(nodes: readonly ObservationNode[], kids: readonly (readonly number[])[], classes: readonly NodeClass[]): string[] {
  const texts = nodes.map((node, index) => (isField(classes[index] ?? 'box') ? '' : node.name))
  for (let index = nodes.length - 1; index >= 0; index -= 1) {
    if (texts[index] !== '') continue
    let held = ''
    for (const kid of kids[index] ?? []) {
      if (held.length > maxHeld) break
      const part = texts[kid] ?? ''
      if (part !== '') held = held === '' ? part : `${held} ${part}`
    }
    texts[index] = held.slice(0, maxHeld)
  }
  return texts
}

function rowsOf(nodes: readonly ObservationNode[], kids: readonly (readonly number[])[], classes: readonly NodeClass[]): Int32Array {
  const counts = new Map<number, number>()
  const keys = nodes.map((node, index) => {
    const inside = (kids[index] ?? []).map((kid) => classes[kid]).join()
    return mix(node.parent + 2, hashText(`${node.tag} ${node.role} ${inside}`))
  })
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
  const rows = new Int32Array(nodes.length).fill(-1)
  nodes.forEach((node, index) => {
    const holds = (kids[index]?.length ?? 0) > 0
    const repeated = (counts.get(keys[index] ?? 0) ?? 0) > 1 || rowRoles.has(node.role)
    rows[index] = holds && repeated ? index : (rows[node.parent] ?? -1)
  })
  return rows
}

function rowTextsOf(
  nodes: readonly ObservationNode[],
  kids: readonly (readonly number[])[],
  normals: readonly string[],
  rows: Int32Array,
): Map<number, string[]> {
  const texts = new Map<number, string[]>()
  nodes.forEach((node, index) => {
    const text = normals[index] ?? ''
    if ((kids[index]?.length ?? 0) > 0 || (text === '' && node.value === '')) return
    for (let row = rows[index] ?? -1; row !== -1; row = rows[nodes[row]?.parent ?? -1] ?? -1) {
      const held = texts.get(row) ?? []
      if (held.length < 40) held.push(text === '' ? normal(node.value) : text)
      texts.set(row, held)
    }
  })
  return texts
}

function countsOf(
  nodes: readonly ObservationNode[],
  classes: readonly NodeClass[],
  normals: readonly string[],
): Pick<View, 'places' | 'peers' | 'twins'> {
  const seen = new Map<string, number>()
  const same = new Map<string, number>()
  const places = new Int32Array(nodes.length)
  const key = (index: number): string => `${classes[index]}|${normals[index]}|${nodes[index]?.look}`
  nodes.forEach((_, index) => {
    const kind = classes[index] ?? ''
    places[index] = (seen.get(kind) ?? 0) + 1
    seen.set(kind, places[index] ?? 0)
    same.set(key(index), (same.get(key(index)) ?? 0) + 1)
  })
  return {
    places,
    peers: Int32Array.from(nodes, (_, index) => seen.get(classes[index] ?? '') ?? 0),
    twins: Int32Array.from(nodes, (_, index) => same.get(key(index)) ?? 0),
  }
}

function overlaysOf(nodes: readonly ObservationNode[]): Int32Array {
  const overlays = new Int32Array(nodes.length).fill(-1)
  nodes.forEach((node, index) => {
    overlays[index] = overlayRoles.has(node.role) ? index : (overlays[node.parent] ?? -1)
  })
  return overlays
}
