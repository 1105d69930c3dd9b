import type { Overseer } from '@overt/agent'
import type { DemoCommand, DemoEvent } from '@overt/schema'
import { expect, test } from 'vitest'

import { firstOf, personOverseer } from './overseer.ts'
import type { Walk } from './walk.ts'

/** A walk of which only the buttons and what the page is told are real. */
function stage(): {
  readonly walk: Walk
  readonly told: DemoEvent[]
  press(kind: DemoCommand['kind']): void
  readonly listeners: Set<unknown>
} {
  const listeners = new Set<(command: DemoCommand) => void>()
  const told: DemoEvent[] = []
  const feed = {
    publish: (event: DemoEvent) => void told.push(event),
    onCommand: (listen: (command: DemoCommand) => void) => (listeners.add(listen), () => void listeners.delete(listen)),
  }
  const walk = { server: { feed }, terminal: { signal: new AbortController().signal } } as unknown as Walk // as: an overseer looks at nothing else
  return { walk, told, listeners, press: (kind) => [...listeners].forEach((listen) => listen({ kind })) }
}

type Watched = Parameters<Overseer['watch']>
const proposal: Watched[0] = { kind: 'click', role: 'button', name: 'Save', argument: '', p01: 0.9, risk: null }
const page = {} as Watched[2] // as: a person's overseer leaves the page to the person

function lease(holder: 'agent' | 'person'): Watched[1] {
  return { holder, takeovers: 0, takeOver: () => {}, handBack: () => {}, granted: async () => {} }
}

test('a person is shown what the agent would do, and takes over or leaves it out by a button', async () => {
  const { walk, told, press, listeners } = stage()
  for (const [button, answer] of [['take-over', 'take-over'] as const, ['skip', 'stop'] as const]) {
    const watched = personOverseer(walk).watch(proposal, lease('agent'), page)
    press(button)
    expect(await watched).toBe(answer)
  }
  expect(told[0]).toEqual({ kind: 'correction', phase: 'watching', next: { kind: 'click', name: 'Save', argument: '' } })
  expect(listeners.size).toBe(0)
})

test('a touch needs no button', async () => {
  expect(await personOverseer(stage().walk).watch(proposal, lease('person'), page)).toBe('approve')
})

test('the page is handed back by a button, or when it says that the task is done', async () => {
  const { walk, press } = stage()
  const never = () => Promise.resolve(false)
  const working = personOverseer(walk).work(page, never)
  press('hand-back')
  await working
  await personOverseer(walk).work(page, () => Promise.resolve(true))
})

test('nobody is waited for without end', async () => {
  const { walk, listeners } = stage()
  expect(await firstOf(walk, { skip: true }, 1)).toBeNull()
  expect(listeners.size).toBe(0)
})
