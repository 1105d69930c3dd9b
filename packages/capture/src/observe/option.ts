import type { ObservationNode } from '@overt/schema'

import { isElement } from '../sense/dom.ts'
import { type Draft, rowIn, type Scribe, type Sighting } from './scribe.ts'

/** An option of a custom list under the hand: what choosing it says, and the row of the combobox it belongs to. */
export interface Option {
  readonly draft: Draft
  readonly node: number
}

/** The option that a press on `target` would choose, or Enter with `target` in focus: it is read before the page takes the list away. null where there is none, or no combobox to it. */
export function optionAt(target: HTMLElement, by: 'pointer' | 'keyboard', { observation }: Sighting, scribe: Scribe): Option | null {
  const page = target.getRootNode() as Document | ShadowRoot // as: an element of an event is in a tree
  const active = by === 'keyboard' ? target.getAttribute('aria-activedescendant') : null
  const option = active ? page.querySelector(`#${CSS.escape(active)}`) : target.closest('[role=option]')
  const list = option?.closest('[role=listbox]')?.id
  const box = active
    ? target
    : list
      ? page.querySelector(`[aria-controls~="${CSS.escape(list)}"],[aria-owns~="${CSS.escape(list)}"]`)
      : null
  if (!isElement(option) || box === null || option.getAttribute('aria-disabled') === 'true') return null
  const rowOf = (element: Element): ObservationNode | undefined => rowIn(observation, scribe.rowOf(observation, element))
  const row = rowOf(box)
  const after = rowOf(option)?.name ?? ''
  return row === undefined || after === '' ? null : { draft: { kind: 'select', before: row.value, after, cause: by }, node: row.id }
}
