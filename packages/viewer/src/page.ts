import type { Observation, ObservationNode } from '@overt/schema'

import { element, withChips } from './element.ts'
import { viewerTypeface } from './style.ts'

/** Something drawn over a node: what was acted on, or what might be. */
export interface Mark {
  /** `ObservationNode.id`. */
  readonly node: number
  readonly kind: 'target' | 'candidate'
  readonly label: string
  /** How strongly it shows. */
  readonly strength01: number
}

type Look = 'button' | 'field' | 'check' | 'link' | 'panel' | 'text' | 'group'

const looks: Readonly<Record<string, Look>> = {
  button: 'button',
  tab: 'button',
  menuitem: 'text',
  textbox: 'field',
  searchbox: 'field',
  spinbutton: 'field',
  combobox: 'field',
  listbox: 'field',
  checkbox: 'check',
  radio: 'check',
  switch: 'check',
  link: 'link',
  dialog: 'panel',
  alertdialog: 'panel',
  text: 'text',
  heading: 'text',
  label: 'text',
  option: 'text',
  status: 'text',
  alert: 'text',
}

/** Draws an observation as boxes where they were, with its texts; hidden values are chips. Its size is the recorded viewport's, in CSS pixels. `point`: where the pointer was. */
export function drawPage(
  observation: Pick<Observation, 'nodes' | 'viewport'>,
  marks: readonly Mark[] = [],
  point: readonly [number, number] | null = null,
): HTMLElement {
  const { nodes, viewport } = observation
  const parents = new Set(nodes.map((node) => node.parent))
  const host = element('div', 'page')
  const ruler = openRuler()
  host.style.width = `${viewport.width}px`
  host.style.height = `${viewport.height}px`
  for (const index of labelsLast(nodes, parents)) {
    const node = nodes[index]
    if (node !== undefined && !node.states.includes('offscreen')) host.append(drawNode(node, !parents.has(index), ruler))
  }
  for (const mark of marks) {
    const node = nodes.find((candidate) => candidate.id === mark.node)
    if (node !== undefined) host.append(drawMark(node, mark))
  }
  if (point !== null) host.append(place(element('div', 'pointer'), [point[0], point[1], 0, 0]))
  return host
}

/** So near after its label a field stands that is drawn around it. */
const nearNodes = 6

/** The order of drawing: the page's own, but for a label that lies over the edge of its field, which comes after it. */
function labelsLast(nodes: readonly ObservationNode[], parents: ReadonlySet<number>): readonly number[] {
  const order = nodes.map((node, index) => {
    if (parents.has(index) || node.name === '' || looks[node.role] === 'field') return index
    const under = nodes.findLastIndex(
      (other, at) => at > index && at <= index + nearNodes && looks[other.role] === 'field' && overEdge(node.box, other.box),
    )
    return under === -1 ? index : under + 0.5
  })
  return order
    .map((place, index) => ({ place, index }))
    .toSorted((left, right) => left.place - right.place)
    .map(({ index }) => index)
}

/** Whether a line's upper half lies above a box and its lower half in it. */
function overEdge([left, top, width, height]: ObservationNode['box'], [x, y, wide]: ObservationNode['box']): boolean {
  return top < y && top + height > y && left >= x && left + width <= x + wide
}

function drawNode(node: ObservationNode, leaf: boolean, ruler: Ruler): HTMLElement {
  const look = looks[node.role] ?? (leaf ? 'text' : 'group')
  const states = node.states.filter((state) => state === 'checked' || state === 'disabled' || state === 'covered' || state === 'focused')
  const drawn = element('div', ['node', look, ...states].join(' '), look === 'panel' || !leaf ? [] : contentOf(node, look))
  if (leaf && node.name !== '') drawn.title = node.name
  if (leaf) drawn.style.fontSize = `${fontCssPx(node, { look, heading: node.role === 'heading' }, ruler)}px`
  return place(drawn, node.box)
}

function contentOf(node: ObservationNode, look: Look): (Node | string)[] {
  if (look === 'check') return []
  if (look !== 'field') return tooNarrow(node) ? [] : [element('span', 'words', withChips(node.name))]
  if (node.states.includes('secret')) return [element('span', 'chip', ['never kept'])]
  return node.value === '' ? [element('span', 'empty', withChips(node.name))] : withChips(node.value)
}

const largestCssPx = 26
/** Of fields and buttons, and where a box tells nothing of its text's size. */
const usualCssPx = 14
const insetCssPx = 12

/** The size at which a text fills its box, where that is one line as long as the text; a heading is as high as its box, and all else has the usual size. */
function fontCssPx({ name, value, box: [, , widthCssPx, heightCssPx] }: ObservationNode, { look, heading }: Drawn, emsOf: Ruler): number {
  const boxed = look === 'field' || look === 'button'
  const highCssPx = heightCssPx * 0.82
  const wideCssPx = (widthCssPx - (boxed ? insetCssPx : 0)) / Math.max(emsOf(value === '' ? name : value), 0.1)
  const asLongAsItsText = wideCssPx < highCssPx
  const most = !boxed && heightCssPx < 34 && (heading || asLongAsItsText) ? largestCssPx : usualCssPx
  return Math.max(9, Math.min(highCssPx, wideCssPx, most))
}

interface Drawn {
  readonly look: Look
  readonly heading: boolean
}

/** How wide a text is in the viewer's typeface, in multiples of the font's size. */
type Ruler = (text: string) => number

function openRuler(): Ruler {
  const pen = document.createElement('canvas').getContext('2d')
  if (pen === null) return (text) => text.length * 0.56
  pen.font = `100px ${viewerTypeface}`
  return (text) => pen.measureText(text).width / 100
}

/** An icon's name does not fit its box: the box says enough. */
function tooNarrow({ name, box: [, , widthCssPx, heightCssPx] }: ObservationNode): boolean {
  const narrowestCssPxPerLetter = 3.5
  const iconCssPx = 48
  return widthCssPx < iconCssPx && heightCssPx < iconCssPx && widthCssPx < name.length * narrowestCssPxPerLetter
}

function drawMark(node: ObservationNode, mark: Mark): HTMLElement {
  const drawn = element('div', `mark ${mark.kind}`, mark.label === '' ? [] : [element('span', 'tag', withChips(mark.label))])
  drawn.style.setProperty('--strength', String(mark.strength01))
  return place(drawn, node.box)
}

function place(drawn: HTMLElement, box: readonly [number, number, number, number]): HTMLElement {
  const [left, top, width, height] = box
  drawn.style.left = `${left}px`
  drawn.style.top = `${top}px`
  drawn.style.width = `${width}px`
  drawn.style.height = `${height}px`
  return drawn
}
