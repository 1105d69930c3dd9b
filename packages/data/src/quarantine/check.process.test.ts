import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

import type { Permit } from '@overt/privacy'
import type { Picture } from '@overt/schema/words'
import sharp from 'sharp'
import { afterEach, beforeEach, expect, test } from 'vitest'

import type { Enrolment } from '../govern/enrol.ts'
import { eraseData } from '../govern/erase.ts'
import { sampleBatch, scratchFolder, signedRequest } from '../ingest/fixture.ts'
import { createIngest, ingestBatch } from '../ingest/ingest.ts'
import { permitsFor } from '../store/permits.ts'
import type { Store } from '../store/store.ts'
import { type CheckOptions, checkPictures } from './check.ts'
import { pictureModalities, pictureStore } from './fixture.ts'
import { heldPictures } from './held.ts'
import { releaseHeld } from './judge.ts'

const widthPx = 900
const heightPx = 300
const canary = 'Kestrel-Oblong-51889'

let folder: ReturnType<typeof scratchFolder>
let store: Store
let ada: Enrolment
let permit: Permit

beforeEach(async () => {
  folder = scratchFolder()
  ;({ store, enrolment: ada } = await pictureStore(folder.dir))
  const [found] = await Array.fromAsync(permitsFor(store, 'ground'))
  if (found === undefined) throw new Error('there is no permit')
  permit = found
})
afterEach(async () => {
  await store.close()
  folder.remove()
})

interface Line {
  readonly text: string
  readonly size?: number
  readonly fill?: string
  /** Degrees, around its middle. */
  readonly turn?: number
  /** A solid box over it, as the device masks before it encodes. */
  readonly masked?: boolean
}

/** A page as a picture: lines of text, on the ground that is said. */
async function pageOf(lines: readonly Line[], ground = '#ffffff'): Promise<Buffer> {
  const drawn = lines.map(({ text, size = 16, fill = '#222222', masked = false, turn = 0 }, place) => {
    const y = 40 + place * 44
    const box = masked ? `<rect x="26" y="${y - size - 4}" width="${text.length * size}" height="${size + 12}" fill="#000000"/>` : ''
    return `<text x="30" y="${y}" font-family="sans-serif" font-size="${size}" fill="${fill}" transform="rotate(${turn} 120 ${y})">${text}</text>${box}`
  })
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${widthPx}" height="${heightPx}"><rect width="100%" height="100%" fill="${ground}"/>${drawn.join('')}</svg>`
  return sharp(Buffer.from(svg)).flatten().webp({ quality: 80 }).toBuffer()
}

/** Sends one batch with these pictures; they have the ids 0, 1, ... */
async function sent(...images: readonly Buffer[]): Promise<string> {
  const pictures = images.map((image, id): Picture => {
    const [width, height] = [image.readUInt16LE(26), image.readUInt16LE(28)]
    return { id, format: 'webp', image: image.toString('base64'), widthPx: width, heightPx: height, pixelRatio: 1, masks: 0 }
  })
  const pictured = pictures.map(({ id }) => ({ kind: 'captured', event: id, picture: id, when: 'before', ageMs: 9 }) as const)
  const id = crypto.randomUUID()
  const request = await signedRequest(ada, JSON.stringify(sampleBatch(ada, id, { modalities: [...pictureModalities], pictures, pictured })))
  expect(await ingestBatch(createIngest(store), request)).toMatchObject({ status: 200 })
  return id
}

function check(options: Partial<CheckOptions> = {}): ReturnType<typeof checkPictures> {
  return checkPictures(permit, store, { sought: [], most: 100, reader: 'a check', signal: new AbortController().signal, ...options })
}

const plain: readonly Line[] = [{ text: 'Order overview' }, { text: 'Status: shipped, three parts' }]
const left = async (): Promise<readonly number[]> =>
  (await Array.fromAsync(store.batches(permit))).flatMap(({ pictures = [] }) => pictures.map(({ id }) => id))

