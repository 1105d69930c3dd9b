import { expect, test } from 'vitest'
import type { Observation } from '@overt/schema'

import { takeoverOf } from './takeover.ts'

const box: [number, number, number, number] = [1, 2, 3, 4]
const node = {
  id: 7,
  parent: -1,
  tag: 'input',
  inputType: 'text',
  role: 'textbox',
  name: 'To',
  value: '',
  states: [],
  box,
  options: [],
  look: '',
  keys: '',
}
const observation: Observation = {
  id: 0,
  url: 'https://a.test/',
  title: '',
  viewport: { width: 9, height: 9, scrollX: 0, scrollY: 0, pixelRatio: 1 },
  status: 'fresh',
  nodes: [node],
}

test('a takeover names the first five candidates by what the recorder can find again, with the words that placeholders stand for', () => {
  const typed = { action: { kind: 'type' as const, node: 7, argument: '[EMAIL_1]' }, p01: 0.5 }
  const key = { action: { kind: 'key' as const, node: -1, argument: 'Enter' }, p01: 0.1 }
  const taken = takeoverOf('hash', 'touch', { observation, ranked: [typed, key, key, key, key, key] }, () => 'gus@example.org')
  expect(taken).toMatchObject({ why: 'touch', model: 'hash' })
  expect(taken.candidates).toHaveLength(5)
  expect(taken.candidates[0]).toEqual({ kind: 'type', argument: 'gus@example.org', p01: 0.5, element: { role: 'textbox', box } })
  expect(taken.candidates[1]?.element).toBeNull()
})

test('between an act and the next look there is nothing that the agent would have done', () => {
  expect(takeoverOf('hash', 'button', null, (text) => text).candidates).toEqual([])
})
