import type { ObservationNode } from '@overt/schema'

/** What kind of thing a node is to a person: markup and ARIA that differ only in how they are written fall together. */
export type NodeClass =
  | 'button'
  | 'link'
  | 'tab'
  | 'menuitem'
  | 'option'
  | 'checkbox'
  | 'radio'
  | 'textbox'
  | 'password'
  | 'textarea'
  | 'date'
  | 'time'
  | 'number'
  | 'slider'
  | 'select'
  | 'listbox'
  | 'combo'
  | 'treeitem'
  | 'cell'
  | 'heading'
  | 'label'
  | 'image'
  | 'shape'
  | 'icon'
  | 'patch'
  | 'text'
  | 'box'

const byInput: Readonly<Record<string, NodeClass>> = {
  checkbox: 'checkbox',
  radio: 'radio',
  button: 'button',
  submit: 'button',
  reset: 'button',
  image: 'button',
  file: 'button',
  password: 'password',
  date: 'date',
  month: 'date',
  week: 'date',
  'datetime-local': 'date',
  time: 'time',
  number: 'number',
  range: 'slider',
}

const byRole: Readonly<Record<string, NodeClass>> = {
  button: 'button',
  link: 'link',
  tab: 'tab',
  menuitem: 'menuitem',
  menuitemcheckbox: 'menuitem',
  menuitemradio: 'menuitem',
  option: 'option',
  checkbox: 'checkbox',
  switch: 'checkbox',
  radio: 'radio',
  textbox: 'textbox',
  searchbox: 'textbox',
  spinbutton: 'number',
  slider: 'slider',
  combobox: 'combo',
  listbox: 'listbox',
  treeitem: 'treeitem',
  gridcell: 'cell',
  cell: 'cell',
  heading: 'heading',
  label: 'label',
}

const typed: ReadonlySet<NodeClass> = new Set(['textbox', 'password', 'textarea', 'date', 'time', 'number'])
const pressed: ReadonlySet<NodeClass> = new Set(['button', 'link', 'tab', 'menuitem', 'option', 'combo', 'treeitem'])

/** The class of a node; `holds`: it has rows of its own below it. */
export function classOf(node: ObservationNode, holds: boolean): NodeClass {
  const { tag, role, look, name } = node
  if (tag === 'input') return role === 'spinbutton' ? 'number' : (byInput[node.inputType] ?? 'textbox')
  if (tag === 'textarea') return 'textarea'
  if (tag === 'select') return role === 'listbox' ? 'listbox' : 'select'
  if (tag === 'a' && role !== 'button' && role !== 'tab' && role !== 'menuitem' && role !== 'option') return 'link'
  const known = byRole[role]
  if (known !== undefined) return known
  if (holds) return 'box'
  if (look.includes('shape-')) return 'shape'
  if (name !== '') return 'text'
  if (look.includes('icon-')) return 'icon'
  return tag === 'svg' || tag === 'img' || tag === 'canvas' ? 'image' : look === '' ? 'box' : 'patch'
}

/** Whether a class holds a value of its own, so that its name is a label. */
export function isField(kind: NodeClass): boolean {
  return typed.has(kind) || kind === 'select' || kind === 'listbox' || kind === 'slider'
}

/** Whether it is a field for text, though it may be read-only. */
export function isTextField(node: ObservationNode): boolean {
  const kind = classOf(node, false)
  if (node.states.includes('disabled')) return false
  return typed.has(kind) && (kind !== 'number' || node.tag === 'input')
}

/** Whether a class is pressed as a whole, whatever it holds. */
export function isPressed(kind: NodeClass): boolean {
  return pressed.has(kind)
}
