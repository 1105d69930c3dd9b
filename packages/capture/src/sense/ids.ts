import { bare } from '../bare.ts'
import { digestOf } from '../digest.ts'
import { createThings } from './things.ts'

/** Numbers for what nodes show, the same as long as they show it: also where a page puts another node in the place of one that is gone. */
export interface NodeIds {
  /** The number of what a node shows; 0 where it was given none. */
  idOf(node: Node): number
  /**
   * Gives a node its number: the one it has, as long as it belongs to the same `thing`, or that of what is gone and had its name in the same thing, where nothing else had it. Else 0: it is numbered when all is seen.
   * `place`: where it stands among what stands beside it.
   */
  give(node: Node, thing: string, role: string, place: number, name: string): number
  /**
   * Numbers the others, and says so in their rows: what stands where something of its kind stood that is gone, and is all that came for it, is that by another name; any other is new.
   * Where not all was read, that which is gone may come yet: then `mostDoubted` of those get no number, are given here to be read again, and the rest are new.
   */
  settle(rows: WeakMap<Node, { id: number }>, mostDoubted?: number): readonly Node[]
  /** What an element is or is a part of: a row of a list that is used again for another one is another thing. `outer`: what it stands in. */
  thingOf(element: Element, outer: string): string
  nodeOf(id: number): Node | undefined
  clear(): void
}

interface Given {
  id: number
  readonly node: WeakRef<Node>
  readonly thing: string
  readonly role: string
  readonly at: number
  /** What its row has, too. */
  readonly title: string
  /** Digests: the texts that they are of would weigh more than all else that is known of a page. */
  readonly place: number
  readonly name: number
}

/** Gives no number before it is asked to; holds no node alive. */
export function createNodeIds(): NodeIds {
  const given = new WeakMap<Node, Given>()
  const nodes = new Map<number, Given>()
  /** null: several have it. */
  const signs = new Map<number, Given | null>()
  let fresh: { readonly node: Node; readonly own: Given; readonly before: readonly (Given | null | undefined)[] }[] = []
  let [next, pruneAt] = [1, 8192]
  const prune = (): void => {
    for (const id of nodes.keys()) if (nodeOf(id) === undefined) nodes.delete(id)
    for (const [sign, one] of signs) if (one === null || nodes.get(one.id) !== one) signs.delete(sign)
    pruneAt = signs.size * 2 + 8192
  }
  const nodeOf = (id: number): Node | undefined => {
    const own = nodes.get(id)
    const node = own?.node.deref()
    return node !== undefined && given.get(node) === own ? node : undefined
  }
  const isGone = (one: Given | null | undefined): one is Given => !!one && !isConnected(nodeOf(one.id))
  const number = (own: Given, heir: Given | undefined): number => {
    own.id = heir?.id ?? next++
    nodes.set(own.id, own)
    for (const sign of [own.place, own.name]) {
      const one = signs.get(sign)
      signs.set(sign, one === undefined || one?.id === own.id || isGone(one) ? own : null)
    }
    return own.id
  }
  return {
    idOf: (node) => given.get(node)?.id ?? 0,
    give: (node, thing, role, at, title) => {
      const was = given.get(node)
      // Another node may have had its number since.
      const same = was?.thing === thing && nodeOf(was.id) === node
      if (same && was.at === at && was.title === title && was.role === role) return was.id
      const own = unnumbered(node, thing, role, at, title)
      given.set(node, own)
      const before = [signs.get(own.name), signs.get(own.place)]
      const heir = same ? was : before.filter(isGone).find(({ name }) => name === own.name)
      if (heir !== undefined) return number(own, heir)
      fresh.push({ node, own, before })
      return 0
    },
    settle: (rows, mostDoubted = -1) => {
      if (signs.size > pruneAt) prune()
      const doubted: Node[] = []
      for (const { node, own, before } of fresh) {
        const [row, heir] = [rows.get(node), before.find(isGone)]
        if (heir !== undefined && doubted.length < mostDoubted) doubted.push(node)
        else if (row !== undefined) row.id = number(own, mostDoubted < 0 ? heir : undefined)
      }
      for (const node of doubted) given.delete(node)
      fresh = []
      return doubted
    },
    thingOf: createThings((element) => given.has(element)),
    nodeOf,
    clear: () => {
      nodes.clear()
      signs.clear()
    },
  }
}

function unnumbered(node: Node, thing: string, role: string, at: number, title: string): Given {
  const { nodeName } = bare(node)
  const place = signOf(`${nodeName} ${role} ${at}\n${thing}`)
  const name = signOf(`${nodeName} ${role}:${title}\n${thing}`)
  return { id: 0, node: new WeakRef(node), thing, role, at, title, place, name }
}

function isConnected(node: Node | undefined): boolean {
  return node !== undefined && bare(node).isConnected
}

/** Among a hundred thousand texts two have the same one in one page of a million. */
function signOf(text: string): number {
  return digestOf((at) => text.charCodeAt(at), 0, text.length)
}
