/** Circles in a graph of files, each once, as the path that closes it. */
export function cyclesOf(edges: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] {
  const found: string[][] = []
  const done = new Set<string>()
  const visit = (start: string): void => {
    const path: { readonly node: string; at: number }[] = [{ node: start, at: 0 }]
    const onPath = new Map([[start, 0]])
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const next = edges.get(top.node)?.[top.at]
      top.at += 1
      if (next === undefined) {
        done.add(top.node)
        onPath.delete(top.node)
        path.pop()
      } else if (onPath.has(next)) found.push([...path.slice(onPath.get(next)).map(({ node }) => node), next])
      else if (!done.has(next) && edges.has(next)) {
        onPath.set(next, path.length)
        path.push({ node: next, at: 0 })
      }
    }
  }
  for (const node of edges.keys()) if (!done.has(node)) visit(node)
  return found
}
