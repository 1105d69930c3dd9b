import { expect, test } from 'vitest'

import { normal } from './words.ts'

/** What `normal` is by the pattern alone. */
function byPattern(text: string): string {
  const word = /\[[A-Z]+(?:_[A-Z]+)*_\d+\]|[@#]?[\p{L}\p{N}]+(?:[.,:'’/_@-](?=[\p{L}\p{N}])[\p{L}\p{N}]+)*/gu
  const words = text.match(word)
  return words === null ? text.trim().toLowerCase() : words.join(' ').toLowerCase()
}

test('the short way to a normal form gives what the pattern gives', () => {
  const signs = ['a', 'Z', '7', ' ', '-', '.', '@', '#', "'", '/', '_', 'é', '[', ':', ',']
  let state = 1
  for (let turn = 0; turn < 20_000; turn += 1) {
    let text = ''
    for (let length = 0; length < turn % 9; length += 1) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0
      text += signs[(state >>> 8) % signs.length] ?? ''
    }
    expect(normal(text), text).toBe(byPattern(text))
  }
})
