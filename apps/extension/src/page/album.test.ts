import type { Batch, Event, Observation } from '@overt/schema'
import type { Picture } from '@overt/schema/words'
import { expect, test } from 'vitest'

import { type Album, createAlbum } from './album.ts'

const href = 'http://127.0.0.1/'
const picture = (image = 'AAAA'): Omit<Picture, 'id'> => ({ format: 'webp', image, widthPx: 1, heightPx: 1, pixelRatio: 1, masks: 0 })

/** An album, and a clock to set. */
function begun(): { album: Album; at(ms: number): void; take(fromMs: number, image?: string): void; act(seq: number, atMs: number): void } {
  let nowMs = 0
  const album = createAlbum(
    () => nowMs,
    () => href,
  )
  return {
    album,
    at: (ms) => (nowMs = ms),
    take: (fromMs, image) => album.put({ href, fromMs, toMs: fromMs + 50, untilMs: Infinity }, picture(image)),
    act: (seq, atMs) => {
      nowMs = atMs
      album.acts.sighted({ id: seq } as Observation) // as: no more of it is looked at
      album.acts.noted({ kind: 'focus', seq, gap: 0, observation: seq, node: 1, cause: 'pointer' } satisfies Event)
    },
  }
}

const batchOf = (firstSeq: number, count: number): Batch => ({ firstSeq, count, counters: { kept: 1 } }) as unknown as Batch // as: no more of it is looked at

test('a picture leaves with the first batch that names it, once; the same batch again is the same', () => {
  const { album, take, act } = begun()
  take(100)
  act(0, 200)
  const first = batchOf(0, 1)
  const whole = album.attach(first)
  expect(whole).toMatchObject({ pictures: [{ id: 0 }], pictured: [{ event: 0, picture: 0, when: 'before', ageMs: 100 }] })
  expect(album.attach(first)).toBe(whole)
  act(1, 300)
  expect(album.attach(batchOf(1, 1))).toMatchObject({ pictures: [], pictured: [{ event: 1, picture: 0, ageMs: 200 }] })
})

test('what was taken and what was missed is counted in the next batch, and not again', () => {
  const { album, take, act } = begun()
  take(100)
  album.missed('moved')
  album.missed('moved')
  act(0, 5_000)
  expect(album.attach(batchOf(0, 1)).counters).toEqual({ kept: 1, 'picture.taken': 1, 'picture.moved': 2 })
  expect(album.attach(batchOf(1, 0)).counters).toEqual({ kept: 1 })
})

test('a batch carries no more than fits beside its events; the acts of the rest say so', () => {
  const { album, act, at } = begun()
  const large = 'A'.repeat(1_200_000)
  for (let seq = 0; seq < 5; seq += 1) {
    album.changed()
    album.put({ href, fromMs: seq * 1_000, toMs: seq * 1_000 + 50, untilMs: Infinity }, picture(large))
    act(seq, seq * 1_000 + 100)
    at(seq * 1_000 + 500)
  }
  const { pictures = [], pictured = [] } = album.attach(batchOf(0, 5))
  expect(pictures).toHaveLength(3)
  expect(pictured.filter((one) => one.kind === 'unavailable' && one.reason === 'budget')).toHaveLength(2)
})

test('pictures that no act names are forgotten, oldest first, and counted', () => {
  const { album, take } = begun()
  for (let one = 0; one < 40; one += 1) take(one * 600)
  expect(album.attach(batchOf(0, 0)).counters).toMatchObject({ 'picture.taken': 40, 'picture.unused': 8 })
})
