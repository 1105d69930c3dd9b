import type { ObservationNode } from '@overt/schema'

import { isField, type NodeClass } from './class.ts'
import { normal } from './words.ts'

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
): string[] {
  const holds = (index: number): boolean => isField(classes[index] ?? 'box') || classes[index] === 'combo'
  const texts = nodes.flatMap((_, index) => {
    const text = normals[index] ?? ''
    const leaf = (kids[index]?.length ?? 0) === 0
    return leaf && text !== '' && text.length <= maxLabelLength && !holds(index) && classes[index] !== 'button' ? [index] : []
  })
  return nodes.map((node, index) => {
    if (!holds(index)) return ''
    if (node.name !== '') return normal(node.name)
    return normals[nearest(node, nodes, texts)] ?? ''
  })
}

function nearest(field: ObservationNode, nodes: readonly ObservationNode[], texts: readonly number[]): number {
  let best = -1
  let least = farPx
  for (const index of texts) {
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
