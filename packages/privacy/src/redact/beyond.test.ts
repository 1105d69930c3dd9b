import { expect, test } from 'vitest'

import { wide as none } from './beyond-none.ts'
import { wide } from './beyond.ts'
import { redactText } from './text.ts'

test('R16 a server knows names that a page has no room for, and words of many languages that are nobody', () => {
  const names = ['xiomara', 'thandeka', 'рустам', 'σταυρουλα'] as const
  for (const name of names) expect([name, wide.given.has(name), none.given.has(name)]).toEqual([name, true, false])
  for (const word of ['pomeriggio', 'vergadering', 'будильник', 'παρακαλω']) expect([word, wide.given.has(word)]).toEqual([word, false])
  expect(redactText('Thandeka has the key').spans).toMatchObject([{ kind: 'person', start: 0, end: 8 }])
  expect(redactText('Prenume\nData nașterii').spans).toEqual([])
})
