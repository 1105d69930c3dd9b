import type { Event, Observation, ObservationNode } from '@overt/schema'
import { createPlaceholderMap, redactionVersion, redactText, redactUrl } from '@overt/privacy'
import { neededModalities } from '@overt/schema/words'
import { expect, test } from 'vitest'

import { unfinishedIn } from '../observe/unfinished.ts'
import { createJudge } from '../picture/judge.ts'
import { maskEvent, maskObservation } from './lens.ts'
import { createMasks } from './masks.ts'
import { createMask } from './redactor.ts'
import { createRoll } from './roll.ts'
import { createVeils } from './veil.ts'

const redactor = { createPlaceholderMap, redactionVersion, redactText, redactUrl }
const node = (id: number, change: Partial<ObservationNode>): ObservationNode => ({
  id,
  parent: -1,
  tag: 'p',
  inputType: '',
  role: 'text',
  name: '',
  value: '',
  states: [],
  box: [0, 0, 1, 1],
  options: [],
  look: '',
  keys: '',
  ...change,
})
const observation = (id: number, nodes: ObservationNode[] = []): Observation => ({
  id,
  url: 'https://office.example/orders?mail=gus@example.org',
  title: 'gus@example.org',
  viewport: { width: 1, height: 1, scrollX: 0, scrollY: 0, pixelRatio: 1 },
  status: 'fresh',
  nodes,
})

test('events are numbered without a hole, and an observation is kept once', () => {
  const roll = createRoll(
    () => ({ href: 'https://a.example/', mode: 'ambient', episode: 0 }),
    () => 0,
  )
  const seen = observation(3)
  roll.put({ kind: 'submit', cause: 'pointer' }, { observation: seen, node: 1 })
  roll.put({ kind: 'submit', cause: 'pointer' }, { observation: seen, node: 2 })
  roll.cut()
  roll.put({ kind: 'submit', cause: 'pointer' }, { observation: observation(4), node: -1 })
  const strips = roll.take()
  expect(strips.map((strip) => strip.events.map(({ seq, observation, node }) => [seq, observation, node]))).toEqual([
    [
      [0, 3, 1],
      [1, 3, 2],
    ],
    [[2, 4, -1]],
  ])
  expect(strips.map((strip) => strip.observations.map(({ id }) => id))).toEqual([[3], [4]])
  expect(roll.waiting).toBe(0)
})

test('a goal, a page and a typed text share their placeholders', () => {
  const mask = createMask(redactor)
  const goal = maskEvent(
    { kind: 'task', phase: 'start', goal: 'Write to gus@example.org', template: '', seed: '', outcome: 'unknown', by: 'none' } as Event,
    { nodes: [], deleted: [] },
    () => true,
    mask,
  )
  expect(goal).toMatchObject({ goal: 'Write to [EMAIL_1]' })
  const page = maskObservation(observation(0, [node(1, { name: 'Mail from GUS@example.org' })]), new Set(), () => true, mask)
  expect(page.nodes[0]?.name).toBe('Mail from [EMAIL_1]')
  expect([page.url, page.title]).toEqual(['https://office.example/orders', '[EMAIL_1]'])
})

test('what is typed beside a label that it would read on from keeps the placeholder that it has in the goal', () => {
  const mask = createMask(redactor)
  const label = node(1, { name: 'E-mail', box: [0, 0, 40, 20] })
  const field = node(2, { tag: 'input', role: 'textbox', name: 'E-mail', box: [41, 0, 90, 20] })
  const told = (event: object): Event => maskEvent(event as Event, { nodes: [label, field], deleted: [] }, () => true, mask) // as: the fields that the lens looks at
  expect(told({ kind: 'task', node: -1, goal: 'Log in as gus@example.org' })).toMatchObject({ goal: 'Log in as [EMAIL_1]' })
  const typed = { kind: 'text', node: 2, observation: 0, before: '', after: 'gus@example.org', cause: 'typed', secret: false }
  expect(told(typed)).toMatchObject({ before: '', after: '[EMAIL_1]' })
})

test('a text that was judged before a secret became known is judged again', () => {
  const mask = createMask(redactor)
  const key = 'ghp_16C7e42F292c6912E7710c838347Ae178B4a'
  const half = `part ${key.slice(0, 39)}`
  mask.text(half, '')
  mask.text(key, '')
  expect(mask.text(`again ${key}`, '')).not.toContain(key)
})

test('a row that says what it said is masked once, wherever it stands by then', () => {
  const mask = createMask(redactor)
  const masked = (nodes: ObservationNode[]): readonly ObservationNode[] =>
    maskObservation(observation(0, nodes), new Set(), () => true, mask).nodes
  const rows = ['gus@example.org', 'Ada', 'ada@example.org'].map((name, id) => node(id, { name, box: [0, id, 1, 1] }))
  const before = masked(rows)
  const [first, second, last] = rows.map((row) => ({ ...row, parent: 0 }))
  if (first === undefined || second === undefined || last === undefined) throw new TypeError('no rows')
  expect(masked([...rows].reverse())).toEqual([...before].reverse())
  expect(masked(rows)[0]).toBe(before[0])
  const [, moved, changed] = masked([last, first, { ...second, name: 'eve@example.org' }])
  expect([moved, changed?.name]).toEqual([{ ...before[0], parent: 0 }, '[EMAIL_3]'])
})

