import type { Action, ActionKind, Observation, ObservationNode, Target } from '@overt/schema'
import { unitSeparator } from '@overt/schema/words'

import type { Demo, DemoNode } from './miniwob-demo.ts'
import { type Gesture, isTextField, refPath } from './miniwob-gestures.ts'
import { miniwobTable } from './miniwob-table.ts'

/** An action on its way into an episode, with the page before it. */
export interface Act {
  readonly action: Action
  readonly observation: Observation
}

/** What an import could not map, by rule. */
export type Dropped = Record<string, number>

/** A pointer that moves less than this between press and release has clicked. CSS pixels. */
const dragPx = 6
const offRoot = -1

interface Frame {
  readonly demo: Demo
  readonly gesture: Gesture
  /** `undefined` at the end of the demonstration. */
  readonly next: Gesture | undefined
  /** The page before the gesture. */
  readonly before: DemoNode
  /** The page before the next gesture, or the last one recorded. */
  readonly after: DemoNode
  readonly nodes: readonly ObservationNode[]
  readonly dropped: Dropped
}

/** Turns gestures into actions of the canonical vocabulary; what can't be mapped is counted in `dropped`. */
export function actsOf(demo: Demo, gestures: readonly Gesture[], dropped: Dropped): Act[] {
  const acts: Act[] = []
  gestures.forEach((gesture, index) => {
    const before = demo.states[gesture.from]?.page
    const next = gestures[index + 1]
    const after = (next === undefined ? demo.states.at(-1) : demo.states[next.from])?.page
    if (before === undefined || after === undefined) return
    const frame = { demo, gesture, next, before, after, nodes: miniwobTable(before), dropped }
    const action = actionOf(frame)
    if (action === undefined) return
    const observation = observationOf(gesture.from, withChoices(frame.nodes, acts))
    if (!merge(acts, action)) acts.push({ action, observation })
  })
  return acts
}

/** What was chosen in a list before stands there still, though the recorder did not write it down. */
function withChoices(nodes: readonly ObservationNode[], acts: readonly Act[]): readonly ObservationNode[] {
  const chosen = new Map(
    acts.flatMap(({ action }) => (action.kind === 'select_option' ? [[action.target?.node, action.argument] as const] : [])),
  )
  return chosen.size === 0 ? nodes : nodes.map((node) => ({ ...node, value: chosen.get(node.id) ?? node.value }))
}

function observationOf(id: number, nodes: readonly ObservationNode[]): Observation {
  return {
    id,
    url: 'https://miniwob.invalid/',
    title: '',
    viewport: { width: 160, height: 210, scrollX: 0, scrollY: 0, pixelRatio: 1 },
    status: 'fresh',
    nodes: [...nodes],
  }
}

function actionOf(frame: Frame): Action | undefined {
  switch (frame.gesture.kind) {
    case 'press':
      return press(frame)
    case 'keys':
      return keys(frame)
    case 'scroll':
      return scroll(frame)
  }
}

function press(frame: Frame): Action | undefined {
  const { gesture, after } = frame
  const path = gesture.clicked.at(-1) ?? gesture.path
  const hit = path.at(-1)
  const list = path.find((node) => node.tag === 'SELECT')
  if (list !== undefined) return choose(frame, list)
  if (frame.next !== undefined && hit !== undefined && isTextField(hit) && valueOf(after, hit.ref) !== valueOf(frame.before, hit.ref))
    return typed(frame, hit, 'value.pointer')
  if (isScrollBar(frame)) return drop(frame, 'press.scrollbar')
  const box = path.some((node) => node.tag === 'LABEL') ? fieldIn(path) : hit
  if (box?.tag === 'INPUT_checkbox' || box?.tag === 'INPUT_radio') return check(frame, box)
  if (isDrag(gesture)) return drag(frame)
  return click(frame)
}

/** A press on the very element that scrolls next took hold of its scroll bar; the scrolling is an action of its own. */
function isScrollBar({ gesture, next }: Frame): boolean {
  return next?.kind === 'scroll' && gesture.path.at(-1)?.ref === next.path.at(-1)?.ref
}

