import type { Event, Modality, Observation, ObservationNode } from '@overt/schema'
import { follow, sameRow } from '@overt/schema/words'

import { isFreeText } from './ambient.ts'
import type { Cut } from './cut-out.ts'
import type { Mask } from './redactor.ts'
import { shownIn } from './split.ts'
import { fours } from './veil.ts'

/** Whether the person and the manifest allow a modality at the place where something was seen. */
export type Allows = (modality: Modality) => boolean

/** What may leave of an observation: without `structure` only the rows acted on, without `text` no text and no values; the rest masked. */
export function maskObservation(observation: Observation, acted: ReadonlySet<number>, allows: Allows, mask: Mask): Observation {
  const text = allows('text')
  const split = mask.splitIn(observation.nodes)
  const cut = observation.nodes.map((node) => withoutParts(node, split.get(node), mask))
  const given = allows('structure') ? cut : rowsOf(cut, acted)
  const rows = mask.rows(text)
  const find = follow(rows.given)
  // Asked for each row: a secret that one shows is masked in the next.
  const nodes = given.map((node) => maskedOnce(node, mask.rows(text), find(node)) ?? maskNode(node, text, mask))
  Object.assign(rows, { given, masked: nodes })
  return {
    ...observation,
    url: mask.url(observation.url).slice(0, 2048),
    title: text ? mask.text(observation.title, '').slice(0, 1024) : '',
    nodes,
  }
}

function rowsOf(nodes: readonly ObservationNode[], acted: ReadonlySet<number>): ObservationNode[] {
  return nodes.filter((node) => acted.has(node.id)).map((node) => ({ ...node, parent: -1 }))
}

/** A row with a placeholder for each part of a secret that others hold the rest of. */
function withoutParts(node: ObservationNode, parts: readonly Cut[] | undefined, mask: Mask): ObservationNode {
  if (parts === undefined) return node
  const text = mask.cut(shownIn(node), parts)
  return node.value === '' ? { ...node, name: text } : { ...node, value: text }
}

/** A row as it was masked where it stood before; undefined where it says something else by now. */
function maskedOnce(node: ObservationNode, { given, masked }: ReturnType<Mask['rows']>, at: number): ObservationNode | undefined {
  const [before, after] = [given[at], masked[at]]
  if (before === undefined || after === undefined || before === node) return after
  return sameRow(before, node) ? { ...after, parent: node.parent } : undefined
}

function maskNode(node: ObservationNode, text: boolean, mask: Mask): ObservationNode {
  const name = text || node.role !== 'text' ? mask.text(node.name, '').slice(0, 4096) : ''
  const secret = node.states.includes('secret')
  const value = text && !secret ? (isFreeText(node) ? mask.typed : mask.text)(node.value, node.name).slice(0, 4096) : ''
  const options = node.options.length === 0 ? node.options : node.options.map((option) => mask.text(option, '').slice(0, 512))
  return name === node.name && value === node.value && options === node.options ? node : { ...node, name, value, options }
}

/** Events with nothing in them to mask, each by its name: a new kind does not pass. */
type Told = Extract<
  Event,
  {
    readonly kind: 'click' | 'hover' | 'key' | 'check' | 'scroll' | 'upload' | 'focus' | 'submit' | 'takeover' | 'recorder' | 'tab' | 'gap'
  }
>

/** What an event is judged with: the rows that could be seen then, and what was deleted in its field before. */
export interface Around {
  readonly nodes: readonly ObservationNode[]
  readonly deleted: readonly string[]
}

/** What may leave of an event. What was deleted counts: a text with a part of a secret that once stood whole in its field is masked whole. */
export function maskEvent(event: Event, { nodes, deleted }: Around, allows: Allows, mask: Mask): Event {
  const row = nodes.find(({ id }) => id === event.node)
  // A part of a secret that the fields beside it hold the rest of.
  const withoutRest = (value: string): string => {
    const written = { ...row, value } as ObservationNode // as: where there is no row, it stands beside none and is as it was
    const parts = mask.splitIn(nodes.map((node) => (node === row ? written : node))).get(written)
    return mask.cut(value, parts ?? [])
  }
  const through = (text: string, rule = mask.text): string => (text && allows('text') ? rule(text, row?.name ?? '').slice(0, 65_536) : '')
  switch (event.kind) {
    case 'text':
    case 'select':
    case 'value': {
      const [rule, hidden] = event.kind === 'text' ? [mask.typed, event.secret] : [mask.text]
      const told = (text: string): string => {
        const alone = hidden ? '' : through(text, rule)
        // What is masked by itself is what the goal calls it; a name or a mail beside its label is no part of anything.
        return alone !== '' && alone === text ? through(withoutRest(text), rule) : alone
      }
      const after = told(event.after)
      const secrets = deleted.flatMap((text) => mask.secretsIn(text).flatMap(fours))
      const repeats = secrets.some((four) => fours(after.replace(/\[[A-Z_]+_\d+\]/g, ' ')).includes(four))
      return { ...event, before: told(event.before), after: repeats ? mask.whole(event.after) : after }
    }
    case 'clipboard':
      return { ...event, content: '' }
    case 'navigate':
      return { ...event, url: mask.url(event.url), title: through(event.title) }
    case 'task':
      return { ...event, goal: through(event.goal) }
    case 'proposed':
      return { ...event, argument: through(event.argument) }
    case 'drag':
      return allows('structure') ? event : { ...event, path: '' }
    default:
      return event satisfies Told
  }
}
