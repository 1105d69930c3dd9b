import fc from 'fast-check'
import { expect, test } from 'vitest'

import { colourLook, iconLook, iconWords, shapeLook } from './look.ts'

test.each([
  ['btn btn-reply', 'icon-reply'],
  ['IconTrash', 'icon-trash'],
  ['fa fa-magnifier', 'icon-search'],
  ['x', 'icon-close'],
  ['css-1dbjc4n', ''],
])('%s looks like %j', (tokens, look) => {
  expect(iconLook(tokens)).toBe(look)
})

test('whatever the page calls its classes, a look is of the vocabulary', () => {
  const known = new Set(['', ...iconWords.map((word) => `icon-${word}`)])
  fc.assert(fc.property(fc.string(), (tokens) => known.has(iconLook(tokens))))
})

test.each([
  ['rgb(255, 0, 0)', 'colour-red'],
  ['rgb(0, 128, 0)', 'colour-green'],
  ['#0000ff', 'colour-blue'],
  ['rgb(255 255 0)', 'colour-yellow'],
  ['rgb(255, 165, 0)', 'colour-orange'],
  ['rgb(0, 255, 255)', 'colour-cyan'],
  ['rgb(128, 0, 128)', 'colour-magenta'],
  ['rgb(255, 192, 203)', 'colour-red'],
  ['rgb(0, 0, 0)', 'colour-black'],
  ['rgb(128, 128, 128)', 'colour-grey'],
  ['rgba(255, 255, 255, 0.5)', 'colour-white'],
  ['rgba(255, 0, 0, 0)', ''],
  ['transparent', ''],
  ['url(#gradient)', ''],
])('%s is %j', (css, look) => {
  expect(colourLook(css)).toBe(look)
})

test('any opaque colour has exactly one name', () => {
  const channel = fc.nat({ max: 255 })
  fc.assert(
    fc.property(channel, channel, channel, (red, green, blue) => /^colour-[a-z]+$/.test(colourLook(`rgb(${red}, ${green}, ${blue})`))),
  )
})

test('shapes go by their tag, a polygon of three points is a triangle', () => {
  expect([shapeLook('circle'), shapeLook('polygon', 3), shapeLook('polygon', 5), shapeLook('div')]).toEqual([
    'shape-circle',
    'shape-triangle',
    'shape-polygon',
    '',
  ])
})
