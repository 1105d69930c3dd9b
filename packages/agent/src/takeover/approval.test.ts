import { expect, test } from 'vitest'
import type { ObservationNode } from '@overt/schema'

import { mustAsk, riskOf } from './approval.ts'

const button: ObservationNode = {
  id: 1,
  parent: -1,
  tag: 'button',
  inputType: '',
  role: 'button',
  name: 'Refund',
  value: '',
  states: [],
  box: [0, 0, 9, 9],
  options: [],
  look: '',
  keys: '',
}

test('pressing what commits something is risky, however sure the model is', () => {
  expect(riskOf('click', button, '', 0.99)).toBe('irreversible')
  expect(riskOf('click', { ...button, name: 'Save changes' }, '', 0.99)).toBe('irreversible')
  expect(riskOf('key', undefined, 'Control+Enter', 0.99)).toBe('irreversible')
})

test('an act that can be undone is risky where the model is unsure', () => {
  expect(riskOf('click', { ...button, name: 'Next month' }, '', 0.99)).toBeNull()
  expect(riskOf('type', { ...button, role: 'textbox' }, 'Kiel', 0.3)).toBe('unsure')
})

test('a person is asked each time, where it is risky, or never', () => {
  expect([mustAsk('each', null), mustAsk('risky', null), mustAsk('risky', 'unsure'), mustAsk('never', 'irreversible')]).toEqual([
    true,
    false,
    true,
    false,
  ])
})
