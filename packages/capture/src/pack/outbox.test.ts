import { createPlaceholderMap, decide, redactionVersion, redactText, redactUrl } from '@overt/privacy'
import type { Batch } from '@overt/schema'
import { decodeColumns } from '@overt/schema/words'
import { expect, test } from 'vitest'

import { createBoundary } from '../observe/boundary.ts'
import { papersFor } from '../../trial.ts'
import { createCounters } from './counters.ts'
import { createOutbox } from './outbox.ts'
import { createRoll } from './roll.ts'
import { createTaint } from './taint.ts'

const origin = 'http://127.0.0.1:8080'

test('what cannot be packed is told as a gap with its number of events, and the rest is sent with all that was counted', async () => {
  const { receipt, manifest, keys } = await papersFor(origin)
  const allowed = await decide(receipt, manifest, 'ground', Date.now(), { keys })
  if (!allowed.ok) throw new Error(allowed.reason)
  const sent: Batch[] = []
  const counters = createCounters()
  let href = `${origin}/`
  const roll = createRoll(() => ({ href, mode: 'task', episode: 0 }), Date.now)
  const outbox = createOutbox(allowed.value, {
    roll,
    transport: { deliver: (batch) => Promise.resolve((sent.push(batch), { kind: 'done' })) },
    sender: { device: 'd', session: 's', producer: 'p' },
    counters,
    boundary: createBoundary((reason) => counters.count(reason)),
    flushMs: 60_000,
    redactor: { createPlaceholderMap, redactionVersion, redactText, redactUrl },
    taint: createTaint(),
    veil: (observation) => observation,
    onSent: () => {},
    onStop: () => {},
    onChange: () => {},
  })
  roll.put({ kind: 'submit', cause: 'pointer' }, null)
  roll.cut()
  const title = { trim: null } as unknown as string // as: what a page may have put there
  roll.put({ kind: 'navigate', url: `${origin}/two`, title, cause: 'link' }, null)
  roll.put({ kind: 'submit', cause: 'keyboard' }, null)
  counters.count('key.repeat')
  roll.cut()
  href = `${origin}/three`
  roll.put({ kind: 'submit', cause: 'program' }, null)
  await outbox.flush()
  const events = sent.flatMap((batch) => decodeColumns(batch).events)
  expect(events.map((event) => [event.seq, event.kind])).toEqual([
    [0, 'submit'],
    [3, 'submit'],
    [4, 'gap'],
  ])
  expect(events.at(-1)).toMatchObject({ reason: 'unpacked', count: 2 })
  expect(Object.assign({}, ...sent.map((batch) => batch.counters))).toEqual({ 'key.repeat': 1, 'lost.unpacked': 2 })
  expect([outbox.lost, outbox.queued]).toEqual([2, 0])
})
