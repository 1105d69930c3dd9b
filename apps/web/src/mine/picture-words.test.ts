import { expect, test } from 'vitest'

import { pictureWords } from './picture-words.ts'

const one = { index: 4, atEpochMs: 1, pictures: 1, kinds: ['card', 'person'], by: 'privacy some-officer' }

test('a person is told that pictures were held, released or destroyed, why and by whom', () => {
  expect(pictureWords({ ...one, what: 'held', by: 'a check' })).toBe(
    'A check held back a picture: it may have found a card number, a name. Nobody but you can see them.',
  )
  expect(pictureWords({ ...one, what: 'held', pictures: 3, kinds: [] })).toContain('3 pictures: it could not read what they show')
  expect(pictureWords({ ...one, what: 'released' })).toBe(
    'privacy some-officer released a picture in which a check had found a card number, a name: those you agreed to may see it.',
  )
  expect(pictureWords({ ...one, what: 'destroyed', kinds: ['of later'] })).toContain(
    'destroyed a picture in which a check had found something private',
  )
})
