import { expect, test, vi } from 'vitest'

import { changeBrief, changeKept } from './change.ts'
import { recall, recallBrief } from './memory.ts'

vi.hoisted(() => {
  const area = (): object => {
    const kept: Record<string, unknown> = {}
    const soon = (): Promise<void> => new Promise((done) => setTimeout(done, 1))
    return { get: async () => (await soon(), { ...kept }), set: async (change: object) => (await soon(), void Object.assign(kept, change)) }
  }
  Object.assign(globalThis, { chrome: { storage: { local: area(), session: area() } } })
})

test('what is to be erased, and tabs in which the person pressed Stop, are all remembered, however many are told at once', async () => {
  const spans = Array.from({ length: 20 }, (_, at) => ({ fromEpochMs: at, untilEpochMs: at + 1 }))
  await Promise.all([
    ...spans.map((span) => changeKept(({ toErase }) => ({ toErase: [...toErase, span] }))),
    ...spans.map(({ fromEpochMs: tab }) => changeBrief(({ stoppedTabs }) => ({ stoppedTabs: [...stoppedTabs, tab] }))),
  ])
  expect((await recall()).toErase).toEqual(spans)
  expect((await recallBrief()).stoppedTabs).toHaveLength(spans.length)
  await Promise.all([
    changeKept(({ toErase }) => ({ toErase: toErase.slice(1) })),
    changeKept(({ toErase }) => ({ toErase: [...toErase, { fromEpochMs: 90, untilEpochMs: 91 }] })),
  ])
  expect((await recall()).toErase).toHaveLength(spans.length)
})
