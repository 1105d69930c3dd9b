import type { Event, EventKind } from './event.ts'
import type { Observation, ObservationNode } from './observation.ts'
import type { Picture } from './picture.ts'
import type { Modality } from './purpose.ts'

/** The fields of an event that hold what a person wrote or read: unless they are '', they need the modality `text`. All else of an event needs `actions`. */
export const eventTexts = {
  click: [],
  drag: [],
  hover: [],
  key: [],
  text: ['before', 'after'],
  select: ['before', 'after'],
  check: [],
  value: ['before', 'after'],
  scroll: [],
  clipboard: ['content'],
  upload: [],
  focus: [],
  navigate: ['title'],
  submit: [],
  task: ['goal'],
  takeover: [],
  proposed: ['argument'],
  recorder: [],
  tab: [],
  gap: [],
} as const satisfies { readonly [K in EventKind]: readonly (keyof Extract<Event, { kind: K }>)[] }

/**
 * The modalities without which these events and observations may not be kept, whatever was declared.
 * A row that an event happened on belongs to the action, with its label; any other row is `structure`, the page's own texts and values are `text`, and a picture is `pixels`.
 */
export function neededModalities(
  events: readonly Event[],
  observations: readonly Observation[],
  pictures: readonly Picture[] = [],
): ReadonlySet<Modality> {
  const needed = new Set<Modality>(pictures.length > 0 ? ['pixels'] : [])
  if (events.length > 0 || observations.length > 0) needed.add('actions')
  const acted = new Set(events.flatMap((event) => (event.kind === 'drag' ? [event.node, event.toNode] : [event.node])))
  const rows = observations.flatMap((observation) => observation.nodes)
  if (rows.some(({ id, parent }) => !acted.has(id) || parent !== -1)) needed.add('structure')
  if (events.some(hasText) || observations.some(({ title }) => title !== '') || rows.some(showsText)) needed.add('text')
  return needed
}

function hasText(event: Event): boolean {
  return eventTexts[event.kind].some((field) => Reflect.get(event, field) !== '')
}

function showsText({ role, name, value }: ObservationNode): boolean {
  return value !== '' || (role === 'text' && name !== '')
}
