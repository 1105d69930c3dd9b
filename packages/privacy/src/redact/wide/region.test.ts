import { expect, test } from 'vitest'

import { redactText } from '../text.ts'

const left = (text: string): string => redactText(text).text

const languages = ['en', 'de', 'fr', 'es', 'pt', 'nl', 'tr', 'pl', 'it', 'ru', 'uk', 'zh', 'ja']
const codes = Array.from({ length: 26 * 26 }, (_, place) => String.fromCharCode(65 + Math.floor(place / 26), 65 + (place % 26)))
/** What people are called as often. */
const people = /^(?:Montserrat|Chad|Swati|Ascension|Dominique|Malte|Maurice|Salvador|Maur[ií]cio|Dominika|Dania|Diego Garc[ií]a)$/
/** Whether so few are masked, of more than a thousand, as no list can be left with. */
const few = 6

test.each(languages)('what a form lists to choose from is nobody: countries, languages and currencies in %s', (language) => {
  const names = [
    ...codes.flatMap((code) => [named('region', code), named('language', code.toLowerCase())]),
    ...Intl.supportedValuesOf('currency').map((code) => named('currency', code)),
  ].filter((name) => name !== '' && !people.test(name))
  expect(names.length).toBeGreaterThan(500)
  expect(names.filter((name) => left(name) !== name).length).toBeLessThan(few)

  function named(type: 'region' | 'language' | 'currency', code: string): string {
    return new Intl.DisplayNames([language], { type, fallback: 'none' }).of(code) ?? ''
  }
})

test.each([
  'Land: Sri Lanka',
  'Ela mora na Argentina',
  'Ora vivono a Roma, in Florida',
  'Dólar de Trinidad e Tobago',
  'Country\nBurkina Faso\nPuerto Rico\nSierra Leone',
  '国家：阿根廷',
  'La Ferrari vince ancora',
  'En Metacritic tiene buena nota',
  'Monte Rosa e Mar Rosso',
  'Durham County, Bryce Canyon',
])('nor is a place in words, or an article before a name: %s', (text) => {
  expect(left(text)).toBe(text)
})

test.each([
  ['Ask Roma Kowalska again', 'Ask [PERSON_1] again'],
  ['Frag bitte Diego Garcia', 'Frag bitte [PERSON_1]'],
  ['Kunde: Monte Carlson', 'Kunde: [PERSON_1]'],
  ['Sri Kumar flies to Sri Lanka', '[PERSON_1] flies to Sri Lanka'],
  ['x El;Salvador;ok', 'x El;[PERSON_1];ok'],
  ['中国张伟', '中国[PERSON_1]'],
])('somebody who is called as a place is, or stands beside one, is masked: %s', (text, masked) => {
  expect(left(text)).toBe(masked)
})
