import type { Finding } from '@overt/privacy/ledger'

import { openHouse, type House } from './operator-house.fixture.ts'
import { openPerson, openWitness, type Person } from './operator-person.fixture.ts'

/** What honest sessions did, and what was found: nothing should be. */
export interface Honest {
  readonly sessions: number
  readonly checks: number
  readonly alarms: readonly Finding[]
  readonly refusals: readonly string[]
  /** How often each thing happened. */
  readonly acts: Readonly<Record<string, number>>
}

const minuteMs = 60_000
const sessionsOfOne = 50

interface Day {
  readonly house: House
  readonly ada: Person
  readonly bob: Person
  readonly session: string
}

/** What happens in an honest session beside its work, and how often. */
const acts: Readonly<Record<string, { readonly share01: number; readonly act: (day: Day) => Promise<unknown> }>> = {
  look: { share01: 0.5, act: ({ ada }) => ada.look() },
  'another person works': { share01: 0.6, act: ({ bob }) => bob.send() },
  'an answer is lost, and the batch sent again': {
    share01: 0.3,
    act: async ({ house, ada, session }) => {
      await ada.send({ lost: true, batch: { session } })
      house.clock.nowEpochMs += minuteMs
      await ada.retry()
    },
  },
  'the server is away for a minute': {
    share01: 0.15,
    act: async ({ house, ada, session }) => {
      house.front = () => Promise.reject(new Error('away'))
      await ada.send({ lost: true, batch: { session } })
      await ada.check()
      house.clock.nowEpochMs += minuteMs
      house.front = null
      await ada.retry()
    },
  },
  'the server is started anew': { share01: 0.05, act: ({ house }) => house.restart() },
  'a session is erased': { share01: 0.15, act: ({ ada, session }) => ada.erase({ session }) },
  'a withdrawal, work that comes too late, a new agreement': {
    share01: 0.15,
    act: async ({ house, ada, session }) => {
      await ada.withdraw()
      await ada.send({ batch: { session } })
      house.clock.nowEpochMs += 10 * minuteMs
      await ada.agree()
    },
  },
  'all is erased, and a new agreement': {
    share01: 0.03,
    act: async ({ ada }) => {
      await ada.erase({ all: true })
      await ada.check()
      await ada.agree()
    },
  },
}

/** Runs honest sessions against real servers over HTTP, in deployments of fifty; a person's clock is up to two minutes off. The seed makes a run the same again. */
export async function runHonest(sessions: number, seed: number): Promise<Honest> {
  const random = generator(seed)
  const counts: Record<string, number> = {}
  const alarms: Finding[] = []
  const refusals: string[] = []
  let checks = 0
  for (let done = 0; done < sessions; done += sessionsOfOne) {
    const house = await openHouse()
    try {
      const [ada, bob, witness] = [await openPerson(house, 'ada'), await openPerson(house, 'bob'), await openWitness(house)]
      ada.driftMs = Math.round((random() - 0.5) * 4 * minuteMs)
      for (let n = 0; n < Math.min(sessionsOfOne, sessions - done); n += 1) {
        await session({ house, ada, bob, session: `session-${done + n}` }, random, counts)
        const refused = await witness.look()
        if (refused !== null) refusals.push(refused)
        for (const person of n % 5 === 0 ? [ada, bob] : [ada]) {
          alarms.push(...(await person.check([witness])))
          checks += 1
        }
      }
    } finally {
      await house.close()
    }
  }
  return { sessions, checks, alarms, refusals, acts: counts }
}

async function session(day: Day, random: () => number, counts: Record<string, number>): Promise<void> {
  const { house, ada, session: id } = day
  const batches = 1 + Math.floor(random() * 3)
  for (let n = 0; n < batches; n += 1) {
    await ada.send({ batch: { session: id } })
    house.clock.nowEpochMs += Math.round(random() * 2 * minuteMs)
  }
  counts['batches sent'] = (counts['batches sent'] ?? 0) + batches
  for (const [name, { share01, act }] of Object.entries(acts)) {
    if (random() >= share01) continue
    await act(day)
    counts[name] = (counts[name] ?? 0) + 1
    house.clock.nowEpochMs += Math.round(random() * 5 * minuteMs)
  }
}

/** Mulberry32: small, and the same on every machine. */
function generator(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
