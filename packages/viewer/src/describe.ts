import type { Action, ActionKind, ObservationNode } from '@overt/schema'

/** An action in plain words: `Clicked` the `button` `Refund`. */
export interface Words {
  readonly verb: string
  /** What it was done to, by role; '' where there is nothing. */
  readonly role: string
  readonly name: string
  /** What was typed, chosen or pressed; '' where there is nothing. */
  readonly argument: string
}

const verbs: Readonly<Record<ActionKind, string>> = {
  click: 'Clicked',
  double_click: 'Double-clicked',
  triple_click: 'Triple-clicked',
  right_click: 'Right-clicked',
  middle_click: 'Middle-clicked',
  hover: 'Pointed at',
  drag: 'Dragged',
  scroll: 'Scrolled',
  type: 'Typed into',
  key: 'Pressed a key in',
  select_option: 'Chose in',
  check: 'Ticked',
  navigate: 'Went to',
  back: 'Went back',
  forward: 'Went forward',
  reload: 'Reloaded',
  tab_open: 'Opened a tab',
  tab_close: 'Closed a tab',
  tab_switch: 'Changed the tab',
  app_switch: 'Changed the application',
  copy: 'Copied from',
  cut: 'Cut from',
  paste: 'Pasted into',
  upload: 'Chose a file in',
  dialog: 'Answered',
  wait: 'Waited',
  answer: 'Answered',
  done: 'Finished',
  fail: 'Gave up',
}

const roles: Readonly<Record<string, string>> = {
  textbox: 'field',
  searchbox: 'search field',
  spinbutton: 'number field',
  combobox: 'list',
  listbox: 'list',
  option: 'choice',
  columnheader: 'column',
  menuitem: 'menu entry',
  generic: '',
  text: 'text',
  cell: 'cell',
}

const longestName = 60

/** What a person would call a node: its name, or the texts inside it. */
export function nameIn(nodes: readonly ObservationNode[], id: number): string {
  const at = nodes.findIndex((node) => node.id === id)
  const own = nodes[at]?.name ?? ''
  if (own !== '' || at === -1) return own
  const inside = new Set([at])
  const texts: string[] = []
  nodes.forEach((node, index) => {
    if (!inside.has(node.parent)) return
    inside.add(index)
    if (node.name !== '') texts.push(node.name)
  })
  return texts.join(' ').slice(0, longestName)
}

/** Says an action in plain words; `nodes` of the page before it give a name to what has none of its own. */
export function describeAction(action: Pick<Action, 'kind' | 'target' | 'argument'>, nodes: readonly ObservationNode[] = []): Words {
  const { kind, target, argument } = action
  const off = kind === 'check' && argument === 'off'
  return {
    verb: off ? 'Unticked' : target === null && kind === 'key' ? 'Pressed' : verbs[kind],
    role: target === null ? '' : (roles[target.role] ?? target.role),
    name: target === null ? '' : target.name !== '' ? target.name : nameIn(nodes, target.node),
    argument: kind === 'check' ? '' : argument.replaceAll('\u001f', ', '),
  }
}
