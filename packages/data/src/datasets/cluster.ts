/** Joins items that share a key, directly or through others: each item's cluster by the index of its first member. */
export function cluster(items: readonly { readonly signatures: readonly number[] }[]): number[] {
  const parent = items.map((_, index) => index)
  const root = (index: number): number => {
    let at = index
    while (parent[at] !== undefined && parent[at] !== at) {
      parent[at] = parent[parent[at] ?? at] ?? at
      at = parent[at] ?? at
    }
    return at
  }
  const owner = new Map<number, number>()
  items.forEach(({ signatures }, index) => {
    for (const signature of signatures) {
      const other = owner.get(signature)
      if (other === undefined) owner.set(signature, index)
      else join(parent, root(other), root(index))
    }
  })
  return items.map((_, index) => root(index))
}

function join(parent: number[], left: number, right: number): void {
  parent[Math.max(left, right)] = Math.min(left, right)
}
