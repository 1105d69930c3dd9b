import type { DatasetSpec, SplitBy } from '@overt/schema'
import { expect, test } from 'vitest'

import type { Facts } from './facts.ts'
import { assign } from './split.ts'

function facts(count: number, of: (index: number) => Partial<Facts>): Facts[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `e${index}`,
    person: 'ada',
    session: `s${index}`,
    receipt: 'r',
    app: 'https://a.test',
    template: 't',
    startedAtEpochMs: Date.UTC(2026, 0, 1) + index * 86_400_000,
    outcome: 'success',
    steps: 1,
    content: `c${index}`,
    signatures: [index],
    ...of(index),
  }))
}

function specOf(by: SplitBy, seed = 1): DatasetSpec {
  return { name: 'x', purpose: 'ground', splits: { by, validation01: 0.2, test01: 0.2 }, seed }
}

function splitsOf(all: readonly Facts[], spec: DatasetSpec): Record<string, string> {
  return Object.fromEntries(assign(all, spec).split)
}

test('a person, template or app stands in one split only', () => {
  for (const by of ['person', 'template', 'app'] as const) {
    const all = facts(60, (index) => ({ [by]: `group-${index % 10}` }))
    const { split, problems } = assign(all, specOf(by))
    const where = Map.groupBy(all, (one) => one[by])
    for (const group of where.values()) expect(new Set(group.map(({ name }) => split.get(name))).size).toBe(1)
    expect([...split.values()].filter((into) => into === 'test')).toHaveLength(12)
    expect(problems).toEqual([])
  }
})

test('the same seed gives the same splits whatever the order and names, another seed others', () => {
  const all = facts(40, (index) => ({ person: `p${index}` }))
  const expected = splitsOf(all, specOf('person'))
  expect(splitsOf(all.toReversed(), specOf('person'))).toEqual(expected)
  const renamed = splitsOf(
    all.map((one) => ({ ...one, name: `other-${one.name}` })),
    specOf('person'),
  )
  expect(renamed).toEqual(Object.fromEntries(Object.entries(expected).map(([name, split]) => [`other-${name}`, split])))
  expect(splitsOf(all, specOf('person', 2))).not.toEqual(expected)
})

test('by time, what is held out comes after what is trained on', () => {
  const all = facts(70, () => ({}))
  const { split } = assign(all, specOf('time'))
  const latest = (into: string): number =>
    Math.max(...all.filter(({ name }) => split.get(name) === into).map((one) => one.startedAtEpochMs))
  const earliest = (into: string): number =>
    Math.min(...all.filter(({ name }) => split.get(name) === into).map((one) => one.startedAtEpochMs))
  expect(latest('train')).toBeLessThan(earliest('validation'))
  expect(latest('validation')).toBeLessThan(earliest('test'))
})

test('one person alone cannot be split by person: no task of theirs is held out whole, and the fall-back is told', () => {
  const all = facts(40, (index) => ({ template: `t${index % 8}` }))
  const { by, problems, split } = assign(all, specOf('person'))
  expect(by).toBe('episode')
  expect(new Set(all.filter(({ name }) => split.get(name) === 'train').map(({ template }) => template)).size).toBe(8)
  expect(problems).toMatchObject([{ code: 'OVT-1352', level: 'warning' }])
})

test('episodes that share a goal and screen stay together', () => {
  const all = facts(40, (index) => ({ signatures: [index >> 1] }))
  const { split, leaking } = assign(all, specOf('episode'))
  for (let pair = 0; pair < 40; pair += 2) expect(split.get(`e${pair}`)).toBe(split.get(`e${pair + 1}`))
  expect(leaking).toBe(0)
})

test('held-out episodes that would leak are left out and counted, those of train stay', () => {
  const all = facts(40, (index) => ({ person: `p${index % 10}`, signatures: [7] }))
  const { split, leaking } = assign(all, specOf('person'))
  expect(new Set(split.values())).toEqual(new Set(['train']))
  expect(leaking).toBe(16)
})

test('by episode, no template is held out whole while another could be', () => {
  const all = facts(32, (index) => ({ template: `t${index % 8}` }))
  const { split } = assign(all, { ...specOf('episode'), splits: { by: 'episode', validation01: 0.25, test01: 0.25 } })
  for (const [, group] of Map.groupBy(all, ({ template }) => template))
    expect(group.some(({ name }) => split.get(name) === 'train')).toBe(true)
})

test('nothing is held out where nothing was asked for', () => {
  const spec: DatasetSpec = { ...specOf('person'), splits: { by: 'person', validation01: 0, test01: 0 } }
  expect(
    new Set(
      assign(
        facts(5, () => ({})),
        spec,
      ).split.values(),
    ),
  ).toEqual(new Set(['train']))
})