function click(frame: Frame): Action | undefined {
  const { gesture, nodes } = frame
  const path = gesture.path
  const target = nodeAt(nodes, path, gesture.x, gesture.y)
  if (target === undefined || isBackground(frame, target)) return drop(frame, 'click.background')
  return act(frame, 'click', target, '', 'click')
}

/** A click on a container that has no text and changes nothing but the focus said nothing. */
function isBackground(frame: Frame, target: ObservationNode): boolean {
  const { nodes, after, next } = frame
  const at = nodes.indexOf(target)
  if (next === undefined || target.name !== '' || target.look !== '' || !nodes.some((node) => node.parent === at)) return false
  return withoutFocus(nodes) === withoutFocus(miniwobTable(after))
}

function withoutFocus(nodes: readonly ObservationNode[]): string {
  return JSON.stringify(
    nodes.map((node) => [node.id, node.name, node.value, node.look, node.states.filter((state) => state !== 'focused')]),
  )
}

function check(frame: Frame, box: DemoNode): Action | undefined {
  const target = frame.nodes.find((node) => node.id === box.ref)
  if (target === undefined) return drop(frame, 'check.unseen')
  const wasOn = target.states.includes('checked')
  if (wasOn && box.tag === 'INPUT_radio') return drop(frame, 'check.again')
  return act(frame, 'check', target, wasOn ? 'off' : 'on', frame.gesture.clicked.length > 1 ? 'check.label' : 'check')
}

function fieldIn(path: readonly DemoNode[]): DemoNode | undefined {
  const label = path.findLast((node) => node.tag === 'LABEL')
  return label?.children.find((node) => node.tag.startsWith('INPUT_'))
}

/** The recording has no chosen options. The goal of a demonstration that succeeded names them; else the choice stays unknown. */
function choose(frame: Frame, list: DemoNode): Action | undefined {
  const target = frame.nodes.find((node) => node.id === list.ref)
  const chosen = list.children.map((option) => option.text.trim()).filter((label) => namedIn(frame.demo.utterance, label))
  if (target === undefined || chosen.length === 0 || frame.demo.rawReward < 1) return drop(frame, 'select.unknown')
  return act(frame, 'select_option', target, chosen.join(unitSeparator), 'select.goal')
}

function namedIn(utterance: string, label: string): boolean {
  return label !== '' && ` ${utterance.replace(/[,.]/g, ' ')} `.includes(` ${label} `)
}

function isDrag(gesture: Gesture): boolean {
  const moved = Math.max(Math.abs(gesture.toX - gesture.x), Math.abs(gesture.toY - gesture.y))
  return moved > dragPx && gesture.clicked.length === 0 && gesture.toPath.length > 1
}

function drag(frame: Frame): Action | undefined {
  const { gesture, nodes } = frame
  const target = nodeAt(nodes, gesture.path, gesture.x, gesture.y)
  const to = nodeAt(nodes, gesture.toPath, gesture.toX, gesture.toY)
  if (target === undefined || to === undefined) return drop(frame, 'drag.unseen')
  if (isTextField(gesture.path.at(-1))) return act(frame, 'click', target, '', 'click.selection')
  return { ...act(frame, 'drag', target, '', 'drag'), to: targetOf(to) }
}

function keys(frame: Frame): Action | undefined {
  const { gesture } = frame
  const field = gesture.path.at(-1)
  const list = gesture.path.find((node) => node.tag === 'SELECT')
  if (list !== undefined) return choose(frame, list)
  if (gesture.key !== '') return act(frame, 'key', frame.nodes.find((node) => node.id === field?.ref) ?? null, gesture.key, 'key')
  if (field === undefined || !isTextField(field)) return drop(frame, 'keys.nowhere')
  return typed(frame, field, 'type.commit')
}

