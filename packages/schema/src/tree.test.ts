import { expect, test } from 'vitest'

import { type RawNode, tabulate } from './tree.ts'

let nextId = 0

function raw(role: string, name = '', children: readonly RawNode[] = [], over: Partial<RawNode> = {}): RawNode {
  nextId += 1
  const plain = { tag: 'div', inputType: '', value: '', states: [], box: [0, 0, 1, 1] as const, options: [], look: '', keys: '' }
  return { ...plain, box: [0, 0, 1, 1], id: nextId, role, name, interactive: false, children, ...over }
}

/** The table as `depth:role:name`. */
function table(...roots: readonly RawNode[]): readonly string[] {
  const rows = tabulate(roots)
  const depth = (index: number): number => (index === -1 ? -1 : 1 + depth(rows[index]?.parent ?? -1))
  return rows.map((row, index) => `${depth(index)}:${row.role}:${row.name}`)
}

test('a wrapper of one kept child gives way to it', () => {
  expect(table(raw('generic', '', [raw('generic', '', [raw('button', 'Save')])]))).toEqual(['0:button:Save'])
})

test('a container of two kept children stays, in document order', () => {
  expect(table(raw('generic', '', [raw('button', 'Save'), raw('text', 'Total')]))).toEqual(['0:generic:', '1:button:Save', '1:text:Total'])
})

test('structure stays however few children it has', () => {
  expect(table(raw('row', '', [raw('cell', '', [raw('text', '42')])]))).toEqual(['0:row:', '1:cell:', '2:text:42'])
})

test('an empty wrapper is left out; one with a look, and one that a person can act on, are not', () => {
  expect(table(raw('generic'), raw('generic', '', [], { look: 'colour-red' }), raw('generic', '', [], { interactive: true }))).toEqual([
    '0:generic:',
    '0:generic:',
  ])
})

test('the name of a container that holds kept text is not told twice', () => {
  expect(table(raw('generic', 'Total 42', [raw('text', 'Total 42')]))).toEqual(['0:text:Total 42'])
})

test('a parent stands before its children, and parents are indices of the table', () => {
  const rows = tabulate([raw('list', '', [raw('listitem', '', [raw('link', 'a')]), raw('listitem', '', [raw('link', 'b')])])])
  rows.forEach((row, index) => expect(row.parent).toBeLessThan(index))
  expect(rows.map(({ parent }) => parent)).toEqual([-1, 0, 1, 0, 3])
})

test('a row keeps what the page said and nothing of how it was read', () => {
  const [row] = tabulate([raw('textbox', 'Amount', [], { id: 9, value: '12', states: ['required'], keys: 'Alt+A' })])
  expect(row).toEqual({
    id: 9,
    parent: -1,
    tag: 'div',
    inputType: '',
    role: 'textbox',
    name: 'Amount',
    value: '12',
    states: ['required'],
    box: [0, 0, 1, 1],
    options: [],
    look: '',
    keys: 'Alt+A',
  })
})
