import type { Observation, ObservationNode } from '@overt/schema'
import { expect, test } from 'vitest'

import { contextOf } from '../features/context.ts'
import { describe } from '../features/describe.ts'
import { createEmitter, maxFeatures } from '../features/emit.ts'
import { readGoal } from '../features/goal.ts'
import { optionsOf, sceneOf } from './candidates.ts'
import { liveOf } from './live.ts'
import { emptyNet, score } from './net.ts'
import { scoresOf } from './scores.ts'

const blank = { parent: -1, tag: 'input', inputType: 'text', role: 'textbox', value: '', states: [], options: [], look: '', keys: '' }
const named: Partial<ObservationNode>[] = [
  { name: 'Street' },
  { name: 'Country', tag: 'select', role: 'combobox', options: ['Chile', 'Ghana', 'Oman'] },
  { name: 'Town' },
  { name: 'Save', tag: 'button', role: 'button' },
  { name: 'Planet', tag: 'select', role: 'combobox', options: ['Mars', 'Venus'] },
]

const page: Observation = {
  id: 0,
  url: '',
  title: '',
  viewport: { width: 800, height: 600, scrollX: 0, scrollY: 0, pixelRatio: 1 },
  status: 'fresh',
  nodes: named.map((node, id) => ({ ...blank, id, name: '', box: [0, id * 30, 100, 20], ...node })),
}

test('a candidate scores, bit for bit, as it does when it is described alone and no weight is passed over', () => {
  const net = emptyNet({ linearBits: 8, hiddenBits: 7, hidden: 6 })
  for (let at = 0; at < net.linear.length; at += 3) net.linear[at] = Math.sin(at)
  for (let at = 0; at < net.embedding.length; at += 1) if (at % 5 < 2) net.embedding[at] = Math.sin(at * 7)
  net.bias.fill(0.1)
  net.out.fill(0.3)
  const scene = sceneOf(page, readGoal('Enter "Elm Row 7" as Street and "Kiel" as Town, choose Oman, then save.'), [])
  const options = optionsOf(scene, { chords: [], rare: [] })
  const scores = scoresOf({ net, live: liveOf(net) }, scene, options)
  expect(options.length).toBeGreaterThan(20)
  options.forEach((option, at) => {
    const out = createEmitter()
    describe(contextOf(scene), option, out)
    expect(scores[at]).toBe(score(net, out.ids, 0, out.size, new Float32Array(6), new Uint32Array(maxFeatures)))
  })
})
