import { expect, test } from 'vitest'

import { redactText } from '../text.ts'

test.each([
  ['wir wohnen jetzt [ahornstr. 14], klingel kaputt'],
  ['festa na [rua das laranjeiras 88], traz gelo'],
  ['vergeet niet: [molenstraat 7b]'],
  ['nähdään [mannerheiminkatu 31], summeri päällä'],
  ['wpadnij na [plac wolności 12/4], kod dam potem'],
  ['приходи, [ул. садовая 15], второй вход'],
])('R1 a street that is typed in small letters is masked: %s', (marked) => {
  const own = /\[(.+)\]/.exec(marked)?.[1] ?? ''
  const text = marked.replace(/[[\]]/g, '')
  const { spans } = redactText(text)
  const start = text.indexOf(own)
  expect(spans.some((span) => span.start <= start && span.end >= start + own.length)).toBe(true)
})

test.each([
  'a rua com 20 pessoas ficou cheia',
  'die brigade 4 rückt aus, dann pause',
  'ulica ma 12 domów i 3 latarnie',
  'calle 5',
  'de blokkade 3 is opgeheven',
  'send it via mail 3 times, please',
])('R8 what small letters only look like a street stays: %s', (text) => {
  expect(redactText(text).text).toBe(text)
})

test('R1 streets, their numbers, codes and towns are masked in a table that has columns for them', () => {
  const table = 'navn;vej;postnr;by\nx;Lyngmarken 8;7100;Vejle\nx;Toldstien 19;5700;Svendborg'
  const left = redactText(table).text
  for (const cell of ['Lyngmarken', '7100', 'Vejle', 'Toldstien', '5700', 'Svendborg']) expect(left).not.toContain(cell)
  const stock = 'artikel;antal;by\nskrue;7100;2024-01-05\nbolt;5700;2024-01-06'
  expect(redactText(stock).text).toBe(stock)
})
