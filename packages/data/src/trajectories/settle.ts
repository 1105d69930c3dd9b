import type { Action, Observation, ObservationNode, Step, Target } from '@overt/schema'

import type { Item } from './cut.ts'
import { producerOf, type Draft } from './draft.ts'

/** A draft with its observation before and, where one was sensed, after. */
interface Seen {
  readonly draft: Draft
  readonly before: Observation
  readonly node: ObservationNode | undefined
  readonly after: Observation | undefined
}

/** Steps of a slice, and the drafts that made none, by reason. */
export interface Settled {
  readonly steps: readonly Step[]
  readonly dropped: readonly { readonly reason: string; readonly items: readonly Item[] }[]
}

/** Rules 8: gives drafts their observation, target and change; drops what did nothing. */
export function settle(drafts: readonly Draft[]): Settled {
  const steps: Step[] = []
  const dropped: { reason: string; items: readonly Item[] }[] = []
  drafts.forEach((made, place) => {
    const seen = look(made, drafts[place + 1])
    const reason = seen === null ? 'no-observation' : idle(seen)
    if (seen === null || reason !== null) dropped.push({ reason: reason ?? '', items: made.items })
    else steps.push({ index: steps.length, observation: seen.before, action: actionOf(seen), change: changeOf(seen) })
  })
  return { steps, dropped }
}

function look(made: Draft, next: Draft | undefined): Seen | null {
  const first = made.items.find((item) => item.sensed !== undefined)
  if (first?.sensed === undefined) return null
  const found = find(made)
  return { draft: made, before: found?.observation ?? first.sensed.observation, node: found?.node, after: afterwards(made, next) }
}

/** The first of its nodes that one of its events' observations holds, the earliest observation first. */
function find(made: Draft): { observation: Observation; node: ObservationNode } | undefined {
  for (const id of made.nodes)
    for (const { sensed } of made.items) {
      const node = sensed?.observation.nodes.find((one) => one.id === id)
      if (sensed !== undefined && node !== undefined) return { observation: sensed.observation, node }
    }
  return undefined
}

/** What the next act of the same document was made on, else what was sensed next, else what the next act was made on. */
function afterwards(made: Draft, next: Draft | undefined): Observation | undefined {
  const nextSensed = next?.items[0]?.sensed?.observation
  if (next !== undefined && producerOf(next) === producerOf(made) && nextSensed !== undefined) return nextSensed
  return made.items.findLast((item) => item.sensed !== undefined)?.sensed?.next ?? nextSensed
}

/** Rules 8.3 and 5.2: a click on nothing that changed nothing, and a scroll that ended where it began. */
function idle({ draft, before, node, after }: Seen): string | null {
  if (draft.kind === 'scroll' && draft.argument === '') return 'scroll.nothing'
  const click = draft.kind.endsWith('click') && node === undefined && !draft.travels
  return click && after !== undefined && sameContent(before, after) ? 'background' : null
}

function actionOf({ draft, before, node, after }: Seen): Action {
  const { kind, rule, argument, cause, modifiers, point } = draft
  const end = before.nodes.find((one) => one.id === draft.toNode)
  return {
    kind,
    target: node === undefined ? null : targetOf(node),
    argument,
    modifiers: [...modifiers],
    point: point === null ? null : [point[0], point[1]],
    to: end === undefined ? null : targetOf(end),
    before: draft.before ?? (node === undefined ? '' : valueOf(node)),
    after: draft.after ?? valueAfter(node, after),
    cause,
    events: draft.items.map((item) => item.event.seq),
    rule,
  }
}

function valueAfter(node: ObservationNode | undefined, after: Observation | undefined): string {
  const later = node === undefined ? undefined : after?.nodes.find((one) => one.id === node.id)
  return later === undefined ? '' : valueOf(later)
}

/** A node as an action names it. */
export function targetOf({ id, role, name, box }: ObservationNode): Target {
  return { node: id, role, name, box }
}

function valueOf({ role, value, states }: ObservationNode): string {
  if (role !== 'checkbox' && role !== 'radio' && role !== 'switch') return value
  return states.includes('checked') ? 'on' : 'off'
}

function changeOf({ draft, before, after }: Seen): Step['change'] {
  if (draft.travels) return 'navigation'
  if (after === undefined) return 'unknown'
  if (after.url !== before.url) return 'navigation'
  return sameContent(before, after) ? 'none' : 'page'
}

/** True where two observations show the same, their ids and places on the screen aside. */
function sameContent(left: Observation, right: Observation): boolean {
  if (left === right) return true
  return left.nodes.length === right.nodes.length && left.nodes.every((node, place) => sameNode(node, right.nodes[place]))
}

function sameNode(left: ObservationNode, right: ObservationNode | undefined): boolean {
  if (right === undefined) return false
  const texts = left.name === right.name && left.value === right.value && left.role === right.role && left.look === right.look
  return texts && left.states.join() === right.states.join() && left.options.join('\u001f') === right.options.join('\u001f')
}
