import { expect, test } from 'vitest'

import { pressOf } from './chord.ts'

test.each([
  ['Enter', 'Enter'],
  ['Control+Shift+K', 'Control+Shift+K'],
  ['Alt+A', 'Alt+a'],
  ['ctrl+s', 'Control+s'],
  ['Control++', 'Control++'],
  ['esc', 'Escape'],
  ['Control+ArrowDown', 'Control+ArrowDown'],
])('the chord %s is pressed as %s', (chord, press) => {
  expect(pressOf(chord)).toBe(press)
})

test.each(['', 'Control', 'Control+', 'A+B', 'Hyper+A'])('"%s" is no chord', (chord) => {
  expect(pressOf(chord)).toBeNull()
})