test('rows that were masked before a secret became known are masked again, from the next row on', () => {
  const mask = createMask(redactor)
  const masked = (nodes: ObservationNode[]): string =>
    maskObservation(observation(0, nodes), new Set(), () => true, mask)
      .nodes.map(({ name }) => name)
      .join()
  const repeat = node(1, { name: 'Was it blue-horse-7 or not', box: [0, 0, 1, 1] })
  const secret = node(2, { name: 'Password: blue-horse-7', box: [0, 9, 1, 1] })
  expect(masked([repeat])).toContain('blue-horse')
  expect(masked([repeat, secret])).toMatch(/blue-horse.*,Password: \[SECRET_1\]/)
  expect(masked([repeat, secret])).not.toContain('blue-horse')
  const other = createMask(redactor)
  const again = [secret, repeat].map((row) => ({ ...row, id: row.id + 2 }))
  maskObservation(observation(0, [repeat]), new Set(), () => true, other)
  expect(JSON.stringify(maskObservation(observation(1, [secret, repeat, ...again]), new Set(), () => true, other))).not.toContain(
    'blue-horse',
  )
})

test('without text neither values nor plain texts are left, names of controls are', () => {
  const mask = createMask(redactor)
  const nodes = [node(1, { name: 'A letter' }), node(2, { role: 'textbox', name: 'Subject', value: 'Hello' })]
  const left = maskObservation(observation(0, nodes), new Set([2]), (modality) => modality !== 'text', mask)
  expect(left.nodes.map(({ name, value }) => [name, value])).toEqual([
    ['', ''],
    ['Subject', ''],
  ])
})

test('a redactor that does not come in time, or not at all, masks everything', async () => {
  let missing = 0
  const never = createMasks(
    new Promise(() => {}),
    async () => {},
    () => (missing += 1),
  )
  expect(never.of(0)).toBeNull()
  await never.opened
  expect(never.of(0)?.text('Ada Lovelace', '')).toBe('[OTHER_1]')
  const broken = createMasks(
    Promise.reject(new Error('404')),
    () => new Promise(() => {}),
    () => (missing += 1),
  )
  await broken.opened
  expect(broken.of(0)?.url('https://a.example/ada?x=1')).toBe('https://a.example')
  expect(missing).toBe(2)
})

test('what leaves under the modality actions alone needs no other', () => {
  const mask = createMask(redactor)
  const text = { before: 'old', after: 'new', cause: 'typed', secret: false, node: 1 }
  const told = [
    { kind: 'text', ...text },
    { kind: 'select', ...text },
    { kind: 'value', ...text },
    { kind: 'clipboard', operation: 'cut', content: 'new', sizeClass: 1, node: 1 },
    { kind: 'navigate', url: 'https://a.example/', title: 'Orders', cause: 'link', node: -1 },
    { kind: 'task', goal: 'Write new', template: '', seed: '', node: -1 },
  ] as unknown as Event[] // as: the fields that the lens looks at
  const only = (modality: string): boolean => modality === 'actions'
  const nodes = [node(1, { role: 'textbox', name: 'Note', value: 'new', parent: 1 }), node(2, { name: 'Dear Ada' })]
  const events = told.map((event) => maskEvent(event, { nodes, deleted: [] }, only, mask))
  const seen = maskObservation(observation(0, nodes), new Set([1, -1]), only, mask)
  expect([...neededModalities(events, [seen])]).toEqual(['actions'])
  expect([...neededModalities(told, [observation(0, nodes)])].sort()).toEqual(['actions', 'structure', 'text'])
})

test('an observation that came too late hides what was half typed when it was seen, though the field was written meanwhile', () => {
  const veils = createVeils(() => 1, unfinishedIn)
  const field = { nodeType: 1 } as Node // as: only its identity counts
  const nodes = [node(1, { tag: 'input', value: '5500 0000' }), node(2, { name: 'Search for 5500 0000' })]
  veils.note(observation(0, nodes), [{ field, shown: '', text: '5500 0000' }])
  veils.lift(field, '5500 0000 0000 0004')
  const late: Observation = { ...observation(1, nodes), status: 'stale' }
  veils.note(late, [])
  expect(JSON.stringify(veils.veil(late))).not.toContain('5500')
})

test('a number that is broken over lines is one number', () => {
  const typed = (text: string): string => createMask(redactor).typed(text, '')
  for (const text of ['5500\n0000\n0000\n0004', 'x 5500 0000\n0000 0004 y']) expect(typed(text)).toMatch(/^\[SECRET_\d\]$/)
  expect(typed('5500 0000 0000 0004\nand\n12 more')).toBe('[CARD_1]\nand\n12 more')
})

test('however many secrets are known, a text from before the newest is masked anew', () => {
  const mask = createMask(redactor)
  const judge = createJudge(redactor, () => mapOf)
  const mapOf = createPlaceholderMap()
  for (let count = 0; count < 300; count += 1) {
    const [shown, secret] = [`Say Kestrel-${count}-zq now`, `Kestrel-${count}-zq`]
    expect([mask.text(shown, ''), judge(shown, '')]).toEqual([shown, []])
    mask.whole(secret)
    mapOf.taint(secret)
    expect([mask.text(shown, ''), judge(shown, '').length]).toEqual([expect.not.stringContaining('Kestrel'), 1])
  }
})
