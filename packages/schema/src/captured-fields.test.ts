import { expect, test } from 'vitest'

import { capturedFields, recordedFields } from './captured-fields.ts'
import { eventSchemas } from './event.ts'
import { Observation, ObservationNode } from './observation.ts'

test('the fields of recorders are those of the schemas, so that a new one is a new line here', () => {
  const base = ['kind', 'seq', 'gap', 'observation', 'node']
  const events = [...eventSchemas()].flatMap(([kind, { properties }]) =>
    Object.keys(properties).flatMap((field) => (base.includes(field) ? [] : [`${kind}.${field}`])),
  )
  const page = Object.keys(Observation.properties).flatMap((field) => (field === 'nodes' ? [] : [`page.${field}`]))
  const node = Object.keys(ObservationNode.properties).map((field) => `node.${field}`)
  expect(recordedFields().toSorted()).toEqual([...events, ...page, ...node].toSorted())
})

test('a batch holds the fields of its columns, and nothing where it has no rows', () => {
  expect([...capturedFields({ events: [], observations: [] })]).toEqual([])
  const click = { kind: 'click', n: 1, columns: { gap: [0], node: [1], x: [3], pressure: [1] } }
  expect([...capturedFields({ events: [click], observations: [] })]).toEqual(['click.x', 'click.pressure'])
})
