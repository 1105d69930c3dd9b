import { expect, test } from 'vitest'

import { blurred } from './alike.ts'
import { countsOf, findIn } from './find.ts'
import { type Reading, readingOf } from './reading.ts'

/** A text as it is read: each word in a box of its own, ten pixels to the right of the one before, a line fifty pixels lower. */
function reading(text: string): Reading {
  const lines = text
    .split('\n')
    .flatMap((line, row) =>
      line.split(' ').map((word, place) => ['5', 1, 1, 1, row, place, place * 20, row * 100, 10, 40, 90, word].join('\t')),
    )
  return readingOf(lines.join('\n'), 2)
}

const places = (text: string, ...sought: readonly string[]): ReturnType<typeof findIn> => findIn([reading(text)], sought.map(blurred))
const find = (text: string, ...sought: readonly string[]): ReturnType<typeof countsOf> => countsOf(places(text, ...sought))

test.each<[string, string]>([
  ['as it is', 'kestrel-oblong-51889'],
  ['with O for 0 and l for 1', 'kestreI-0blong-5l889'],
  ['with 5 for S and 8 for B', 'ke5trel-o8long-S1BB9'],
  ['without its joints, over two lines', 'Kestrel\nOblong 51889'],
  ['with a sign lost, one wrong and one too many', 'kestrl-oblang-518899'],
])('what is sought is found %s', (_, read) => {
  expect(find(`Order overview\n${read}\nshipped`, 'Kestrel-Oblong-51889')).toMatchObject({ sought: 1 })
})

test('rn and m, vv and w, cl and d are the same', () => {
  expect(find('a modern widow', 'modem', 'vvidow')).toEqual({ sought: 2 })
})

test('what is only a little alike is not found', () => {
  expect(find('kestrel oblast 60221, order overview, shipped in three parts', 'Kestrel-Oblong-51889', 'canary-7')).toEqual({})
})

test('of texts that stand in one another the longest is counted, and each time that it is there', () => {
  expect(find('plover-2219 and plover-2219 and plover', 'plover', 'plover-2219')).toEqual({ sought: 3 })
})

test('a card is found although figures in it were read as letters; a word without any is none', () => {
  expect(find('Card 4Z4Z 4242 42A2 4242')).toEqual({})
  expect(find('Card 4Z4Z 4242 4Z42 424Z')).toMatchObject({ card: 1 })
  expect(find('Card 5SOO 0055 5555 5559')).toMatchObject({ card: 1 })
  expect(find('SoIlS BOZO lilSoOls')).not.toHaveProperty('card')
})

test('of several readings of one picture the most is counted, not the sum', () => {
  const card = 'Card 4242 4242 4242 4242'
  const readings = [card, card, `${card} and 5500 0055 5555 5559`].map(reading)
  expect(countsOf(findIn(readings, []))).toEqual({ card: 2 })
})

test('what is found is told with the place where it stands in the picture, in its own pixels, and without its text', () => {
  expect(places('Order overview\nCard 4242 4242 4242 4242 of today')).toEqual([{ kind: 'card', box: [10, 50, 35, 20] }])
  expect(places('Order overview\nof Kestrel\nOblong 51889 shipped', 'Kestrel-Oblong-51889')).toEqual([
    { kind: 'sought', box: [0, 50, 15, 70] },
  ])
})
