import type { Action, ActionKind } from '@overt/schema'

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

/** Says an action in plain words. */
export function describeAction(action: Pick<Action, 'kind' | 'target' | 'argument'>): Words {
  const { kind, target, argument } = action
  const off = kind === 'check' && argument === 'off'
  return {
    verb: off ? 'Unticked' : target === null && kind === 'key' ? 'Pressed' : verbs[kind],
    role: target === null ? '' : (roles[target.role] ?? target.role),
    name: target?.name ?? '',
    argument: kind === 'check' ? '' : argument.replaceAll('\u001f', ', '),
  }
}
