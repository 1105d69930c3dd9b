import { bare } from '../bare.ts'
import { isElement, renderedParent } from '../sense/dom.ts'
import { type Area, areaOf, overlap, type Place } from '../sense/geometry.ts'
import { styleOf } from './unreadable.ts'

const cuts = /hidden|auto|scroll/
/** How far glyphs may reach over the box of their text, for one CSS pixel of font size. */
const overhang = 0.15

/** An area without what the boxes around an element cut off for certain: in doubt it stays larger. */
export function clipped(area: Area, element: HTMLElement, place: Place): Area {
  let left = area
  for (const around of selfAndAround(element)) {
    const style = styleOf(around)
    const isRoot = around.localName === 'body' || around.localName === 'html'
    if (!isRoot && style.display !== 'inline' && cuts.test(style.overflowX) && cuts.test(style.overflowY))
      left = overlap(left, areaOf(bare(around).getBoundingClientRect(), place))
    // What is taken out of the flow may stand outside what is around it.
    if (/absolute|fixed/.test(style.position)) return left
  }
  return left
}

/** How far a text may be drawn outside its own box, in CSS pixels: glyphs, strokes, shadows. */
export function reachOf(element: HTMLElement): number {
  const { textShadow, fontSize, webkitTextStrokeWidth } = styleOf(element)
  const shadow = [...textShadow.matchAll(/(-?[\d.]+)px/g)].map(([, px]) => Math.abs(Number(px)))
  return 2 * Math.max(0, ...shadow) + overhang * parseFloat(fontSize) + (parseFloat(webkitTextStrokeWidth) || 0)
}

/** Whether what an element shows is drawn a second time somewhere else. */
export function isCopied(element: HTMLElement): boolean {
  return selfAndAround(element).some((around) => {
    const style = styleOf(around)
    const mirror = style.getPropertyValue('-webkit-box-reflect')
    return style.filter.includes('drop-shadow') || (mirror !== '' && mirror !== 'none')
  })
}

/** Whether what an element shows is drawn outside of its box: a second time, moved by a filter, or more of it than fits. */
export function isDrawnAstray(element: HTMLElement): boolean {
  const { overflow, objectFit } = styleOf(element)
  const spills = overflow === 'visible' && objectFit !== 'fill' && objectFit !== ''
  return spills || isCopied(element) || selfAndAround(element).some((around) => styleOf(around).filter.includes('url('))
}

function selfAndAround(element: HTMLElement): readonly HTMLElement[] {
  const path: HTMLElement[] = []
  const page = bare(element).ownerDocument
  for (let up: Node | null = element; isElement(up) && bare(up).ownerDocument === page; up = renderedParent(up)) path.push(up)
  return path
}