test.each<[string, readonly Line[], string?]>([
  ['as most pages show it', [{ text: 'Card 4242 4242 4242 4242' }]],
  ['in small type', [{ text: 'Card 5500 0055 5555 5559', size: 10 }]],
  ['in light type on white', [{ text: 'Card 4111 1111 1111 1111', fill: '#bbbbbb' }]],
  ['in white type on a dark ground', [{ text: 'Card 4111 1111 1111 1111', fill: '#ffffff' }], '#112244'],
  ['in white type on black', [{ text: 'Card 4111 1111 1111 1111', fill: '#ffffff' }], '#000000'],
  [
    'in heavy black type beside a solid box',
    [
      { text: 'HN Lyon', masked: true },
      { text: 'M 4111 1111 1111 1111', size: 30, fill: '#000000' },
    ],
  ],
  ['in dark type on a dark ground', [{ text: 'Card 4111 1111 1111 1111', fill: '#556677' }], '#112244'],
])(
  'a card that a picture shows %s is found, by its kind alone, and the picture is held back from everyone but its person',
  async (_, lines, ground) => {
    await sent(await pageOf([...plain, ...lines], ground))
    const done = await check()
    expect(done).toMatchObject({ clear: 0, found: 1, unread: 0, held: [{ picture: 0, verdict: 'found', found: { card: 1 } }] })
    expect(await left()).toEqual([])
    expect((await Array.fromAsync(store.batches(permit, { pictures: 'all' })))[0]?.pictures).toHaveLength(1)
  },
)

test('a card and a canary under a solid box are not found, and the picture is cleared', async () => {
  await sent(await pageOf([...plain, { text: 'Card 4242 4242 4242 4242', masked: true }, { text: canary, masked: true }]))
  expect(await check({ sought: [canary] })).toMatchObject({ clear: 1, found: 0, unread: 0, held: [] })
  expect(await left()).toEqual([0])
})

// What the check does not see, so that nobody takes a cleared picture for a proof. A line that begins to fail is good news.
test.each<[string, Line]>([
  ['in type of five pixels', { text: 'Card 4242 4242 4242 4242', size: 5 }],
  ['hardly darker than its ground', { text: 'Card 4242 4242 4242 4242', fill: '#f6f6f6' }],
  // The figures of others read so are letters like a name's.
  ['turned on its head', { text: 'Card 5105 1051 0510 5100', turn: 180 }],
  ['aslant', { text: 'Card 4242 4242 4242 4242', turn: 30 }],
])('not held: a card %s is not read, and the picture is cleared', async (_, line) => {
  await sent(await pageOf([...plain, line]))
  expect(await check()).toMatchObject({ clear: 1, found: 0 })
})

test('a canary is found although it is read with faults, in a picture that was cleared before, and stays found', async () => {
  // Of words: what looks like a key is found by what it looks like.
  const words = 'Kestrel oblong on shelf 5'
  await sent(await pageOf([...plain, { text: words.replace('l', 'I').replace('5', 'S'), size: 13 }]), await pageOf(plain))
  expect(await check()).toMatchObject({ clear: 2 })
  expect(await check({ sought: [words] })).toMatchObject({ clear: 1, found: 1, held: [{ picture: 0, found: { sought: 1 } }] })
  expect(await check({ sought: ['something else'] })).toMatchObject({ clear: 1, found: 0, before: 1 })
  expect(await left()).toEqual([1])
})

test('what was released stays so by a check that finds no more, and is held again where what is sought now is in it', async () => {
  await sent(await pageOf([...plain, { text: 'Card 4242 4242 4242 4242' }, { text: canary }]))
  const { name } = (await check()).held[0] ?? { name: '' }
  await releaseHeld(permit, store, { name, by: 'an officer' })
  expect(await check()).toMatchObject({ before: 1, found: 0 })
  expect(await check({ sought: ['something else'] })).toMatchObject({ before: 1, found: 0, held: [] })
  expect(await left()).toEqual([0])
  expect(await check({ sought: [canary] })).toMatchObject({ found: 1, held: [{ name, found: { card: 1, sought: 1 } }] })
  expect(await left()).toEqual([])
})

