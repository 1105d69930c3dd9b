import { join } from 'node:path'

import { expect, test } from 'vitest'

import { attacks, attacksPage, attackTests, unshown } from './attacks-table.ts'
import { parse, readSources } from './source.ts'

const tests = attackTests(readSources(join(import.meta.dirname, '..')))

test('there are 47 attacks, numbered in order, and each has a test or a reason why it has none', () => {
  expect(attacks.map(({ number }) => number)).toEqual(Array.from({ length: 47 }, (_, at) => at + 1))
  expect(unshown(attacks, tests)).toEqual([])
})

test('the page says which tests there are: `npm run attacks` writes it', async () => {
  await expect(attacksPage(attacks, tests)).toMatchFileSnapshot('../docs/attacks.md')
})

const some = [
  { number: 1, name: 'one' },
  { number: 2, name: 'two', lacks: 'a console' },
  { number: 3, name: 'three' },
]

test('a number with neither is named, and so is one that does not exist', () => {
  const found = attackTests([
    parse('a.test.ts', "test('attack 1: x', () => {}); test.each([1])('attacks 4 and 1: y', () => {})"),
    parse('a.ts', "test('attack 3: in no test', () => {})"),
    parse('b.test.ts', "const said = 'attack 3: in no title'; // test('attack 3: in a comment')"),
  ])
  expect(found.map(({ number }) => number)).toEqual([1, 4, 1])
  expect(unshown(some, found)).toEqual([3, 4])
})

test('a test that is skipped, or left to do, shows nothing', () => {
  const source = "test.skip('attack 1: x', () => {}); test.todo('attack 3: y'); test(`attack ${3}: z`, () => {})"
  expect(attackTests([parse('a.test.ts', source)])).toEqual([])
})
