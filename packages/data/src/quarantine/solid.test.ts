import { expect, test } from 'vitest'

import { isFilled, type Greys } from './solid.ts'

const [width, height] = [120, 60]

/** White, with black where `isBlack` says so. */
function greys(isBlack: (x: number, y: number) => boolean): Greys {
  const bytes = Uint8Array.from({ length: width * height }, (_, at) => (isBlack(at % width, Math.floor(at / width)) ? 9 : 250))
  return { bytes, width, height }
}

const box = greys((x, y) => x >= 10 && x < 90 && y >= 10 && y < 30)

test('what lies over a box that the device filled is no word, a little more or less than it too', () => {
  for (const read of [
    [10, 10, 80, 20],
    [4, 6, 90, 30],
    [30, 12, 20, 16],
  ] as const)
    expect(isFilled(box, read)).toBe(true)
})

test('a narrow stroke, as of a figure 1, and what is beside a box are words', () => {
  expect(
    isFilled(
      greys((x) => x >= 20 && x < 24),
      [20, 10, 4, 16],
    ),
  ).toBe(false)
  expect(isFilled(box, [60, 10, 59, 20])).toBe(false)
  expect(isFilled(box, [10, 35, 80, 20])).toBe(false)
})

test('white letters on black are words', () => {
  const letters = greys((x, y) => !(x % 8 < 2 && y > 12 && y < 28))
  expect(isFilled(letters, [10, 12, 80, 16])).toBe(false)
})

test('a box at the end of the picture is judged by what there is of it, and one outside is a word', () => {
  expect(
    isFilled(
      greys(() => true),
      [100, 50, 40, 20],
    ),
  ).toBe(true)
  expect(
    isFilled(
      greys(() => true),
      [200, 90, 40, 20],
    ),
  ).toBe(false)
})
