import { createPlaceholderMap, redactText } from '@overt/privacy'
import type { Batch, Event, Observation, ObservationNode } from '@overt/schema'
import { decodeColumns, encodeColumns } from '@overt/schema/words'
import { expect, test } from 'vitest'

import { shapeBatch } from './decode.ts'
import { madeBatch } from './fixture.ts'
import { redactColumns } from './redact-columns.ts'
import { scanBatch } from './scan.ts'

const [like] = decodeColumns(madeBatch()).observations

/** A batch whose rows have these names, and which tells that these texts were written. */
function batchOf(names: readonly string[], written: readonly string[] = []): Batch {
  if (like === undefined) throw new Error('the fixture has no observation')
  const nodes = names.map((name, at): ObservationNode => ({ ...row, id: at + 1, name }))
  const events = written.map((after, seq) => ({
    kind: 'text',
    seq,
    gap: 0,
    observation: -1,
    node: -1,
    cause: 'pointer',
    before: '',
    after,
    secret: false,
  }))
  return { ...madeBatch(), ...encodeColumns(events as Event[], [{ ...like, nodes }]) } // as: in the schema's own form
}

const row: ObservationNode = { ...(like?.nodes[0] as ObservationNode), parent: -1, tag: 'span', role: 'text', value: '', options: [] } // as: the fixture has one

function clean(batch: Batch, map = createPlaceholderMap()): ReturnType<typeof redactColumns> {
  const shaped = shapeBatch(batch)
  if (!shaped.ok) throw new Error(shaped.explain)
  const scan = scanBatch(shaped.value.batch, shaped.value.told)
  if (scan === undefined) throw new Error('the columns left it to the rows')
  return redactColumns(shaped.value.batch, scan, map)
}

const namesIn = (batch: Batch | undefined): readonly string[] =>
  batch === undefined ? [] : decodeColumns(batch).observations.flatMap(({ nodes }) => nodes.map(({ name }) => name))

test('of what many rows and events tell each text is masked, and counted once', () => {
  const masked = clean(batchOf(['Orders', 'Sofie Marsh', 'Sofie Marsh'], ['ada@example.com', 'Ask Sofie Marsh', 'nothing']))
  expect(masked?.changed).toBe(3)
  expect(namesIn(masked?.batch)).toEqual(['Orders', '[PERSON_1]', '[PERSON_1]'])
  expect(masked && decodeColumns(masked.batch).events.map((event) => Reflect.get(event, 'after'))).toEqual([
    '[EMAIL_1]',
    'Ask [PERSON_1]',
    'nothing',
  ])
})

test('a secret field and one that is none keep their own, whatever their names, types and roles', () => {
  const node = (id: number, value: string, more: Partial<ObservationNode>): ObservationNode => ({
    ...row,
    role: 'textbox',
    ...more,
    id,
    value,
  })
  const bySecret = [
    node(1, 'winter', { name: 'searchbox', states: ['secret'] }),
    node(2, 'summer', { name: 'searchbox', role: 'searchbox' }),
  ]
  const byLabel = [node(1, 'winter', { name: 'PIN', inputType: 'email' }), node(2, 'summer', { name: 'email', inputType: 'PIN' })]
  for (const nodes of [bySecret, bySecret.toReversed(), byLabel, byLabel.toReversed()]) {
    const masked = clean({ ...madeBatch(), ...encodeColumns([], [{ ...(like as Observation), nodes }]) }) // as: the fixture has one
    const kept = masked && decodeColumns(masked.batch).observations.flatMap((one) => one.nodes.map(({ value }) => value))
    expect(kept?.toSorted()).toEqual(['', 'summer'])
  }
})

test('a batch of more texts than fields can be counted by is left to the rows', () => {
  const batch = batchOf(['Orders'])
  const shaped = shapeBatch(batch)
  const scan = shaped.ok ? scanBatch(batch, shaped.value.told) : undefined
  if (scan === undefined) throw new Error('the columns left it to the rows')
  expect(redactColumns(batch, scan)).toBeDefined()
  expect(redactColumns({ ...batch, strings: Array.from({ length: 100_001 }, () => '') }, scan)).toBeUndefined()
})

test('somebody found here is nobody that the device found', () => {
  expect(namesIn(clean(batchOf(['Sofie Marsh', 'Ask [PERSON_1]']))?.batch)).toEqual(['[PERSON_2]', 'Ask [PERSON_1]'])
  expect(clean(batchOf(['Sofie Marsh'], ['Ask [PERSON_3]', 'x']))?.batch.strings).toContain('[PERSON_4]')
})

test.each(['Aiko Marsh', 'Juve Stabia', 'Karlovy Vary', 'Jacoline Schilder', 'Order 12', 'Visual Studio'])(
  'what a field shows and what stands beside it are one text, judged once: %s',
  (text) => {
    const field = { ...row, id: 1, role: 'combobox', name: 'Assigned', value: text }
    const nodes = [field, { ...row, id: 2, name: text }]
    expect(clean({ ...madeBatch(), ...encodeColumns([], [{ ...(like as Observation), nodes }]) })).toBeDefined() // as: the fixture has one
  },
)

test('what only rows can tell is left to them: a secret, a text that grew too long to stand once for all', () => {
  expect(clean(batchOf(['my password is hunter2x']))).toBeUndefined()
  expect(clean(batchOf(['4539148803436467']))).toBeUndefined()
  const short = 'a@b.io, a@c.io, a@d.io, a@e.io, a@f.io, a@g.io, a@h.io, a@i.io'
  expect(short.length).toBeLessThanOrEqual(64)
  expect(clean(batchOf([], [short, short]))).toBeUndefined()
})

test('what an operator’s model could not judge is masked whole, were it a few digits', () => {
  const also = (): never => {
    throw new RangeError('not judged')
  }
  const masked = clean(batchOf(['6114', 'Orders']), { ...createPlaceholderMap(), also })
  const whole: unknown = expect.stringMatching(/^\[OTHER_\d\]$/)
  expect(namesIn(masked?.batch)).toEqual([whole, whole])
})

test('nothing changes in a batch that has nothing to mask: it is the very one', () => {
  const batch = batchOf(['Orders', '[PERSON_1]', '6114'], ['late again'])
  expect(clean(batch)).toEqual({ batch, changed: 0 })
})

test('a few digits alone, and a placeholder alone, are what redaction leaves as they are', () => {
  const map = createPlaceholderMap()
  for (let number = 0; number < 10_000; number += 1)
    for (const text of new Set([String(number), String(number).padStart(4, '0')])) expect(redactText(text, { map }).text).toBe(text)
  for (const text of ['[PERSON_1]', '[SECRET_12]', '[NATIONAL_ID_3]', '[CARD_999999]']) expect(redactText(text, { map }).text).toBe(text)
})
