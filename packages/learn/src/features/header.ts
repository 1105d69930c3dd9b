import type { ObservationNode } from '@overt/schema'

const tables = new Set(['table', 'grid', 'treegrid'])

/** For each node inside a table the index of the column header above its middle; -1 elsewhere. */
export function headersOf(nodes: readonly ObservationNode[]): Int32Array {
  const headers = new Int32Array(nodes.length).fill(-1)
  const tableOf = new Int32Array(nodes.length).fill(-1)
  const byTable = new Map<number, number[]>()
  nodes.forEach((node, at) => {
    const table = tables.has(node.role) ? at : (tableOf[node.parent] ?? -1)
    tableOf[at] = table
    if (table === -1 || node.role !== 'columnheader') return
    byTable.set(table, [...(byTable.get(table) ?? []), at])
  })
  if (byTable.size === 0) return headers
  nodes.forEach((node, at) => {
    const middle = node.box[0] + node.box[2] / 2
    const above = byTable.get(tableOf[at] ?? -1)?.find((header) => covers(nodes[header]?.box, middle))
    if (above !== undefined && above !== at) headers[at] = above
  })
  return headers
}

function covers(box: ObservationNode['box'] | undefined, middle: number): boolean {
  return box !== undefined && middle >= box[0] && middle < box[0] + box[2]
}
