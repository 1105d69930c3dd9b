import { expect, test } from 'vitest'

import { form, node, observation, stretch, type Told } from '../../fixtures/scene.ts'
import { reduce } from '../trajectories/reduce.ts'
import { limit } from './rows.ts'

/** What a release says of some events, with the modality `paths` and without it. */
function stepsOf(told: readonly Told[], modalities: readonly ('actions' | 'text' | 'structure' | 'paths')[]) {
  const nodes = [...form, node(12, 'img', 'Map')]
  const observations = [observation(7, nodes), observation(9, nodes)]
  const [episode] = [...reduce([stretch(told, { observations })], { person: 'ada', session: 's' })]
  if (episode === undefined) throw new Error('no episode')
  return limit(episode, modalities)?.steps.map((step) => [step.observation.id, step.action.point, step.action.events])
}

const told: readonly Told[] = [
  ['click', 3, { x: 31, y: 12, observation: 7 }],
  ['click', 12, { x: 121, y: 27, observation: 9 }],
  ['drag', 9, { x: 92, y: 11, toX: 20, toY: 60, toNode: 11, observation: 9 }],
]

test('without the modality `paths` a press on a control is one on its middle, and nothing counts how often was looked or told', () => {
  expect(stepsOf(told, ['actions', 'text', 'structure'])).toEqual([
    [0, [50, 20], []],
    [1, [121, 27], []],
    [1, [110, 20], []],
  ])
  expect(stepsOf(told, ['actions', 'text', 'structure', 'paths'])).toEqual([
    [7, [31, 12], [0]],
    [9, [121, 27], [1]],
    [9, [92, 11], [2]],
  ])
})
