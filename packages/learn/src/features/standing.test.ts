import { expect, test } from 'vitest'
import type { Observation, ObservationNode } from '@overt/schema'

import { readGoal } from './goal.ts'
import { mentionsOf } from './mention.ts'
import { standingOf } from './standing.ts'
import { viewOf } from './view.ts'

function page(nodes: readonly Partial<ObservationNode>[]): Observation {
  const blank = { parent: -1, tag: 'div', inputType: '', role: 'generic', name: '', value: '', states: [], options: [], look: '', keys: '' }
  return {
    id: 0,
    url: '',
    title: '',
    viewport: { width: 800, height: 600, scrollX: 0, scrollY: 0, pixelRatio: 1 },
    status: 'fresh',
    nodes: nodes.map((node, id) => ({ ...blank, id, box: [0, id * 30, 100, 20], ...node })),
  }
}

const option = (name: string): Partial<ObservationNode> => ({ tag: 'li', role: 'option', name })
const select = (name: string): Partial<ObservationNode> => ({ tag: 'select', role: 'combobox', name, options: ['Kite', 'Swift'] })

test('of several texts the one with most of its words in the goal stands out, whatever else it shares with the others', () => {
  const view = viewOf(page([option('Ada Brandt, Kiel'), option('Ada Brandt, Lyon'), option('Nobody else')]))
  expect([...standingOf(readGoal('Pick Ada Brandt from Lyon.'), view)]).toEqual([1, 3, 0])
})

test('texts that share as much stand side by side', () => {
  const view = viewOf(page([option('Ada Brandt'), option('Ada Brandt')]))
  expect([...standingOf(readGoal('Pick Ada Brandt.'), view)]).toEqual([2, 2])
})

test('a label inside a longer label is the longer one', () => {
  const view = viewOf(page([select('Carrier'), select('Backup carrier')]))
  const mentions = mentionsOf(readGoal('Set Backup carrier to Kite and Carrier to Swift.'), view)
  expect(mentions.get('backup carrier')).toEqual([[1, 3]])
  expect(mentions.get('carrier')).toEqual([[6, 7]])
})

test('the day of a date that is written in numbers is a word of the goal', () => {
  const goal = readGoal('Set the due date to 2026-03-14.')
  expect(goal.has.has('14')).toBe(true)
  expect(goal.grams.get('14')).toBe(5)
})