function typed(frame: Frame, field: DemoNode, rule: string): Action | undefined {
  const target = frame.nodes.find((node) => node.id === field.ref)
  const text = valueOf(frame.after, field.ref) ?? valueOf(frame.demo.states[frame.gesture.to]?.page, field.ref)
  if (target === undefined || typeof text !== 'string') return drop(frame, 'type.unseen')
  return act(frame, 'type', target, text, rule)
}

function valueOf(page: DemoNode | undefined, ref: number): string | boolean | undefined {
  return page === undefined ? undefined : refPath(page, ref)?.at(-1)?.value
}

function scroll(frame: Frame): Action | undefined {
  const { gesture, nodes, after } = frame
  const inner = gesture.path.at(-1)?.children[0]
  const moved = inner === undefined ? undefined : refPath(after, inner.ref)?.at(-1)
  if (inner === undefined || moved === undefined || moved.top === inner.top) return drop(frame, 'scroll.nowhere')
  const target = nodes.find((node) => node.id === gesture.path.at(-1)?.ref) ?? null
  return act(frame, 'scroll', target, moved.top < inner.top ? 'down' : 'up', 'scroll')
}

/** The row that stands for the element acted on: itself, else what it holds under the point, else what holds it. */
function nodeAt(nodes: readonly ObservationNode[], path: readonly DemoNode[], x: number, y: number): ObservationNode | undefined {
  const rows = new Map(nodes.map((node) => [node.id, node]))
  for (const element of path.toReversed()) {
    const own = rows.get(element.ref)
    const inside = under(nodes, own, element, x, y)
    if (inside !== undefined) return inside
    if (own !== undefined) return own
  }
  return undefined
}

function under(
  nodes: readonly ObservationNode[],
  own: ObservationNode | undefined,
  element: DemoNode,
  x: number,
  y: number,
): ObservationNode | undefined {
  const refs = new Set<number>()
  const collect = (node: DemoNode): void => node.children.forEach((child) => (refs.add(child.ref), collect(child)))
  collect(element)
  const at = own === undefined ? offRoot : nodes.indexOf(own)
  return nodes.findLast((node) => (refs.has(node.id) || (node.parent === at && at !== offRoot)) && covers(node, x, y))
}

function covers(node: ObservationNode, x: number, y: number): boolean {
  const [left, top, width, height] = node.box
  return x >= left && x <= left + width && y >= top && y <= top + height
}

function act(frame: Frame, kind: ActionKind, target: ObservationNode | null, argument: string, rule: string): Action {
  const { gesture } = frame
  return {
    kind,
    target: target === null ? null : targetOf(target),
    argument,
    modifiers: [],
    point: gesture.kind === 'press' ? [gesture.x, gesture.y] : null,
    to: null,
    before: target?.value ?? '',
    after: kind === 'type' && target?.states.includes('secret') !== true ? argument : (target?.value ?? ''),
    cause: 'import',
    events: [gesture.from, ...(gesture.to === gesture.from ? [] : [gesture.to])],
    rule,
  }
}

function targetOf(node: ObservationNode): Target {
  return { node: node.id, role: node.role, name: node.name, box: node.box }
}

function drop(frame: Frame, reason: string): undefined {
  frame.dropped[reason] = (frame.dropped[reason] ?? 0) + 1
  return undefined
}

/** Folds an action into the one before it where both are one doing: more keys in one field, more options of one list, a press into the field being typed in. */
function merge(acts: Act[], action: Action): boolean {
  const last = acts.at(-1)
  const node = action.target?.node
  if (last === undefined || node === undefined || last.action.target?.node !== node) return false
  const both = (kind: ActionKind): boolean => last.action.kind === kind && action.kind === kind
  const events = [...last.action.events, ...action.events]
  if (both('type') || both('select_option') || (both('scroll') && last.action.argument === action.argument)) {
    acts[acts.length - 1] = { ...last, action: { ...action, before: last.action.before, events } }
    return true
  }
  const field = last.action.kind === 'type' && action.kind === 'click'
  if (field) acts[acts.length - 1] = { ...last, action: { ...last.action, events } }
  return field
}
