import { IDBKeyRange } from 'fake-indexeddb'
import fc from 'fast-check'
import { afterEach, expect, test, vi } from 'vitest'

import { openDesk as opened, type Desk } from './review.fixture.ts'

vi.hoisted(() => {
  const area = (): object => {
    const kept: Record<string, unknown> = {}
    return { get: async () => ({ ...kept }), set: async (change: object) => void Object.assign(kept, change) }
  }
  const storage = { local: area(), session: area(), managed: area() }
  Object.assign(globalThis, { chrome: { storage, management: { getSelf: async () => ({ installType: 'normal' }) } } })
})
vi.stubGlobal('IDBKeyRange', IDBKeyRange)
let desks: Desk[] = []
const openDesk = async (): Promise<Desk> => {
  const desk = await opened()
  desks.push(desk)
  return desk
}
afterEach(() => {
  for (const desk of desks) desk.close()
  desks = []
})

const dayMs = 86_400_000
const heldIds = async ({ review, permit }: Desk): Promise<readonly number[]> => (await review.held(permit)).map(({ n }) => n)
const counts = async ({ spool }: Desk): Promise<Readonly<Record<string, number>>> => (await spool.tally()).counts

test('nothing that is held is ever sent unless it was released, and nothing that was released or never held is lost', async () => {
  const name = fc.constantFrom(
    ...(['put', 'put', 'put', 'put', 'on', 'off', 'release', 'release', 'discard', 'upload', 'away', 'both', 'forget'] as const),
  )
  let sent = 0
  const trial = async (names: readonly Step[], odd: number): Promise<void> => {
    const model = await openModel(odd)
    for (const [index, step] of names.entries()) await model.steps[step](`batch-${index}00000`)
    await model.desk.upload()
    expect(model.wrong).toEqual([])
    expect(model.desk.got.toSorted()).toEqual(model.due().toSorted())
    sent += model.desk.got.length
  }
  await fc.assert(fc.asyncProperty(fc.array(name, { minLength: 4, maxLength: 24 }), fc.nat(1), trial), { numRuns: 80 })
  expect(sent).toBeGreaterThan(50)
})

type Step = 'put' | 'on' | 'off' | 'release' | 'discard' | 'upload' | 'away' | 'both' | 'forget'

/** What should become of each batch, beside what does. */
interface Model {
  readonly desk: Desk
  readonly steps: Readonly<Record<Step, (id: string) => Promise<unknown>>>
  /** Batches that were sent while they were held. */
  readonly wrong: readonly string[]
  /** Those that the server should have in the end. */
  due(): readonly string[]
}

/** `odd`: whether every first or every second of what is held is decided. */
async function openModel(odd: number): Promise<Model> {
  const desk = await openDesk()
  const fates = new Map<string, 'free' | 'held' | 'released' | 'gone'>()
  const wrong: string[] = []
  let isOn = false
  desk.server.before = (id) => void (fates.get(id) === 'held' && wrong.push(id))
  const settle = (from: readonly string[], to: 'held' | 'gone'): void => {
    for (const [id, fate] of fates) if (from.includes(fate) && !desk.got.includes(id)) fates.set(id, to)
  }
  const turnOn = async (): Promise<void> => {
    await desk.review.turn('ada', true)
    isOn = true
    settle(['free'], 'held')
  }
  const decide = async (to: 'released' | 'gone'): Promise<readonly number[]> => {
    const chosen = (await desk.review.held(desk.permit)).filter(({ n }) => n % 2 === odd)
    for (const { place } of chosen) fates.set(place.split('/').at(-1) ?? '', to)
    return chosen.map(({ n }) => n)
  }
  const steps: Model['steps'] = {
    put: (id) => {
      fates.set(id, isOn ? 'held' : 'free')
      return desk.put(id, { path: `/${id}` })
    },
    on: turnOn,
    off: () => {
      isOn = false
      return desk.review.turn('ada', false)
    },
    release: async () => desk.review.release(await decide('released')),
    discard: async () => desk.review.discard(await decide('gone')),
    upload: () => desk.upload(),
    away: async () => {
      desk.server.isThere = false
      await desk.upload()
      desk.server.isThere = true
    },
    both: () => Promise.all([desk.upload(), turnOn()]),
    forget: () => {
      settle(['free', 'held', 'released'], 'gone')
      return desk.spool.forget(0)
    },
  }
  return { desk, steps, wrong, due: () => [...fates].flatMap(([id, fate]) => (fate === 'free' || fate === 'released' ? [id] : [])) }
}

