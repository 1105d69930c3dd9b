import type { ObservationNode } from '@overt/schema'
import { expect, test } from 'vitest'

import { extentOf } from './viewer.ts'

const viewport = { width: 1000, height: 800, scrollX: 0, scrollY: 0, pixelRatio: 1 }

function node(id: number, parent: number, role: string, box: ObservationNode['box']): ObservationNode {
  return { id, parent, tag: 'div', inputType: '', role, name: '', value: '', states: [], box, options: [], look: '', keys: '' }
}

test('without a node the whole page is shown', () => {
  expect(extentOf({ nodes: [], viewport }, null)).toEqual({ left: 0, top: 0, width: 1000, height: 800 })
})

test('the surroundings of a node are centred on it and stay on the page', () => {
  const nodes = [node(1, -1, 'button', [490, 390, 20, 20]), node(2, -1, 'button', [0, 790, 20, 10])]
  expect(extentOf({ nodes, viewport }, 1)).toEqual({ left: 220, top: 250, width: 560, height: 300 })
  expect(extentOf({ nodes, viewport }, 2)).toEqual({ left: 0, top: 500, width: 560, height: 300 })
})

test('in a dialog the picture goes from edge to edge of it, and not past its foot', () => {
  const nodes = [
    node(1, -1, 'dialog', [300, 100, 400, 500]),
    node(2, 0, 'group', [300, 500, 400, 60]),
    node(3, 1, 'button', [640, 510, 50, 30]),
  ]
  expect(extentOf({ nodes, viewport }, 3)).toEqual({ left: 284, top: 276, width: 432, height: 340 })
})

test('a low dialog is shown whole', () => {
  const nodes = [node(1, -1, 'dialog', [300, 100, 400, 200]), node(2, 0, 'button', [640, 110, 50, 30])]
  expect(extentOf({ nodes, viewport }, 2)).toEqual({ left: 284, top: 84, width: 432, height: 232 })
})

test('a dialog too wide to be read whole counts as a page', () => {
  const nodes = [node(1, -1, 'dialog', [100, 50, 800, 700]), node(2, 0, 'button', [490, 390, 20, 20])]
  expect(extentOf({ nodes, viewport }, 2)).toEqual({ left: 220, top: 250, width: 560, height: 300 })
})

test('a page smaller than the surroundings is shown whole', () => {
  const small = { ...viewport, width: 160, height: 210 }
  expect(extentOf({ nodes: [node(1, -1, 'button', [10, 10, 20, 20])], viewport: small }, 1)).toEqual({
    left: 0,
    top: 0,
    width: 160,
    height: 210,
  })
})
