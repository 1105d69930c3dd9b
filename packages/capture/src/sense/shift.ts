import type { RawNode } from '@overt/schema/words'

import { type Area, overlap, showsPixels } from './geometry.ts'
import type { Piece } from './piece.ts'

/** How far something moved, in whole CSS pixels, and what of the page can be seen there. */
export interface Shift {
  readonly x: number
  readonly y: number
  readonly clip: Area
}

/** The same piece elsewhere: only for a piece that moves as one, where nothing inside clips or is fixed. */
export function shifted(piece: Piece, shift: Shift): Piece {
  const { extent } = piece
  return {
    ...piece,
    nodes: piece.nodes.map((node) => movedNode(node, shift)),
    own: piece.own.map((one) => ({ ...one, area: moved(one.area, shift) })),
    suspects: piece.suspects.map((area) => moved(area, shift)),
    extent: extent === null ? null : moved(extent, shift),
  }
}

function moved({ left, top, right, bottom }: Area, { x, y }: Shift): Area {
  return { left: left + x, top: top + y, right: right + x, bottom: bottom + y }
}

function movedNode(node: RawNode, shift: Shift): RawNode {
  const [x, y, width, height] = node.box
  const [left, top] = [x + shift.x, y + shift.y]
  const offscreen = !showsPixels(overlap({ left, top, right: left + width, bottom: top + height }, shift.clip))
  const was = node.states.includes('offscreen')
  const others = was === offscreen ? node.states : node.states.filter((state) => state !== 'offscreen')
  return {
    ...node,
    box: [left, top, width, height],
    states: offscreen && !was ? [...others, 'offscreen'] : others,
    children: node.children.map((child) => movedNode(child, shift)),
  }
}
