import type { Observation, ObservationNode } from '@overt/schema'
import { unitSeparator } from '@overt/schema/words'

import type { Eye } from '../decide/eye.ts'
import { chooseOptions } from './choose.ts'
import type { Grip, Probe } from './grip.ts'
import { check, click, drag, hover, pressKey, scroll, typeText, type Acted } from './hand.ts'
import { shortRest, suggestionRest } from './settle.ts'

/** What a policy wants done: a kind of action, the node of the observation it is done to (-1 for none), and its argument. */
export interface Wish {
  readonly kind: string
  readonly node: number
  readonly argument: string
}

const typed: ReadonlySet<string> = new Set(['textbox', 'searchbox', 'combobox', 'spinbutton'])

/** Does one action with trusted input and waits for the page to come to rest. `original` gives what a placeholder stands for. */
export async function act(
  eye: Eye,
  wish: Wish,
  observation: Observation,
  original: (text: string) => string = (text) => text,
): Promise<Acted> {
  const node = observation.nodes.find((one) => one.id === wish.node)
  const grip = node === undefined ? null : gripOf(eye, node, observation)
  const acted = await take(eye, wish, node, grip, original(wish.argument))
  const suggests = wish.kind === 'type' && ((await grip?.probe())?.suggests ?? false)
  await eye.rest(suggests ? suggestionRest : shortRest)
  return acted
}

/** A text run is no element: it is taken by the element it stands in, at its own place. */
function gripOf(eye: Eye, node: ObservationNode, observation: Observation): Grip {
  const parent = observation.nodes[node.parent]
  if (node.tag !== '#text' || parent === undefined) return eye.grip(node.id)
  const [x, y, width, height] = node.box
  const probe = async (): Promise<Probe | null> => {
    const around = await eye.grip(parent.id).probe()
    return around === null ? null : { ...around, x: x + around.x - parent.box[0], y: y + around.y - parent.box[1], width, height }
  }
  return { page: eye.page, probe }
}

async function take(eye: Eye, wish: Wish, node: ObservationNode | undefined, grip: Grip | null, argument: string): Promise<Acted> {
  if (wish.kind === 'key') return press(eye, node, grip, argument)
  if (wish.kind === 'scroll') return scroll(eye.page, grip, argument)
  if (grip === null) return { ok: wish.kind === 'wait' || wish.kind === 'done', reason: 'gone' }
  switch (wish.kind) {
    case 'click':
      return click(grip)
    case 'double_click':
      return click(grip, { count: 2 })
    case 'triple_click':
      return click(grip, { count: 3 })
    case 'right_click':
      return click(grip, { button: 'right' })
    case 'middle_click':
      return click(grip, { button: 'middle' })
    case 'hover':
      return hover(grip)
    case 'type':
      return typeText(grip, argument)
    case 'select_option':
      return chooseOptions(grip, argument.split(unitSeparator))
    case 'check':
      return check(grip, argument === 'on')
    case 'drag':
      return drag(grip, eye.grip(Number(argument)))
    default:
      return { ok: false, reason: 'gone' }
  }
}

/** A key for a field goes to that field; any other goes to where the focus is. */
async function press(eye: Eye, node: ObservationNode | undefined, grip: Grip | null, chord: string): Promise<Acted> {
  if (node !== undefined && grip !== null && typed.has(node.role) && !node.states.includes('focused')) await click(grip)
  return pressKey(eye.page, chord)
}
