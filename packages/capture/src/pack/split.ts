import type { ObservationNode } from '@overt/schema'
import { follow } from '@overt/schema/words'

import { createMemory } from '../memory.ts'
import type { Cut } from './cut-out.ts'

/** Rows that hold parts of secrets, with where those parts stand in what the row shows. */
export type Split = ReadonlyMap<ObservationNode, readonly Cut[]>

interface Word {
  readonly node: ObservationNode
  readonly start: number
  readonly end: number
  /** It may be a part of something more: it has a digit, or is no word. */
  readonly odd: boolean
}

/** The words of one row that may go on in the rows beside it. */
interface Piece {
  readonly node: ObservationNode
  readonly start: number
  readonly text: string
}

type Beside = (one: ObservationNode, other: ObservationNode) => boolean

/** What is longer is a table of numbers. */
const longest = 160
/** As many digits are in every card and account. */
const fewestDigits = 10
const odd = /\p{N}|\p{Lu}{2}|[@_#$%^&*+=~|\\]/u

// By places: asked of each row beside the next, and lists are taken apart slowly.
const inLine: Beside = ({ box }, { box: other }) => Math.abs(box[1] + box[3] / 2 - other[1] - other[3] / 2) < Math.min(box[3], other[3]) / 2

/** In one line of text, no further from each other than so many heights of it. */
const within =
  (heights: number): Beside =>
  (one, other) =>
    inLine(one, other) &&
    Math.abs(other.box[0] - one.box[0] - one.box[2]) < heights * one.box[3] &&
    !/cell|header/.test(one.role + other.role)

const touching = within(0.1)
const sideBySide = within(0.75)

/** What a row shows. */
export function shownIn({ value, name }: ObservationNode): string {
  return value === '' ? name : value
}

type Part = readonly [ObservationNode, Cut]

type Find = (text: string) => readonly Cut[]

/** Finds secrets that are broken over rows that follow each other: numbers with check digits however the rows lie, all others where they stand in one line. `find`: what redaction finds in a text. */
export function createSplitter(find: Find): (nodes: readonly ObservationNode[]) => Split {
  const words = new WeakMap<ObservationNode, readonly Word[]>()
  const judged = new WeakMap<Word, { readonly run: readonly Word[]; readonly parts: readonly Part[] }>()
  const known = createMemory<readonly Cut[]>()
  const found: Find = (text) => known(text, () => find(text))
  const wordsOf = (node: ObservationNode): readonly Word[] => {
    const own = words.get(node) ?? wordsIn(node)
    words.set(node, own)
    return own
  }
  const partsOf = (pieces: readonly Piece[]): readonly Part[] => {
    const look = (beside: Beside, joint: string, checked: boolean): readonly Part[] =>
      grouped(pieces, beside).flatMap((group) => partsIn(group, { joint, checked, find: found }))
    const numbers = ['', ' '].flatMap((joint) => [...look(() => true, joint, true), ...look(inLine, joint, true)])
    return [...numbers, ...look(sideBySide, ' ', false), ...look(touching, '', false)]
  }
  let before: readonly ObservationNode[] = []
  let edges: ArrayLike<number> = []
  const edgesOf = (nodes: readonly ObservationNode[]): Uint8Array => {
    const find = follow(before)
    const now = Uint8Array.from(nodes, (node) => {
      const at = find(node)
      const [was, shown] = [before[at], shownIn(node)]
      return was !== undefined && shownIn(was) === shown ? (edges[at] ?? 0) : edgesIn(shown)
    })
    before = nodes
    return (edges = now)
  }
  return (nodes) => {
    const split = new Map<ObservationNode, readonly Cut[]>()
    for (const run of linked(nodes, edgesOf(nodes)).flatMap((rows) => runsOf(rows.flatMap(wordsOf)))) {
      // Rows that did not change are the same, and so are their words.
      const [first] = run
      const before = first === undefined ? undefined : judged.get(first)
      const same = before?.run.length === run.length && before.run.every((word, at) => word === run[at])
      const parts = same ? before.parts : partsOf(piecesOf(run))
      if (first !== undefined) judged.set(first, { run, parts })
      for (const [node, part] of parts) split.set(node, [...(split.get(node) ?? []), part])
    }
    return split
  }
}

/** Whether what a row shows is something (1), and begins (2) and ends (4) with what may be a part of something more. */
function edgesIn(shown: string): number {
  const words = shown.trim().split(' ')
  const [first = ''] = words
  return first === '' ? 0 : 1 + 2 * Number(odd.test(first)) + 4 * Number(odd.test(words.at(-1) ?? ''))
}

/** Rows that may go on in each other, in order; the words of most rows go on nowhere, and are not looked at. */
function linked(nodes: readonly ObservationNode[], edges: Uint8Array): readonly (readonly ObservationNode[])[] {
  const groups: ObservationNode[][] = []
  let group: ObservationNode[] = []
  let ended = 0
  for (const [at, node] of nodes.entries()) {
    const edge = edges[at] ?? 0
    if (edge === 0) continue
    const last = group.at(-1)
    if (last === undefined || !((ended && edge & 2) || touching(last, node))) groups.push((group = []))
    group.push(node)
    ended = edge & 4
  }
  return groups.filter(({ length }) => length > 1)
}

/** Words that may be one thing, by the rows that they stand in. */
function runsOf(words: readonly Word[]): readonly (readonly Word[])[] {
  const runs: Word[][] = []
  let run: Word[] = []
  for (const word of words) {
    const last = run.at(-1)
    const goesOn = last !== undefined && ((last.odd && word.odd) || (last.node !== word.node && touching(last.node, word.node)))
    if (!goesOn) runs.push((run = []))
    run.push(word)
  }
  return runs.filter((one) => one[0]?.node !== one.at(-1)?.node)
}

function wordsIn(node: ObservationNode): readonly Word[] {
  return Array.from(shownIn(node).matchAll(/\S+/g), ({ 0: word, index }) => ({
    node,
    start: index,
    end: index + word.length,
    odd: odd.test(word),
  }))
}

function piecesOf(run: readonly Word[]): readonly Piece[] {
  const pieces = new Map<ObservationNode, Piece>()
  for (const { node, start, end } of run) {
    const from = pieces.get(node)?.start ?? start
    pieces.set(node, { node, start: from, text: shownIn(node).slice(from, end) })
  }
  return [...pieces.values()]
}

function grouped(run: readonly Piece[], beside: Beside): readonly (readonly Piece[])[] {
  const groups: Piece[][] = []
  for (const piece of run) {
    const last = groups.at(-1)?.at(-1)
    if (last === undefined || !beside(last.node, piece.node)) groups.push([])
    groups.at(-1)?.push(piece)
  }
  return groups.filter(({ length }) => length > 1)
}

interface Looking {
  readonly joint: string
  /** Only numbers with check digits. */
  readonly checked: boolean
  readonly find: Find
}

function partsIn(pieces: readonly Piece[], { joint, checked, find }: Looking): readonly Part[] {
  const whole = pieces.map(({ text }) => text).join(joint)
  if (whole.length > longest || (checked && (whole.match(/\p{N}/gu)?.length ?? 0) < fewestDigits)) return []
  const sizes = pieces.map(({ text }) => text.length)
  return find(whole).flatMap(({ start, end, kind }) => {
    let at = 0
    const parts = pieces.map(({ node, text, start: offset }) => {
      const [from, to] = [Math.max(start - at, 0), Math.min(end - at, text.length)]
      at += text.length + joint.length
      return from < to ? ([node, { start: offset + from, end: offset + to, kind, of: whole.slice(start, end) }] as const) : undefined
    })
    const hit = parts.filter((part) => part !== undefined)
    const first = parts.findIndex((part) => part !== undefined)
    const counts = hit.length > 1 && (!checked || isNumber(kind, sizes, first, first + hit.length))
    return counts ? hit : []
  })
}

/** Whether what is found over several rows is one number that is shown in groups: not some of the numbers of a table. */
function isNumber(kind: string, sizes: readonly number[], from: number, to: number): boolean {
  const groups = sizes.slice(from, to)
  const [first = 0] = groups
  const alike = groups.every((size, at) => size === first || (size < first && at === groups.length - 1))
  if (kind !== 'card') return kind === 'iban'
  return (alike || /^4,6,[45]$/.test(groups.join())) && sizes[from - 1] !== first && sizes[to] !== first
}
