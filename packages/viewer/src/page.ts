import type { Observation, ObservationNode } from '@overt/schema'

import { element, withChips } from './element.ts'

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
  host.style.width = `${viewport.width}px`
  host.style.height = `${viewport.height}px`
  nodes.forEach((node, index) => {
    if (!node.states.includes('offscreen')) host.append(drawNode(node, !parents.has(index)))
  })
  for (const mark of marks) {
    const node = nodes.find((candidate) => candidate.id === mark.node)
    if (node !== undefined) host.append(drawMark(node, mark))
  }
  if (point !== null) host.append(place(element('div', 'pointer'), [point[0], point[1], 0, 0]))
  return host
}

function drawNode(node: ObservationNode, leaf: boolean): HTMLElement {
  const look = looks[node.role] ?? (leaf ? 'text' : 'group')
  const states = node.states.filter((state) => state === 'checked' || state === 'disabled' || state === 'covered' || state === 'focused')
  const drawn = element('div', ['node', look, ...states].join(' '), look === 'panel' || !leaf ? [] : contentOf(node, look))
  if (leaf && node.name !== '') drawn.title = node.name
  if (leaf) drawn.style.fontSize = `${fontCssPx(node)}px`
  return place(drawn, node.box)
}

function contentOf(node: ObservationNode, look: Look): (Node | string)[] {
  if (look === 'check') return []
  if (look !== 'field') return tooNarrow(node) ? [] : [element('span', 'words', withChips(node.name))]
  if (node.states.includes('secret')) return [element('span', 'chip', ['never read'])]
  return node.value === '' ? [element('span', 'empty', withChips(node.name))] : withChips(node.value)
}

/** A line box is about 1.2 times its font, a letter about 0.56 as wide as it is high; what is taller than a line holds text of the usual size. */
function fontCssPx({ name, value, box: [, , widthCssPx, heightCssPx] }: ObservationNode): number {
  if (heightCssPx > 28) return 14
  const letters = Math.max(name.length, value.length, 1)
  return Math.max(9, Math.min(heightCssPx * 0.82, widthCssPx / (letters * 0.56), 20))
}

/** An icon's name does not fit its box: the box says enough. */
function tooNarrow(node: ObservationNode): boolean {
  const narrowestCssPxPerLetter = 3.5
  return node.box[2] < node.name.length * narrowestCssPxPerLetter && node.box[3] < 48
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
