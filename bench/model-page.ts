import type { Candidate, HistoryEntry } from '@overt/learn'
import type { Observation, ObservationNode } from '@overt/schema'

/** A page to decide on, what to do there, and what was done before. */
export interface Sitting {
  readonly observation: Observation
  readonly goal: string
  readonly history: readonly HistoryEntry[]
}

const words = ['Amber', 'Birch', 'Cedar', 'Dune', 'Ember', 'Fjord', 'Grove', 'Heath', 'Islet', 'Jetty', 'Knoll', 'Larch']
const towns = ['Kiel', 'Lyon', 'Turku', 'Porto', 'Ghent']
const stages = ['Draft', 'Sent', 'Approved', 'Shipped', 'Returned']
const columns = ['Order', 'Customer', 'Town', 'Amount', 'Quantity', 'Note', 'Status', 'Actions']

/** A page of nothing but buttons, each with a name of its own. */
export function buttonsPage(size: number, shift: number): Observation {
  return pageOf(Array.from({ length: size }, (_, index) => nodeAt(index, -1, 'button', nameOf(index + shift), [index % 8, index >> 3])))
}

/** The name of the button `index` of `buttonsPage`, or of the customer in row `index` of `tablePage`. */
export function nameOf(index: number): string {
  return `${words[index % words.length] ?? ''} ${Math.floor(index / words.length)}`
}

/** A search form over a table of orders: each row has texts, two fields, a select and two buttons. With 60 rows it has as many candidates as there can be, 1,500. */
export function tableSitting(rows: number, shift: number): Sitting {
  const chosen = Math.floor(rows / 2)
  const goal = `Find the order of "${nameOf(chosen + shift)}" in ${towns[chosen % towns.length]}. Set its Status to "Approved" and its Quantity to "14", write "Deliver before noon, ring twice" in Note, then press "Save".`
  const states = [0, 1, 2, 3].map((done) => tablePage(rows, shift, done))
  const acts: Candidate[] = [
    { kind: 'type', node: 1, argument: nameOf(chosen + shift) },
    { kind: 'click', node: 2, argument: '' },
    { kind: 'click', node: 3, argument: '' },
  ]
  const history = acts.flatMap((action, at) => (states[at] === undefined ? [] : [{ action, observation: states[at] }]))
  const now = states[3]
  if (now === undefined) throw new RangeError('a sitting has four pages')
  return { observation: now, goal, history }
}

/** `done`: how many steps were taken; the first fills in the search field. */
function tablePage(rows: number, shift: number, done: number): Observation {
  const nodes: ObservationNode[] = []
  const add = (
    parent: number,
    tag: string,
    name: string,
    place: readonly [number, number],
    more: Partial<ObservationNode> = {},
  ): number => {
    nodes.push({ ...nodeAt(nodes.length, parent, tag, name, place), ...more })
    return nodes.length - 1
  }
  add(-1, 'h1', done > 2 ? 'Orders, sorted' : 'Orders', [0, 0], { role: 'heading' })
  add(-1, 'input', 'Search orders', [1, 0], { role: 'searchbox', value: done > 0 ? nameOf(Math.floor(rows / 2) + shift) : '' })
  add(-1, 'button', 'Search', [2, 0])
  add(-1, 'button', done > 1 ? 'Sort again' : 'Sort by amount', [3, 0])
  const table = add(-1, 'table', '', [0, 1], { role: 'table' })
  const head = add(table, 'tr', '', [0, 1], { role: 'row' })
  columns.forEach((name, column) => add(head, 'th', name, [column, 1], { role: 'columnheader' }))
  for (let row = 0; row < rows; row += 1) addRow(add, table, row, shift)
  add(-1, 'button', 'Save', [0, rows + 3], { keys: 'Control+S' })
  add(-1, 'button', 'Cancel', [1, rows + 3])
  return pageOf(nodes)
}

type Add = (parent: number, tag: string, name: string, place: readonly [number, number], more?: Partial<ObservationNode>) => number

function addRow(add: Add, table: number, row: number, shift: number): void {
  const line = row + 2
  const parent = add(table, 'tr', '', [0, line], { role: 'row' })
  const cells = [`PO-${10_000 + row * 7}`, nameOf(row + shift), towns[row % towns.length] ?? '', `${120 + ((row * 37) % 900)}.50`]
  cells.forEach((text, column) => add(parent, 'td', text, [column, line], { role: 'cell' }))
  add(parent, 'input', '', [4, line], { role: 'spinbutton', inputType: 'number', value: String((row % 9) + 1) })
  add(parent, 'input', '', [5, line], { role: 'textbox', inputType: 'text' })
  add(parent, 'select', '', [6, line], { role: 'combobox', value: stages[row % stages.length] ?? '', options: stages })
  add(parent, 'button', 'Edit', [7, line])
  add(parent, 'button', 'Delete', [8, line], { look: 'icon-delete' })
}

function pageOf(nodes: readonly ObservationNode[]): Observation {
  return {
    id: 0,
    url: 'http://127.0.0.1/',
    title: '',
    viewport: { width: 1024, height: 720, scrollX: 0, scrollY: 0, pixelRatio: 1 },
    status: 'fresh',
    nodes: [...nodes],
  }
}

function nodeAt(id: number, parent: number, tag: string, name: string, [column, line]: readonly [number, number]): ObservationNode {
  const box: ObservationNode['box'] = [column * 120, line * 30, 110, 24]
  return { id, parent, tag, inputType: '', role: tag, name, value: '', states: [], box, options: [], look: '', keys: '' }
}
