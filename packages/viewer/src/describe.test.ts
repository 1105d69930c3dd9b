import { expect, test } from 'vitest'

import { describeAction } from './describe.ts'

const box: [number, number, number, number] = [0, 0, 10, 10]

test('a click says what was clicked by role and name', () => {
  const words = describeAction({ kind: 'click', target: { node: 1, role: 'button', name: 'Refund', box }, argument: '' })
  expect(words).toEqual({ verb: 'Clicked', role: 'button', name: 'Refund', argument: '' })
})

test('a box that was ticked off is unticked, and on and off are no arguments to read', () => {
  const words = describeAction({ kind: 'check', target: { node: 1, role: 'checkbox', name: 'Gift', box }, argument: 'off' })
  expect(words).toMatchObject({ verb: 'Unticked', argument: '' })
})

test('several chosen labels read as a list', () => {
  const words = describeAction({
    kind: 'select_option',
    target: { node: 1, role: 'listbox', name: 'Tags', box },
    argument: 'red\u001fblue',
  })
  expect(words).toMatchObject({ role: 'list', argument: 'red, blue' })
})
