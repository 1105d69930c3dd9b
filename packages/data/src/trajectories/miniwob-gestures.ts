import type { DemoAct, DemoNode, DemoState } from './miniwob-demo.ts'

/** One thing a hand did in a demonstration: a press and what followed it, a run of keys in one place, or a run of scrolling. */
export interface Gesture {
  readonly kind: 'press' | 'keys' | 'scroll'
  /** Index of the state that shows the page before it. */
  readonly from: number
  /** Index of the last state that belongs to it. */
  to: number
  /** Elements from the page's root to the one acted on. */
  readonly path: readonly DemoNode[]
  readonly x: number
  readonly y: number
  /** Where the press was let go. */
  toX: number
  toY: number
  /** Elements under the letting go. */
  toPath: readonly DemoNode[]
  /** Elements that got a click. A label's field gets a second one. */
  readonly clicked: (readonly DemoNode[])[]
  /** Named key of a `keys` gesture, '' for typing. */
  readonly key: string
  readonly control: boolean
  readonly shift: boolean
}

const namedKeys: Readonly<Record<number, string>> = {
  9: 'Tab',
  13: 'Enter',
  27: 'Escape',
  33: 'PageUp',
  34: 'PageDown',
  37: 'ArrowLeft',
  38: 'ArrowUp',
  39: 'ArrowRight',
  40: 'ArrowDown',
}
const controlKeys = new Set([17, 91, 93, 224])
const shiftKey = 16
const silentKeys = new Set([16, 17, 18, 20, 91, 93, 224])
const steppedFields = new Set(['INPUT_number', 'INPUT_date', 'INPUT_time', 'INPUT_month', 'INPUT_range'])
const textFields = new Set(['INPUT_text', 'INPUT_password', 'INPUT_search', 'INPUT_email', 'TEXTAREA', ...steppedFields])

/** Whether a recorded element takes text. */
export function isTextField(node: DemoNode | undefined): boolean {
  return node !== undefined && textFields.has(node.tag)
}

/** Whether a recorded field has its own stepper, so that pointer and arrows change its value too. */
function isStepped(node: DemoNode | undefined): boolean {
  return node !== undefined && steppedFields.has(node.tag)
}

interface Hands {
  readonly gestures: Gesture[]
  control: boolean
  shift: boolean
  pressed: Gesture | undefined
}

/** Folds a demonstration's events into gestures, in order. Only the events before handling (`timing` 1) count: the second of each pair adds nothing. */
export function gesturesOf(states: readonly DemoState[]): Gesture[] {
  const hands: Hands = { gestures: [], control: false, shift: false, pressed: undefined }
  states.forEach((state, index) => {
    if (state.act === null || state.act.timing !== 1) return
    take(hands, state.act, state, index)
  })
  return hands.gestures
}

function take(hands: Hands, act: DemoAct, state: DemoState, index: number): void {
  switch (act.type) {
    case 'mousedown':
      hands.pressed = begin(hands, 'press', act, state, index, '')
      return
    case 'mouseup':
      release(hands, act, state, index)
      return
    case 'click':
      clicked(hands, act, state, index)
      return
    case 'keydown':
      keyDown(hands, act, state, index)
      return
    case 'keyup':
      if (controlKeys.has(act.keyCode)) hands.control = false
      if (act.keyCode === shiftKey) hands.shift = false
      return
    case 'scroll':
      scrolled(hands, act, state, index)
      break
    default:
      break
  }
}

function begin(hands: Hands, kind: Gesture['kind'], act: DemoAct, state: DemoState, index: number, key: string): Gesture {
  const path = targetPath(state.page)
  const gesture: Gesture = {
    kind,
    from: index,
    to: index,
    path,
    x: act.x,
    y: act.y,
    toX: act.x,
    toY: act.y,
    toPath: path,
    clicked: [],
    key,
    control: hands.control,
    shift: hands.shift,
  }
  hands.gestures.push(gesture)
  return gesture
}

function release(hands: Hands, act: DemoAct, state: DemoState, index: number): void {
  const { pressed } = hands
  if (pressed === undefined) return
  pressed.toX = act.x
  pressed.toY = act.y
  pressed.toPath = targetPath(state.page)
  pressed.to = index
}

function clicked(hands: Hands, act: DemoAct, state: DemoState, index: number): void {
  const pressed = hands.pressed ?? begin(hands, 'press', act, state, index, '')
  pressed.clicked.push(targetPath(state.page))
  pressed.to = index
}

function keyDown(hands: Hands, act: DemoAct, state: DemoState, index: number): void {
  if (controlKeys.has(act.keyCode)) hands.control = true
  if (act.keyCode === shiftKey) hands.shift = true
  if (silentKeys.has(act.keyCode)) return
  const path = targetPath(state.page)
  const field = path.at(-1)
  const steps = isStepped(field) && act.keyCode >= 37 && act.keyCode <= 40
  const named = steps ? '' : (namedKeys[act.keyCode] ?? (isTextField(field) || act.keyCode !== 32 ? '' : 'Space'))
  const last = hands.gestures.at(-1)
  if (named === '' && last?.kind === 'keys' && last.key === '' && last.path.at(-1)?.ref === field?.ref) last.to = index
  else begin(hands, 'keys', act, state, index, named)
}

function scrolled(hands: Hands, act: DemoAct, state: DemoState, index: number): void {
  const last = hands.gestures.at(-1)
  const path = targetPath(state.page)
  if (last?.kind === 'scroll' && last.path.at(-1)?.ref === path.at(-1)?.ref) last.to = index
  else begin(hands, 'scroll', act, state, index, '')
}

/** Elements from the root down to the recording's target; only the root where there is none. */
export function targetPath(page: DemoNode): readonly DemoNode[] {
  return search(page, (node) => node.target) ?? [page]
}

/** Elements from the root down to the element of a number; `undefined` where it is gone. */
export function refPath(page: DemoNode, ref: number): readonly DemoNode[] | undefined {
  return search(page, (node) => node.ref === ref)
}

function search(node: DemoNode, fits: (node: DemoNode) => boolean): readonly DemoNode[] | undefined {
  if (fits(node)) return [node]
  for (const child of node.children) {
    const path = search(child, fits)
    if (path !== undefined) return [node, ...path]
  }
  return undefined
}
