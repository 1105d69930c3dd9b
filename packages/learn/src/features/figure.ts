import { colourLook } from '@overt/schema/words'

import type { Goal } from './goal.ts'
import type { View } from './view.ts'

/** What the goal says of shapes and patches (size, colour, kind), and which nodes are so. */
export interface Wanted {
  readonly asked: boolean
  /** 1 where a node is all that is asked. Runs along the nodes. */
  readonly fits: Uint8Array
  /** How many are. */
  readonly count: number
}

/** CSS colour names as people say them; the page tells colours by hue, so names are turned into hues too. */
const colours: Readonly<Record<string, string>> = {
  red: '#ff0000',
  green: '#008000',
  blue: '#0000ff',
  yellow: '#ffff00',
  orange: '#ffa500',
  purple: '#800080',
  violet: '#ee82ee',
  magenta: '#ff00ff',
  pink: '#ffc0cb',
  aqua: '#00ffff',
  cyan: '#00ffff',
  lime: '#00ff00',
  olive: '#808000',
  navy: '#000080',
  teal: '#008080',
  maroon: '#800000',
  black: '#000000',
  white: '#ffffff',
  grey: '#808080',
  gray: '#808080',
  silver: '#c0c0c0',
  brown: '#a52a2a',
}

const kinds: Readonly<Record<string, readonly string[]>> = {
  circle: ['shape-circle'],
  rectangle: ['shape-rectangle'],
  square: ['shape-rectangle'],
  triangle: ['shape-triangle', 'shape-polygon'],
  line: ['shape-line'],
  letter: ['shape-letter'],
  digit: ['shape-letter'],
  number: ['shape-letter'],
}

/** Finds the shapes that the goal describes. A colour that no shape of the page shows is not asked for: recordings may lack colours. */
export function shapesWanted(goal: Goal, view: View): Wanted {
  const fits = new Uint8Array(view.nodes.length)
  const shapes = view.nodes.flatMap((node, at) => (node.look.includes('shape-') || view.classes[at] === 'patch' ? [at] : []))
  if (shapes.length === 0) return { asked: false, fits, count: 0 }
  const coloured = shapes.some((at) => view.nodes[at]?.look.includes('colour-') === true)
  const tests = goal.words.flatMap((word) => testOf(word.lower, word.text, view, coloured) ?? [])
  if (tests.length === 0) return { asked: false, fits, count: 0 }
  let count = 0
  for (const at of shapes) {
    if (!tests.every((test) => test(at))) continue
    fits[at] = 1
    count += 1
  }
  return { asked: true, fits, count }
}

type Test = (at: number) => boolean

function testOf(lower: string, text: string, view: View, coloured: boolean): Test | undefined {
  const word = lower.length > 2 && lower.endsWith('s') ? lower.slice(0, -1) : lower
  const look = (at: number): string => view.nodes[at]?.look ?? ''
  const name = (at: number): string => view.nodes[at]?.name ?? ''
  const hex = colours[word]
  if (hex !== undefined && coloured) return (at) => sameColour(look(at), colourLook(hex))
  if (word === 'small' || word === 'large') return (at) => look(at).includes(`size-${word}`)
  if (word === 'letter') return (at) => /^[a-z]$/i.test(name(at))
  if (word === 'digit' || word === 'number') return (at) => /^\d$/.test(name(at))
  const shape = kinds[word]
  if (shape !== undefined) return (at) => shape.some((one) => look(at).includes(one))
  const sign = text.length === 2 && text.endsWith('s') ? text.slice(0, 1) : text
  return /^[\p{L}\p{N}]$/u.test(sign) && lower !== 'a' ? (at) => name(at) === sign : undefined
}

function sameColour(look: string, wanted: string): boolean {
  return look.split(' ').includes(wanted)
}
