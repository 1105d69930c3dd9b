import { iconLook, shapeLook, sizeLook } from '@overt/schema/words'

import { bare } from '../bare.ts'
import { attributeOf } from './dom.ts'

/** Sides below this many CSS pixels are rules and spacers, not coloured things. */
const minColouredSidePx = 6
/** An SVG no larger than this is an icon: its paths mean nothing apart. */
const maxIconSidePx = 40

const quiet: ReadonlySet<string> = new Set(['', 'colour-white', 'colour-grey'])

function tokens(element: Element): string {
  return ['class', 'id', 'data-testid'].map((name) => attributeOf(element, name)).join(' ')
}

/** Whether an SVG stands for one icon. */
export function isIcon(rect: DOMRect): boolean {
  return rect.width <= maxIconSidePx && rect.height <= maxIconSidePx
}

/** The word for an element's picture: its own, else that of the first descendant that has one. */
export function iconOf(element: Element): string {
  const own = iconLook(tokens(element))
  if (own !== '' || bare(element).childElementCount === 0) return own
  for (const part of bare(element).querySelectorAll('svg, i, span, img')) {
    const word = iconLook(tokens(part))
    if (word !== '') return word
  }
  return ''
}

/** Look of an element without children in the table. Text and controls have quiet backgrounds of their own; those say nothing. */
export function leafLook(element: Element, content: 'text' | 'control' | 'plain', colour: string, rect: DOMRect): string {
  const told = content !== 'plain' && quiet.has(colour) ? '' : colour
  if (content === 'text') return told
  const shown = Math.min(rect.width, rect.height) >= minColouredSidePx ? told : ''
  return [iconOf(element), shown].filter((word) => word !== '').join(' ')
}

const pointCount = (element: Element): number =>
  attributeOf(element, 'points')
    .trim()
    .split(/[\s,]+/).length / 2

/** Look of a shape in an SVG, its size told beside the other shapes of the same SVG. */
export function svgLook(element: Element, colour: string, rect: DOMRect, largestSidePx: number): string {
  const shape = shapeLook(element.localName, pointCount(element))
  if (shape === '') return ''
  return [shape, colour, sizeLook(Math.max(rect.width, rect.height), largestSidePx)].filter((word) => word !== '').join(' ')
}
