/** Numbers for what nodes show, the same as long as they show it: also where a page puts another node in the place of one that is gone. */
export interface NodeIds {
  /** The number of what a node shows; 0 where it was given none. */
  idOf(node: Node): number
  /** Gives a node its number: the one it has, as long as it belongs to the same `thing`, else that of what had the same `sign` and is gone, else a new one. */
  give(node: Node, thing: string, sign: string): number
  /** What an element is or is a part of: a row of a list that is used again for another one is another thing. `outer`: what it stands in. */
  thingOf(element: Element, outer: string): string
  nodeOf(id: number): Node | undefined
  clear(): void
}

interface Given {
  readonly id: number
  readonly thing: string
  readonly sign: string
}

interface Row {
  readonly outer: string
  readonly place: string
  readonly content: string
  readonly thing: string
}

const rows = /^(?:row|listitem|option|treeitem)$/

/** Gives no number before it is asked to; holds no node alive. */
export function createNodeIds(): NodeIds {
  let given = new WeakMap<Node, Given>()
  let known = new WeakMap<Element, Row>()
  const nodes = new Map<number, WeakRef<Node>>()
  const signs = new Map<string, number>()
  let next = 1
  let pruneAt = 4096
  const prune = (): void => {
    for (const [id, held] of nodes) if (held.deref() === undefined) nodes.delete(id)
    for (const [sign, id] of signs) if (!nodes.has(id)) signs.delete(sign)
    pruneAt = nodes.size * 2 + 4096
  }
  const nodeOf = (id: number): Node | undefined => {
    const node = nodes.get(id)?.deref()
    return node !== undefined && given.get(node)?.id === id ? node : undefined
  }
  /** What had the sign before, where nothing is left that has its number. */
  const heirTo = (sign: string): number | undefined => {
    const id = signs.get(sign)
    return id === undefined || nodeOf(id)?.isConnected === true ? undefined : id
  }
  return {
    idOf: (node) => given.get(node)?.id ?? 0,
    give: (node, thing, sign) => {
      const own = given.get(node)
      const same = own?.thing === thing
      if (same && own.sign === sign) return own.id
      if (nodes.size > pruneAt) prune()
      const id = (same ? own.id : heirTo(sign)) ?? next++
      if (own !== undefined && signs.get(own.sign) === own.id) signs.delete(own.sign)
      given.set(node, { id, thing, sign })
      nodes.set(id, new WeakRef(node))
      signs.set(sign, id)
      return id
    },
    thingOf: (element, outer) => {
      const place =
        element.getAttribute('aria-rowindex') ?? element.getAttribute('aria-posinset') ?? element.getAttribute('data-index') ?? ''
      if (place === '' && element.localName !== 'tr' && element.localName !== 'li' && !rows.test(element.getAttribute('role') ?? ''))
        return outer
      const was = known.get(element)
      const content = firstText(element)
      // What comes before a row may change its place, and a row its words: only both at once make it another.
      const same = was?.outer === outer && (was.content === content || (place !== '' && was.place === place))
      const thing = same ? was.thing : `${outer}\n${place} ${content}`
      known.set(element, { outer, place, content, thing })
      return thing
    },
    nodeOf,
    clear: () => {
      given = new WeakMap()
      known = new WeakMap()
      nodes.clear()
      signs.clear()
    },
  }
}

function firstText(node: Node): string {
  if (node.nodeType === 3) return (node.nodeValue ?? '').trim()
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    const text = firstText(child)
    if (text !== '') return text
  }
  return ''
}
