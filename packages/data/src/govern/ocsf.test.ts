import type { LedgerEntry } from '@overt/schema'
import { array, assert, constantFrom, integer, nat, property, record } from 'fast-check'
import { expect, test } from 'vitest'

import { ocsfEvents } from './ocsf.ts'

const hourMs = 3_600_000
const entry = (index: number, kind: string, body: object = {}, who: string | null = null, atEpochMs = index): LedgerEntry => ({
  v: 2,
  index,
  atEpochMs,
  kind,
  who,
  body: { ...body },
})

test('receipts, pauses, withdrawals, devices, segments, erasures, a person’s own looks, and whom an entry is about never reach a SIEM', () => {
  const kinds = constantFrom(
    'receipt',
    'withdrawal',
    'device',
    'segment',
    'stored',
    'erasure',
    'pause',
    'read',
    'export',
    'manifest',
    'x-new',
  )
  const readers = constantFrom('person', 'dataset build', 'auditor')
  const one = record({ kind: kinds, reader: readers, at: nat(10 * hourMs), who: constantFrom(null, 'secret-name') })
  assert(
    property(array(one, { maxLength: 60 }), (drafts) => {
      const entries = drafts.map(({ kind, reader, at, who }, index) =>
        entry(
          index,
          kind,
          { reader, what: 'batches', why: 'ground', session: 'secret-session', status: 'given', ended: ['secret-receipt'] },
          who,
          at,
        ),
      )
      const text = JSON.stringify(ocsfEvents(entries, 'overt/x', 100 * hourMs).events)
      expect(text).not.toMatch(/secret|receipt|withdraw|device|segment|stored|erasure|pause|x-new|"person"|status/)
    }),
  )
})

test('reads are told a quarter of an hour at a time, and counted from ten on: fewer would tell how many take part', () => {
  assert(
    property(integer({ min: 1, max: 30 }), (count) => {
      const reads = Array.from({ length: count }, (_, index) =>
        entry(index, 'read', { reader: 'dataset build', what: 'batches', why: 'ground' }, `w${index}`, 5_000 + index),
      )
      const { events } = ocsfEvents(reads, 'overt/x', hourMs)
      expect(events).toHaveLength(1)
      expect(events[0]).toMatchObject({
        class_uid: 6003,
        activity_id: 2,
        type_uid: 600_302,
        time: 0,
        actor: { user: { name: 'dataset build' } },
      })
      expect(events[0]?.count).toBe(count < 10 ? undefined : count)
    }),
  )
})

test('what is younger than its quarter of an hour waits, and nothing is told twice or left out between two exports', () => {
  assert(
    property(array(integer({ min: 0, max: 30 * 60_000 }), { maxLength: 40 }), integer({ min: 0, max: 4 }), (gaps, quarters) => {
      let atEpochMs = 0
      const all = gaps.map((gap, index) => entry(index, 'manifest', { id: 'm', version: index }, null, (atEpochMs += gap)))
      const first = ocsfEvents(all, 'overt/x', quarters * hourMs)
      const rest = ocsfEvents(all.slice(first.next), 'overt/x', 1_000 * hourMs)
      expect([...first.events, ...rest.events].map(({ unmapped }) => unmapped['version'])).toEqual(all.map(({ index }) => index))
      expect(first.events.every(({ time }) => time < quarters * hourMs)).toBe(true)
    }),
  )
})

test('an event has what OCSF requires of API Activity', () => {
  const [event] = ocsfEvents([entry(7, 'export', { of: 'a', hash: 'b', format: 'hf' })], 'overt/x', hourMs).events
  expect(event).toEqual({
    category_uid: 6,
    class_uid: 6003,
    activity_id: 2,
    type_uid: 600_302,
    severity_id: 1,
    time: 7,
    metadata: { version: '1.6.0', uid: 'overt/x/7', log_name: 'overt/x', product: { vendor_name: 'Overt', name: 'Overt' } },
    actor: { user: { name: 'operator' } },
    api: { operation: 'export' },
    src_endpoint: { name: 'overt/x' },
    message: 'export by operator',
    unmapped: { of: 'a', hash: 'b', format: 'hf' },
  })
})
