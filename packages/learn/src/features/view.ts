import type { Observation, ObservationNode } from '@overt/schema'

import { classOf, isField, isTextField, type NodeClass } from './class.ts'
import { headersOf } from './header.ts'
import { labelsOf } from './label.ts'
import { lexiconOf, type Lexicon } from './lexicon.ts'
import { once } from './once.ts'
import { rowsOf, rowTextsOf } from './row.ts'
import { normal } from './words.ts'

/** An observation with what every feature asks of it, computed once. Lists run along `nodes`. */
export interface View {
  readonly nodes: readonly ObservationNode[]
  readonly kids: readonly (readonly number[])[]
  readonly classes: readonly NodeClass[]
  /** Name, else the text it holds, at most `maxHeld` units; '' for fields. */
  readonly texts: readonly string[]
  readonly normals: readonly string[]
  /** The distinct `normals`. */
  readonly lexicon: Lexicon
  /** The normal form of a text, worked out once a page. */
  readonly plain: (text: string) => string
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
  /** First node of each keyboard shortcut that the page tells of, in order. */
  readonly shortcuts: ReadonlyMap<string, number>
}

const maxHeld = 160
const overlayRoles = new Set(['dialog', 'alertdialog', 'menu', 'listbox', 'tooltip'])

/** Computes the view of an observation. Linear in its nodes. */
export function viewOf(observation: Observation): View {
  const { nodes } = observation
  const kids = kidsOf(nodes)
  const classes = nodes.map((node, index) => classOf(node, (kids[index]?.length ?? 0) > 0))
  const texts = textsOf(nodes, kids, classes)
  const plain = once(normal)
  const normals = texts.map(plain)
  const lexicon = lexiconOf(normals)
  const rows = rowsOf(nodes, kids, classes)
  const fields = nodes.flatMap((node, index) => (isTextField(node) ? [index] : []))
  return {
    nodes,
    kids,
    classes,
    texts,
    normals,
    lexicon,
    plain,
    labels: labelsOf(nodes, kids, normals, classes, plain),
    rows,
    rowTexts: rowTextsOf(nodes, kids, normals, rows, plain),
    ...countsOf(nodes, classes, lexicon),
    overlays: overlaysOf(nodes),
    headers: headersOf(nodes),
    fields,
    shortcuts: shortcutsOf(nodes),
  }
}

const childless: readonly number[] = []

function kidsOf(nodes: readonly ObservationNode[]): (readonly number[])[] {
  const lists = new Map<number, number[]>()
  const kids = nodes.map(() => childless)
  nodes.forEach(({ parent }, index) => {
    if (parent === -1) return
    const list = lists.get(parent) ?? []
    if (list.length === 0 && parent < kids.length) kids[parent] = list
    lists.set(parent, list)
    list.push(index)
  })
  return kids
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

function countsOf(
  nodes: readonly ObservationNode[],
  classes: readonly NodeClass[],
  lexicon: Lexicon,
): Pick<View, 'places' | 'peers' | 'twins'> {
  const kinds = lexiconOf(classes)
  const looks = lexiconOf(nodes.map(({ look }) => look))
  const manyKinds = kinds.texts.length
  const manyLooks = looks.texts.length
  const seen = new Int32Array(manyKinds)
  const same = new Map<number, number>()
  const places = new Int32Array(nodes.length)
  const keys = nodes.map((_, index) => {
    const kind = kinds.ids[index] ?? 0
    const key = ((lexicon.ids[index] ?? 0) * manyLooks + (looks.ids[index] ?? 0)) * manyKinds + kind
    seen[kind] = (seen[kind] ?? 0) + 1
    places[index] = seen[kind] ?? 0
    same.set(key, (same.get(key) ?? 0) + 1)
    return key
  })
  const peers = new Int32Array(nodes.length)
  const twins = new Int32Array(nodes.length)
  keys.forEach((key, index) => {
    peers[index] = seen[kinds.ids[index] ?? 0] ?? 0
    twins[index] = same.get(key) ?? 0
  })
  return { places, peers, twins }
}

function overlaysOf(nodes: readonly ObservationNode[]): Int32Array {
  const overlays = new Int32Array(nodes.length).fill(-1)
  nodes.forEach((node, index) => {
    overlays[index] = overlayRoles.has(node.role) ? index : (overlays[node.parent] ?? -1)
  })
  return overlays
}

function shortcutsOf(nodes: readonly ObservationNode[]): Map<string, number> {
  const shortcuts = new Map<string, number>()
  nodes.forEach(({ keys }, at) => {
    if (keys === '') return
    for (const chord of keys.split(' ')) if (chord !== '' && !shortcuts.has(chord)) shortcuts.set(chord, at)
  })
  return shortcuts
}
