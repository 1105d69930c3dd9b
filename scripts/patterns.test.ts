import { join } from 'node:path'

import { expect, test } from 'vitest'

import { patternsIn } from './patterns.ts'
import { assaultOf, type Doubt, doubtOf, idOf, readVerdicts } from './recheck.ts'

const root = join(import.meta.dirname, '..')
// Before anything of the redactor is loaded: what its modules put together is seen while they do.
const patterns = await patternsIn(root)
const { redactText } = await import('../packages/privacy/src/redact/text.ts')
/** In steps: a pattern that runs away is stopped before the step at which it would never end. */
const lengths = [16, 20, 24, 28, 32, 64, 1_024, 65_536]
/** How many times as long as a text of the longest length that has something for most detectors everywhere: a machine is slow for both at once. */
const mostTimes = 2.5
/** A line that has something for most detectors in it: what looks for nothing where nothing can be is made to look. */
const opener = '\n12 ab@c.de :// (030) 4111 1111 A1b2é 王田 路1号 Ab "x" '

/** What took seconds once. */
const felled = ['区府区', '室区', 'eyJ-', '府区', 'eyJ-aaaaaaaa.'].map((pump) => ({
  place: pump,
  assault: { pumps: [{ prefix: '', pump }], suffix: '' },
}))

const dense = opener.repeat(2_000).slice(0, Math.max(...lengths))

/** The least of some turns, in milliseconds of processor time; no more turns than it takes to be below `enough`. */
function cpuMs(text: string, enough = 0): number {
  let best = Infinity
  for (let turn = 0; turn < 4 && best > enough; turn += 1) {
    const from = process.cpuUsage()
    redactText(text)
    const { user, system } = process.cpuUsage(from)
    best = Math.min(best, (user + system) / 1_000)
  }
  return best
}

/** Once for all: what takes too long by it is held against another that is measured beside it. */
const denseMs = cpuMs(dense)

/** null where the redactor is done in time at every length. */
function slownessOf({ place, assault }: Pick<Doubt, 'place' | 'assault'>): string | null {
  if (assault === null) return null
  for (const length of lengths)
    for (const text of [assaultOf(assault, length), opener + assaultOf(assault, length)]) {
      if (cpuMs(text, denseMs * mostTimes) <= denseMs * mostTimes) continue
      const [ms, most] = [cpuMs(text), cpuMs(dense) * mostTimes]
      if (ms > most) return `${place}: ${ms.toFixed(0)} ms for ${length} letters: ${JSON.stringify(text.slice(0, 80))}`
    }
  return null
}

/** Doubted patterns that no text of the redactor's comes to, by their names in `patterns.json`, and why they hold. */
const bounded: Readonly<Record<string, string>> = {
  // clip.ts, unreadable.ts
  d5f24bd0b4256608: 'reads a shadow as the browser itself writes a computed style: numbers have one point',
  f3c4720436ea3b9a: 'looks 1,280 letters far from each `attr(`',
  a5cfc4bd3a62df26: 'reads texts as the browser itself writes a computed style: every quote has its other one',
}
/** Files with patterns that recheck can't decide, and why they hold. */
const undecided: Readonly<Record<string, string>> = {
  'packages/privacy/src/redact/label.ts': 'words and single marks in turn: no letter is both',
  'packages/privacy/src/redact/address.ts': 'tried at one place, at the end of a street, and every part is bounded',
  'packages/privacy/src/redact/address-parts.ts': 'tried at one place, at a street, and every part is bounded',
  'packages/privacy/src/redact/wide/address-chain.ts':
    'tried at one place, before a post code or around a street, and every part is bounded',
  'packages/privacy/src/redact/event.ts': 'the labels in all languages, words in a list: it is too long for recheck',
}

test('attack 11: recheck finds no way to make a pattern slow that the redactor would fall for', { timeout: 300_000 }, async () => {
  const { safe, doubted } = readVerdicts(root)
  expect(patterns.length).toBeGreaterThan(300)
  const unknown = patterns.filter((pattern) => !safe.includes(idOf(pattern)) && !doubted.some(({ id }) => id === idOf(pattern)))
  const fresh = await Promise.all(unknown.map((pattern) => doubtOf(pattern, 10_000)))
  const doubts = [...doubted, ...fresh.filter((doubt) => doubt !== null)]
  expect([...felled, ...doubts].map((doubt) => slownessOf(doubt)).filter((slow) => slow !== null)).toEqual([])
  const open = doubts.filter(({ id, place, assault }) => {
    if (assault === null) return !((place.split(':')[0] ?? '') in undecided)
    return !place.startsWith('packages/privacy/') && !(id in bounded)
  })
  expect(open).toEqual([])
})

test('a pattern that runs away is doubted, and a text is found that makes it', async () => {
  const doubt = await doubtOf({ source: '(a+)+$', flags: '', places: ['planted'] })
  expect(doubt).toMatchObject({ place: 'planted', says: 'exponential' })
  expect(doubt?.assault && assaultOf(doubt.assault, 100)).toMatch(/^.?a{80,}/)
})

test('patterns that are written, those that are put together when the redactor is loaded, and those that are when a text first asks are all looked at', () => {
  const places = patterns.flatMap((pattern) => pattern.places)
  expect(places.some((place) => /card\.ts:\d+$/.test(place))).toBe(true)
  expect(places.some((place) => /\/redact\/[a-z-]+\.ts$/.test(place))).toBe(true)
  expect(places.some((place) => place.startsWith('packages/capture/src/'))).toBe(true)
  expect(patterns.filter(({ source }) => source.startsWith('(?:the )?corner of ')).map(({ places: own }) => own)).toEqual([
    [expect.stringMatching(/\/address\.ts$/)],
  ])
})
