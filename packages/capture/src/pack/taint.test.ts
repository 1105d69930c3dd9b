import { createPlaceholderMap, redactionVersion, redactText, redactUrl } from '@overt/privacy'
import fc from 'fast-check'
import { expect, test } from 'vitest'

import { cutOut } from './cut-out.ts'
import { createMask } from './redactor.ts'
import { createTaint, type Taint } from './taint.ts'

const redactor = { createPlaceholderMap, redactionVersion, redactText, redactUrl }

/** A taint of fields that hold these, each written letter by letter. */
function taintOf(...secrets: readonly string[]): Taint {
  const taint = createTaint()
  for (const secret of secrets) {
    const field = { value: '' }
    const element = field as unknown as Element // as: what a taint reads of a field is here
    taint.watch(element)
    for (const letter of secret) {
      field.value += letter
      taint.learn(element)
    }
  }
  taint.look()
  return taint
}

const left = (taint: Taint, text: string): string =>
  cutOut(
    text,
    taint.stretchesIn(text).map((one) => ({ ...one, kind: 'secret' as const })),
    createPlaceholderMap(),
  )

test('attack 25: a secret is known in any case, grouping and width, with the rest of what stands there', () => {
  const taint = taintOf('Velvet-Hammer-83!')
  for (const shown of [
    'Velvet-Hammer-83!',
    'velvet hammer 83',
    'V·e·l·v·e·t·H·a·m·m·e·r',
    'ＶｅｌｖｅｔＨａｍｍｅｒ',
    'Vel\u200bvet\u00adHam\u2060mer',
    'xVelvet-Ham!mer',
  ])
    expect(left(taint, `It is ${shown}, today`)).toMatch(/^It is \[SECRET_1\][!]?, today$/)
  expect(left(taint, 'Velvet and a hammer')).toBe('Velvet and a hammer')
})

test('attack 25: what is short is known as a whole and nowhere inside of something else', () => {
  const taint = taintOf('8316', 'Gus', 'x-4417-y')
  expect(left(taint, 'PIN 8316, of Gus (X-4417-Y)')).toBe('PIN [SECRET_1], of [SECRET_2] ([SECRET_3])')
  const other = 'Order 83160 or 18316, page 8 3 1 6, Gustav, x-44'
  expect(left(taint, other)).toBe(other)
})

test('attack 25: a word that a password has in it is no secret elsewhere, and all of the password is', () => {
  const taint = taintOf('password-1234')
  expect(left(taint, 'Forgot your password?')).toBe('Forgot your password?')
  expect(left(taint, 'It was password-1234 or password1')).toBe('It was [SECRET_1] or [SECRET_2]')
})

test('attack 25: what was deleted, and what a field no longer holds, is known all the same', () => {
  const taint = createTaint()
  const field = { value: '' }
  const element = field as unknown as Element // as: what a taint reads of a field is here
  taint.watch(element)
  for (const value of ['Brin', 'Brindl', 'Brind', '']) {
    field.value = value
    taint.learn(element)
  }
  expect(left(taint, 'Now Brindl')).toBe('Now [SECRET_1]')
})

test('attack 25: whatever a secret is and whatever stands around it, nothing of it is left', () => {
  const sign = fc.constantFrom(...Array.from('abcXYZ0189!$%&éßЖ漢'))
  const secrets = fc.array(sign, { minLength: 9, maxLength: 24 }).map((signs) => signs.join(''))
  const joints = fc.constantFrom('', ' ', '-', '\u200b')
  fc.assert(
    fc.property(secrets, joints, fc.string(), fc.string(), (secret, joint, before, after) => {
      const shown = Array.from(secret).join(joint)
      const [first] = taintOf(secret).stretchesIn(`${before} ${shown} ${after}`)
      expect(first).toBeDefined()
      const told = left(taintOf(secret), `${before} ${shown} ${after}`)
      expect(told).toContain('[SECRET_')
      expect(told).not.toContain(shown.slice(0, 9 * (1 + joint.length)))
    }),
    { numRuns: 200 },
  )
})

test('attack 25: a taint is bounded, and keeps what it learnt last', () => {
  const taint = createTaint()
  const field = { value: '' }
  const element = field as unknown as Element // as: what a taint reads of a field is here
  taint.watch(element)
  for (let turn = 0; turn < 30; turn += 1) {
    field.value = Array.from({ length: 1_000 }, (_, at) => `${turn}k${at}`).join(':')
    taint.learn(element)
  }
  expect(left(taint, '29k998:29k999')).toBe('[SECRET_1]')
  expect(left(taint, '0k100:0k101:0k102')).toBe('0k100:0k101:0k102')
})

test('attack 25: a mask cuts out what repeats a secret together with what redaction finds, also what was judged before, and in addresses', () => {
  const field = { value: '' }
  const element = field as unknown as Element // as: what a taint reads of a field is here
  const taint = createTaint()
  taint.watch(element)
  const mask = createMask(redactor, taint)
  const text = 'Gus (gus@example.org) took quiverdune'
  expect(mask.text(text, '')).toContain('quiverdune')
  field.value = 'quiverdune'
  taint.learn(element)
  taint.look()
  expect(mask.text(text, '')).toMatch(/^\S+ \(\[EMAIL_1\]\) took \[SECRET_1\]$/)
  expect(mask.text('quiverdune@example.org', '')).toMatch(/^\[\w+\]$/)
  expect(mask.url('https://quiverdune.example/kept/quiver%64une/2')).toBe('https://quiverdune.example/kept/[SECRET_1]/2')
})
