import type { ObservationNode } from '@overt/schema'

import type { NodeClass } from './class.ts'
import { hashText, mix } from './words.ts'

const rowRoles = new Set(['row', 'listitem', 'article', 'treeitem'])
const maxTexts = 40

/** For each node the nearest repeated container that holds it, or that it is; -1 for none. */
export function rowsOf(nodes: readonly ObservationNode[], kids: readonly (readonly number[])[], classes: readonly NodeClass[]): Int32Array {
  // A node without kids is no row, whatever stands beside it.
  const keys = new Map<number, number>()
  const counts = new Map<number, number>()
  nodes.forEach((node, index) => {
    const held = kids[index] ?? []
    if (held.length === 0) return
    const inside = held.map((kid) => classes[kid]).join()
    const key = mix(node.parent + 2, hashText(`${node.tag} ${node.role} ${inside}`))
    keys.set(index, key)
    counts.set(key, (counts.get(key) ?? 0) + 1)
  })
  const rows = new Int32Array(nodes.length).fill(-1)
  nodes.forEach((node, index) => {
    const key = keys.get(index)
    const repeated = key !== undefined && ((counts.get(key) ?? 0) > 1 || rowRoles.has(node.role))
    rows[index] = repeated ? index : (rows[node.parent] ?? -1)
  })
  return rows
}

/** Normal texts of the leaves of each row, by the row's index; a field's is its value. At most `maxTexts` a row. */
export function rowTextsOf(
  nodes: readonly ObservationNode[],
  kids: readonly (readonly number[])[],
  normals: readonly string[],
  rows: Int32Array,
  plain: (text: string) => string,
): Map<number, string[]> {
  const texts = new Map<number, string[]>()
  nodes.forEach((node, index) => {
    const text = normals[index] ?? ''
    if ((kids[index]?.length ?? 0) > 0 || (text === '' && node.value === '')) return
    const said = text === '' ? plain(node.value) : text
    for (let row = rows[index] ?? -1; row !== -1; row = rows[nodes[row]?.parent ?? -1] ?? -1) {
      const held = texts.get(row)
      if (held === undefined) texts.set(row, [said])
      else if (held.length < maxTexts) held.push(said)
    }
  })
  return texts
}