test('a switch that is on has waited for what was on its way, and nothing leaves after it', async () => {
  const desk = await openDesk()
  for (const id of ['batch-a0000000', 'batch-b0000000', 'batch-c0000000']) await desk.put(id)
  let gotWhenOn = -1
  const turned: Promise<void>[] = []
  desk.server.before = () => {
    if (turned.length === 0) turned.push(desk.review.turn('ada', true).then(() => void (gotWhenOn = desk.got.length)))
  }
  desk.server.slowMs = 100
  await desk.upload()
  await Promise.all(turned)
  expect([gotWhenOn, desk.got, (await heldIds(desk)).length]).toEqual([1, ['batch-a0000000'], 2])
})

test('what is not released within 14 days is deleted and counted, and a release begins the time to be sent anew', async () => {
  const desk = await openDesk()
  const begunEpochMs = desk.nowEpochMs
  await desk.review.turn('ada', true)
  await desk.put('batch-early000')
  await desk.put('batch-early001')
  const [first = -1] = await heldIds(desk)
  desk.nowEpochMs = begunEpochMs + 5 * dayMs
  await desk.put('batch-later000')
  expect(await desk.review.waits()).toMatchObject({ acts: 3, sinceEpochMs: begunEpochMs, endsAtEpochMs: begunEpochMs + 14 * dayMs })
  desk.nowEpochMs = begunEpochMs + 14 * dayMs - 1
  await desk.review.release([first])
  await desk.review.tidy()
  expect((await heldIds(desk)).length).toBe(2)
  desk.nowEpochMs = begunEpochMs + 14 * dayMs
  await desk.review.tidy()
  expect((await heldIds(desk)).length).toBe(1)
  expect(await counts(desk)).toMatchObject({ 'dropped.review.age': 1, 'review.released': 1 })
  desk.nowEpochMs = begunEpochMs + 18 * dayMs
  await desk.review.tidy()
  await desk.upload()
  expect(desk.got).toEqual(['batch-early000'])
})

test('too much to hold: the oldest goes first and is counted, and what is left is still held', async () => {
  const desk = await openDesk()
  await desk.review.turn('ada', true)
  const image = 'A'.repeat(9_000_000)
  const picture = { id: 0, format: 'webp', image, widthPx: 1, heightPx: 1, pixelRatio: 1, masks: 0 } as const
  for (const id of ['batch-a0000000', 'batch-b0000000', 'batch-c0000000', 'batch-d0000000'])
    await desk.put(id, { path: `/${id}`, pictures: [picture] })
  expect((await desk.review.held(desk.permit)).map(({ place }) => place.slice(-14))).toEqual([
    'batch-b0000000',
    'batch-c0000000',
    'batch-d0000000',
  ])
  expect(await counts(desk)).toMatchObject({ 'dropped.review.full': 1 })
  await desk.upload()
  expect(desk.got).toEqual([])
})

test('what was released and whose agreement has ended since is deleted, never sent; the switch of one person is none of another', async () => {
  const desk = await openDesk()
  await desk.review.turn('ada', true)
  await desk.put('batch-old00000', { receipt: 'an-earlier-one' })
  await desk.put('batch-new00000')
  await desk.put('batch-bob00000', { person: 'bob' })
  await desk.review.release(await heldIds(desk))
  await desk.upload()
  expect(desk.got).toEqual(['batch-new00000', 'batch-bob00000'])
  expect(await counts(desk)).toMatchObject({ 'lost.consent': 1, 'review.released': 2 })
})

test('what waits is deleted once the agreement has run out, or has ended at the server, which is asked while nothing is sent', async () => {
  const desk = await openDesk()
  await desk.review.turn('ada', true)
  desk.nowEpochMs += 25 * dayMs
  await desk.put('batch-a0000000')
  await desk.endReview()
  expect((await heldIds(desk)).length).toBe(1)
  desk.nowEpochMs += 5 * dayMs + 1
  await desk.endReview()
  expect([await heldIds(desk), await counts(desk)]).toMatchObject([[], { forgotten: 1 }])

  const other = await openDesk()
  await other.review.turn('ada', true)
  await other.put('batch-b0000000')
  other.server.agreement = 403
  await other.endReview()
  expect([await heldIds(other), await counts(other)]).toMatchObject([[], { forgotten: 1 }])
  expect([...desk.got, ...other.got]).toEqual([])
})
