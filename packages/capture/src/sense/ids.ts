/** Numbers for nodes, the same as long as the node lives. */
export interface NodeIds {
  idOf(node: Node): number
  nodeOf(id: number): Node | undefined
  clear(): void
}

/** Gives each node a number at its first asking; holds no node alive. */
export function createNodeIds(): NodeIds {
  let ids = new WeakMap<Node, number>()
  const nodes = new Map<number, WeakRef<Node>>()
  let next = 1
  let pruneAt = 4096
  const prune = (): void => {
    for (const [id, held] of nodes) if (held.deref() === undefined) nodes.delete(id)
    pruneAt = nodes.size * 2 + 4096
  }
  return {
    idOf: (node) => {
      const known = ids.get(node)
      if (known !== undefined) return known
      if (nodes.size > pruneAt) prune()
      ids.set(node, next)
      nodes.set(next, new WeakRef(node))
      next += 1
      return next - 1
    },
    nodeOf: (id) => nodes.get(id)?.deref(),
    clear: () => {
      ids = new WeakMap()
      nodes.clear()
    },
  }
}
