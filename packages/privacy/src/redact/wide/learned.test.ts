import { assert, constantFrom, integer, property, uint8Array } from 'fast-check'
import { expect, test } from 'vitest'

import { keptIn } from './detectors.ts'
import { packed, unpacked, widest } from './learned.ts'
import { secretsPerhaps, withoutDoubled } from './likely-secret.ts'
import { lookAt } from '../look.ts'
import type { Span } from '../span.ts'
import { redactText } from '../text.ts'
import { secretSum } from './traits.ts'

/** Made up here, and no part of what was learned from. */
test.each([
  'Reception: contractors get in with [4471B] this week, then push the glass door.',
  'screen time is [6464], do not tell your brother',
  'the trainer pack opens at kiosk three, press [90417] and the drawer slides',
])('R4 a secret is masked where what was learned holds it for one, without a word that says so: %s', (marked) => {
  expect(redactText(marked.replace(/[[\]]/g, '')).text).toBe(marked.replace(/\[.+\]/, '[SECRET_1]'))
})

test.each([
  'Der Port ist 4471 und die Leitung 300 mm lang.',
  'Gate 4471 closes at 17:25, please hurry to the pier',
  'She ordered 4471 screws for the door on line 12',
  'Meeting moved to room 4471 on floor 3',
  'The alarm counted 4471 events since Monday',
  'The lock weighs 4471 g and costs 39 euros',
  'Population of the village was 4471 in 2011',
  'Bus 4471 stops at the gate every 20 minutes',
  '1234567890',
  'Order: 44718',
  'Contract: C-2118',
  'Orders\nOrder Customer Amount Reason Status\n1012\n€229.00 Changed mind Paid out\n1010\n£118.00 Wrong item Paid out\n1008\n€389.50 Damaged on arrival',
])('R8 a number that is counted or numbers something stays: %s', (text) => {
  expect(redactText(text).text).toBe(text)
})

test('R2 what was learned takes nothing away that rules found', () => {
  const phone: Span = { start: 10, end: 20, kind: 'phone' }
  const guess = (start: number, end: number): Span & { isGuess: true } => ({ start, end, kind: 'secret', isGuess: true })
  expect(withoutDoubled([phone, guess(8, 11), guess(19, 24), guess(12, 14)])).toEqual([phone])
  expect(withoutDoubled([phone, guess(20, 24)])).toHaveLength(2)
  const text = 'call me at 030 1234567 then'
  expect(keptIn(text, [{ start: 11, end: 22, kind: 'phone' }, guess(11, 14)])).toEqual([{ start: 11, end: 22, kind: 'phone' }])
})

test('weights are read as they were written', () => {
  assert(
    property(uint8Array({ minLength: 0, maxLength: 300 }), integer({ min: 0, max: 90 }), (bytes, gap) => {
      const weights = new Int8Array(1_024)
      for (const [place, byte] of bytes.entries())
        weights[place * (1 + (gap % 3)) + gap] = byte % 3 === 0 ? 0 : (byte % (2 * widest + 1)) - widest
      expect(unpacked(packed(weights), weights.length)).toEqual(weights)
    }),
  )
})

test('R11 what stands farther off than the redactor looks changes no sum', () => {
  const weights = Int8Array.from({ length: 1_024 }, (_, place) => ((place * 37) % 51) - 25)
  const filler = 'plain words go on and on here. '.repeat(20)
  const middle = `${filler}\nthe locker by the pool has 4471B now, ask Emma\n${filler}`
  assert(
    property(constantFrom('', 'a', 'Password 1234 Anna. ', '日本 '), constantFrom('', 'a', ' Code 7', '\n日本'), (far, beyond) => {
      const stretch = { start: middle.indexOf('4471B'), end: middle.indexOf(' now') }
      const moved = { start: stretch.start + far.length, end: stretch.end + far.length }
      const here = secretSum({ text: middle, leads: [] }, stretch, weights)
      const there = secretSum({ text: far + middle + beyond, leads: [] }, moved, weights)
      expect(there).toBe(here)
    }),
  )
})

test('R13 a list of hundreds is not judged', () => {
  const line = 'ask for locker 4471B at the pool\n'
  expect(secretsPerhaps(line.repeat(20), lookAt(line.repeat(20)), [])).toHaveLength(20)
  expect(secretsPerhaps(line.repeat(400), lookAt(line.repeat(400)), [])).toEqual([])
})
