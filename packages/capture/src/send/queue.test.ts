import { expect, test } from 'vitest'

import type { Packed } from '../pack/batch.ts'
import type { Delivery, Transport } from './delivery.ts'
import { createQueue, type Queue } from './queue.ts'

function packed(id: string, size = 10): Packed {
  const batch = { id, count: 1, strings: ['x'.repeat(size)], observations: { sights: [], ids: [] } }
  return { batch, events: [], observations: [], raw: { events: [], observations: [] } } as unknown as Packed
}

interface Run {
  readonly queue: Queue
  readonly tried: string[]
  readonly sent: string[]
  readonly lost: string[]
  readonly stops: string[]
  readonly waits: number[]
}

function run(answers: readonly Delivery[], transport?: Transport): Run {
  const made = { tried: [] as string[], sent: [] as string[], lost: [] as string[], stops: [] as string[], waits: [] as number[] }
  let turn = 0
  const queue = createQueue(
    transport ?? {
      deliver: async (batch) => {
        made.tried.push(batch.id)
        return answers[turn++] ?? { kind: 'done' }
      },
    },
    {
      onSent: ({ batch }) => made.sent.push(batch.id),
      onLost: ({ batch }, reason) => made.lost.push(`${batch.id} ${reason}`),
      onStop: (reason) => {
        made.stops.push(reason)
        queue.clear()
      },
      onRetry: () => {},
      onMoved: () => {},
      random01: () => 1,
      wait: async (delayMs) => void made.waits.push(delayMs),
    },
  )
  return { queue, ...made }
}

const retry: Delivery = { kind: 'retry', reason: 'http.503', afterMs: null }

test('batches go one at a time, in order', async () => {
  const { queue, sent } = run([])
  queue.add(packed('a'))
  queue.add(packed('b'))
  await queue.idle()
  expect(sent).toEqual(['a', 'b'])
  expect(queue.length).toBe(0)
})

test('a batch that could not be taken is tried again, later each time, and no other overtakes it', async () => {
  const { queue, tried, waits, sent } = run([retry, retry])
  queue.add(packed('a'))
  queue.add(packed('b'))
  await queue.idle()
  expect(tried).toEqual(['a', 'a', 'a', 'b'])
  expect(waits).toEqual([500, 1_000])
  expect(sent).toEqual(['a', 'b'])
})

test('the server may ask for a longer wait', async () => {
  const { queue, waits } = run([{ kind: 'retry', reason: 'http.429', afterMs: 9_000 }])
  queue.add(packed('a'))
  await queue.idle()
  expect(waits).toEqual([9_000])
})

test('a refused batch is given up with its reason, and the next one goes', async () => {
  const { queue, lost, sent } = run([{ kind: 'refused', reason: 'http.413' }])
  queue.add(packed('a'))
  queue.add(packed('b'))
  await queue.idle()
  expect(lost).toEqual(['a http.413'])
  expect(sent).toEqual(['b'])
})

test('when the server takes nothing more, nothing more is tried', async () => {
  const { queue, tried, stops, sent } = run([{ kind: 'stop', reason: 'http.403' }])
  queue.add(packed('a'))
  queue.add(packed('b'))
  await queue.idle()
  expect([tried, stops, sent]).toEqual([['a'], ['http.403'], []])
})

test('a batch that the server keeps answering no to is not tried for ever', async () => {
  const { queue, lost } = run(Array.from({ length: 60 }, () => retry))
  queue.add(packed('a'))
  await queue.idle()
  expect(lost).toEqual(['a retries'])
})

test('a batch waits for the network as long as there is room', async () => {
  const { queue, lost, sent } = run(Array.from({ length: 500 }, () => ({ kind: 'retry', reason: 'network', afterMs: null }) as const))
  queue.add(packed('a'))
  await queue.idle()
  expect([lost, sent]).toEqual([[], ['a']])
})

test('when the page goes away all that waits is sent at once; what is not answered stays, and nothing is told twice', async () => {
  const answer: ((delivery: Delivery) => void)[] = []
  const { queue, sent, lost } = run([], { deliver: () => new Promise((resolve) => answer.push(resolve)) })
  for (const id of ['a', 'b', 'c']) queue.add(packed(id))
  queue.unload()
  expect(answer).toHaveLength(4)
  answer[2]?.({ kind: 'done' })
  answer[3]?.({ kind: 'retry', reason: 'network', afterMs: null })
  await Promise.resolve()
  await Promise.resolve()
  expect([sent, lost, queue.length]).toEqual([['b'], [], 2])
  answer[0]?.({ kind: 'done' })
  await new Promise((rest) => setTimeout(rest, 0))
  answer[1]?.({ kind: 'done' })
  answer[4]?.({ kind: 'done' })
  await queue.idle()
  expect([sent, lost, queue.length]).toEqual([['b', 'a', 'c'], [], 0])
})

test('what observations weigh counts against the room, not their texts alone', () => {
  const { queue, lost } = run([], { deliver: () => new Promise(() => {}) })
  const heavy = (id: string): Packed => {
    const one = packed(id)
    const observations = { sights: [[0]], ids: Array.from({ length: 30_000 }, (_, at) => at) }
    return { ...one, batch: { ...one.batch, observations } } as unknown as Packed // as: the parts that the queue looks at
  }
  for (const id of ['a', 'b', 'c']) queue.add(heavy(id))
  expect(lost).toEqual(['b queue.full'])
})

test('a full queue gives up its oldest batch and says so', () => {
  const { queue, lost } = run([], { deliver: () => new Promise(() => {}) })
  for (const id of ['a', 'b', 'c', 'd']) queue.add(packed(id, 3_000_000))
  expect(lost).toEqual(['b queue.full', 'c queue.full'])
})
