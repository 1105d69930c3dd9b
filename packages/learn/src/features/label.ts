import type { ObservationNode } from '@overt/schema'

import { isField, type NodeClass } from './class.ts'

const farPx = 120
const abovePx = 4
const belowPx = 30
const maxLabelLength = 48

/** For each field the normal text of its name, else of the text that stands beside or above it, as a person reads it; '' for other nodes. */
export function labelsOf(
  nodes: readonly ObservationNode[],
  kids: readonly (readonly number[])[],
  normals: readonly string[],
  classes: readonly NodeClass[],
  plain: (text: string) => string,
): string[] {
  const holds = (index: number): boolean => isField(classes[index] ?? 'box') || classes[index] === 'combo'
  const texts = nodes.flatMap((_, index) => {
    const text = normals[index] ?? ''
    const leaf = (kids[index]?.length ?? 0) === 0
    return leaf && text !== '' && text.length <= maxLabelLength && !holds(index) && classes[index] !== 'button' ? [index] : []
  })
  const spans = spansOf(nodes, texts)
  return nodes.map((node, index) => {
    if (!holds(index)) return ''
    if (node.name !== '') return plain(node.name)
    return normals[nearest(node, nodes, texts, spans)] ?? ''
  })
}

/** Top and bottom of each text's box, in turn. */
function spansOf(nodes: readonly ObservationNode[], texts: readonly number[]): Float64Array {
  const spans = new Float64Array(texts.length * 2)
  texts.forEach((index, at) => {
    const [, top, , height] = nodes[index]?.box ?? [0, 0, 0, 0]
    spans[at * 2] = top
    spans[at * 2 + 1] = top + height
  })
  return spans
}

/** The first of the nearest texts. Most of a page lies too far above or below a field for any case of `apart`, and is passed over. */
function nearest(field: ObservationNode, nodes: readonly ObservationNode[], texts: readonly number[], spans: Float64Array): number {
  const [, top, , height] = field.box
  const highest = top + abovePx - farPx
  const lowest = top + height + farPx - belowPx
  let best = -1
  let least = farPx
  for (let at = 0; at < texts.length; at += 1) {
    if ((spans[at * 2 + 1] ?? 0) <= highest || (spans[at * 2] ?? 0) >= lowest) continue
    const index = texts[at] ?? -1
    const text = nodes[index]
    if (text === undefined) continue
    const distance = apart(field.box, text.box)
    if (distance < least) {
      least = distance
      best = index
    }
  }
  return best
}

/** How far a label's box is from a field's, CSS pixels: to the left counts as it is, above a little more, below and to the right much more. */
function apart(field: ObservationNode['box'], text: ObservationNode['box']): number {
  const [left, top, width, height] = field
  const [textLeft, textTop, textWidth, textHeight] = text
  const middle = textTop + textHeight / 2
  const beside = middle >= top - 2 && middle <= top + height + 2
  if (beside && textLeft + textWidth <= left + 4) return left - (textLeft + textWidth)
  const over = textLeft < left + width && textLeft + textWidth > left
  if (over && textTop + textHeight <= top + 4) return abovePx + (top - (textTop + textHeight))
  if (over && textTop >= top + height - 4) return belowPx + (textTop - (top + height))
  if (beside && textLeft >= left + width - 4) return belowPx + (textLeft - (left + width))
  return farPx
}
