import type { ObservationNode } from '@overt/schema'
import { expect, test } from 'vitest'

import { describeAction, nameIn } from './describe.ts'

const box: [number, number, number, number] = [0, 0, 10, 10]

function node(id: number, parent: number, role: string, name: string): ObservationNode {
  return { id, parent, tag: 'div', inputType: '', role, name, value: '', states: [], box, options: [], look: '', keys: '' }
}

test('a click says what was clicked by role and name', () => {
  const words = describeAction({ kind: 'click', target: { node: 1, role: 'button', name: 'Refund', box }, argument: '' })
  expect(words).toEqual({ verb: 'Clicked', role: 'button', name: 'Refund', argument: '' })
})

test('a cell without a name of its own is called by the texts inside it', () => {
  const nodes = [node(4, -1, 'row', ''), node(7, 0, 'cell', ''), node(8, 1, 'text', '1042'), node(9, 0, 'text', 'Gus')]
  const words = describeAction({ kind: 'click', target: { node: 7, role: 'cell', name: '', box }, argument: '' }, nodes)
  expect(words.name).toBe('1042')
  expect(nameIn(nodes, 4)).toBe('1042 Gus')
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
