import { expect, test } from 'vitest'

import { percentOf, proposalOf } from './proposal.ts'

test('a proposal says what would be done, to what, with what, in words that people use', () => {
  expect(proposalOf('select_option', 'Return site', 'Turin')).toBe('Choose Turin in Return site')
  expect(proposalOf('click', 'Save case', '')).toBe('Click Save case')
  expect(proposalOf('key', '', 'Alt+Q')).toBe('Press Alt+Q')
  expect(proposalOf('done', '', '')).toBe('Finish')
})

test('what has no words of its own is said by its name without underscores', () => {
  expect(proposalOf('tab_open', '', '')).toBe('tab open')
})

test('a small share is not called nothing', () => {
  expect([percentOf(0.941), percentOf(0.002)]).toEqual(['94%', '<1%'])
})
