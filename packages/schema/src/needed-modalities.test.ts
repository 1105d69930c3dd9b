import { expect, test } from 'vitest'

import type { Event } from './event.ts'
import type { Observation, ObservationNode } from './observation.ts'
import { neededModalities } from './needed-modalities.ts'

const base = { seq: 0, gap: 0, observation: 0, node: 2 }
const task = { kind: 'task', ...base, phase: 'start', goal: '', template: 'own/mail', seed: 'a', outcome: 'unknown', by: 'none' } as const
const text = { kind: 'text', ...base, before: '', after: '', cause: 'typed', secret: true } as const

function seen(...nodes: readonly Partial<ObservationNode>[]): Observation {
  const empty = { parent: -1, tag: 'b', inputType: '', role: 'button', name: 'Go', value: '', states: [], options: [], look: '', keys: '' }
  return {
    id: 0,
    url: 'https://a.test/',
    title: '',
    viewport: { width: 1, height: 1, scrollX: 0, scrollY: 0, pixelRatio: 1 },
    status: 'fresh',
    nodes: nodes.map((node, place) => ({ ...empty, id: 2 + place, box: [0, 0, 1, 1], ...node })),
  }
}

const needs = (events: readonly Event[], observations: readonly Observation[] = []) => [...neededModalities(events, observations)].sort()

test('what a person wrote or read needs the modality text, wherever in an event it stands', () => {
  const told: readonly Event[] = [
    { ...text, after: 'a' },
    { ...text, before: 'a' },
    { kind: 'select', ...base, before: '', after: 'a', cause: 'pointer' },
    { kind: 'value', ...base, before: '5', after: '', cause: 'pointer' },
    { kind: 'clipboard', ...base, operation: 'copy', content: 'a', sizeClass: 1 },
    { kind: 'navigate', ...base, url: 'https://a.test/', title: 'a', cause: 'link' },
    { ...task, goal: 'Refund it' },
  ]
  for (const event of told) expect(needs([event]), event.kind).toEqual(['actions', 'text'])
})

test('the same events without their texts need actions alone, and nothing needs nothing', () => {
  expect(needs([text, task, { kind: 'navigate', ...base, url: 'https://a.test/', title: '', cause: 'link' }])).toEqual(['actions'])
  expect(needs([])).toEqual([])
})

test('the row acted on comes with the action; any other row, or its place in the page, is structure', () => {
  expect(needs([text], [seen({})])).toEqual(['actions'])
  expect(needs([text], [seen({}, {})])).toEqual(['actions', 'structure'])
  expect(needs([text], [seen({ parent: 0 })])).toEqual(['actions', 'structure'])
  expect(needs([{ kind: 'drag', ...base, toNode: 3, x: 0, y: 0, toX: 1, toY: 1, modifiers: '' }], [seen({}, {})])).toEqual(['actions'])
})

test('texts, values and titles in an observation are text', () => {
  for (const row of [{ role: 'text', name: 'Dear Ada' }, { value: '12.50' }])
    expect(needs([text], [seen(row)])).toEqual(['actions', 'text'])
  expect(needs([text], [{ ...seen({}), title: 'Orders' }])).toEqual(['actions', 'text'])
})
