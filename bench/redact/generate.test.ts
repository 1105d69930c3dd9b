import { expect, test } from 'vitest'

import { generate } from './generate.ts'

test('one seed makes the same texts each time, another one others', () => {
  const texts = (seed: number): readonly string[] => generate('tuned', seed).map(({ text }) => text)
  const once = texts(1)
  expect(texts(1)).toEqual(once)
  expect(texts(2)).not.toEqual(once)
})