test('where a finding stands is kept, in pixels of the picture', async () => {
  await sent(await pageOf([...plain, { text: 'Card 4242 4242 4242 4242' }]))
  await check()
  const [held] = await heldPictures(permit, store, { reader: 'an officer' })
  const [finding] = held?.findings ?? []
  if (finding === undefined) throw new Error('nothing is kept of what was found')
  const [left0, top, width, height] = finding.box
  // Drawn from x 30, with its base line at y 128; the word before it is some 40 wide.
  expect([left0 > 50 && left0 < 90, top > 105 && top < 125, width > 120 && width < 220, height > 6 && height < 24]).toEqual([
    true,
    true,
    true,
    true,
  ])
})

test('a picture that does not decode, is larger than any screen or takes too long is held back as unread; those after it are read', async () => {
  const whole = await pageOf(plain)
  const cut = Buffer.from(whole.subarray(0, whole.length / 2 - ((whole.length / 2) % 2)))
  cut.writeUInt32LE(cut.length - 8, 4)
  cut.writeUInt32LE(cut.length - 20, 16)
  const vast = await sharp({ create: { width: 8_000, height: 8_000, channels: 3, background: 'white' } })
    .webp({ quality: 1 })
    .toBuffer()
  await sent(cut, vast, whole)
  const unread = [0, 1].map((picture) => ({ picture, verdict: 'unread' }))
  expect(await check()).toMatchObject({ clear: 1, unread: 2, held: unread })
  await sent(whole, whole)
  expect(await check({ slowestMs: 1 })).toMatchObject({ clear: 0, unread: 2, before: 3 })
  expect(await left()).toEqual([2])
})

test('a check stops after as many pictures as it may read, and tells how many are left', async () => {
  const page = await pageOf(plain)
  await sent(page, page, page)
  expect(await check({ most: 2 })).toMatchObject({ clear: 2, left: 1, before: 0 })
  expect(await check({ most: 2 })).toMatchObject({ clear: 1, left: 0, before: 2 })
})

test('a check that is broken off, or whose permit ends, keeps what it judged and clears no more', async () => {
  const page = await pageOf(plain)
  await sent(page, page, page)
  const stop = new AbortController()
  await expect(check({ signal: stop.signal, onPicture: () => stop.abort(new Error('enough')) })).rejects.toThrow('enough')
  expect(await left()).toEqual([0])
  await expect(check({ onPicture: () => store.consent.end('ada') })).rejects.toThrow('withdrawn')
  await expect(check()).rejects.toThrow('withdrawn')
})

test('the read and its outcome stand in the ledger, and no text of a picture is in the result, the ledger or any file', async () => {
  await sent(await pageOf([{ text: 'Card 4242 4242 4242 4242' }, { text: canary }]))
  const told = JSON.stringify(await check({ sought: [canary] }))
  const entries = await Array.fromAsync(store.ledger.of('ada'))
  expect(entries.find(({ kind }) => kind === 'read')?.body).toMatchObject({ what: 'batches', why: 'ground', reader: 'a check' })
  expect(entries.find(({ kind }) => kind === 'pictures')?.body).toEqual({ clear: 0, found: 1, unread: 0, kinds: ['card', 'sought'] })
  const files = readdirSync(folder.dir, { recursive: true, withFileTypes: true }).filter((file) => file.isFile())
  expect(files.length).toBeGreaterThan(4)
  const bytes = files.map((file) => readFileSync(join(file.parentPath, file.name), 'latin1'))
  for (const text of ['4242 4242', canary, 'Kestrel'])
    for (const place of [told, JSON.stringify(entries), ...bytes]) expect(place).not.toContain(text)
})

test('an erasure takes the verdicts along', async () => {
  await sent(await pageOf([{ text: 'Card 4242 4242 4242 4242' }]))
  await check()
  const [row] = store.rows()
  if (row === undefined) throw new Error('there is no record')
  expect(store.keys.judgements(row.idHash).get(0)?.verdict).toBe('found')
  await eraseData(store, { person: 'ada' })
  expect(store.keys.judgements(row.idHash).size).toBe(0)
})
