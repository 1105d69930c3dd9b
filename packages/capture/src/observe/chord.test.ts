import { expect, test } from 'vitest'

import { strokeOf } from './chord.ts'

const press = (key: string, held: readonly string[] = [], code = '', isComposing = false): KeyboardEvent =>
  ({
    key,
    code,
    ctrlKey: held.includes('Control'),
    altKey: held.includes('Alt'),
    shiftKey: held.includes('Shift'),
    metaKey: held.includes('Meta'),
    isComposing,
    getModifierState: (name: string) => held.includes(name),
  }) as unknown as KeyboardEvent

test('a shortcut has one spelling, whatever Shift and the layout make of its letter', () => {
  expect(strokeOf(press('s', ['Control'], 'KeyS'))).toMatchObject({ kind: 'shortcut', chord: 'Control+S' })
  expect(strokeOf(press('K', ['Shift', 'Control'], 'KeyK'))).toMatchObject({ chord: 'Control+Shift+K' })
  expect(strokeOf(press('!', ['Shift', 'Control'], 'Digit1'))).toMatchObject({ chord: 'Control+Shift+1' })
  expect(strokeOf(press('ы', ['Control'], 'KeyS'))).toMatchObject({ chord: 'Control+S' })
  expect(strokeOf(press(' ', ['Control'], 'Space'))).toMatchObject({ chord: 'Control+Space' })
})

test('characters are text, AltGr and compositions too', () => {
  expect(strokeOf(press('a')).kind).toBe('text')
  expect(strokeOf(press('A', ['Shift'])).kind).toBe('text')
  expect(strokeOf(press('€', ['Control', 'Alt', 'AltGraph'])).kind).toBe('text')
  expect(strokeOf(press('å', ['Alt'])).kind).toBe('text')
  expect(strokeOf(press('Dead')).kind).toBe('text')
  expect(strokeOf(press('x', ['Control'], '', true)).kind).toBe('text')
  expect(strokeOf(press(' ')).kind).toBe('space')
})

test('named keys are told with their modifiers, modifiers alone not at all', () => {
  expect(strokeOf(press('Tab', ['Shift']))).toMatchObject({ kind: 'named', chord: 'Shift+Tab' })
  expect(strokeOf(press('F5'))).toMatchObject({ kind: 'named', chord: 'F5' })
  expect(strokeOf(press('Control', ['Control'])).kind).toBe('modifier')
})
