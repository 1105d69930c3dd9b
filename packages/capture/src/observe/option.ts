import type { ObservationNode } from '@overt/schema'

import { bare } from '../bare.ts'
import { attributeOf, isElement, renderedParent } from '../sense/dom.ts'
import { type Draft, rowIn, type Scribe, type Sighting } from './scribe.ts'

/** An option of a custom list under the hand: what choosing it says, and the row of the combobox it belongs to. */
export interface Option {
  readonly draft: Draft
  readonly node: number
}

/** The option that a press on `target` would choose, or Enter with `target` in focus: it is read before the page takes the list away. null where there is none, or no combobox to it. */
export function optionAt(target: HTMLElement, by: 'pointer' | 'keyboard', { observation }: Sighting, scribe: Scribe): Option | null {
  const active = by === 'keyboard' && attributeOf(target, 'aria-activedescendant')
  const option = active ? rootOf(target).querySelector(`#${CSS.escape(active)}`) : around(target, '[role=option]')
  const list = around(option, '[role=listbox]')
  const id = CSS.escape(list ? attributeOf(list, 'id') : '')
  const box = active ? target : list && id && rootOf(list).querySelector(`[aria-controls~="${id}"],[aria-owns~="${id}"]`)
  if (!isElement(option) || !box || attributeOf(option, 'aria-disabled') === 'true') return null
  const rowOf = (element: Element): ObservationNode | undefined => rowIn(observation, scribe.rowOf(observation, element))
  const row = rowOf(box)
  const after = rowOf(option)?.name ?? ''
  return row === undefined || after === '' ? null : { draft: { kind: 'select', before: row.value, after, cause: by }, node: row.id }
}

function rootOf(node: Node): Document | ShadowRoot {
  return bare(bare(node).getRootNode() as Document | ShadowRoot) // as: an element of an event is in a tree
}

/** The nearest of a kind that it is rendered in: an option may be slotted into its list. */
function around(node: Node | null, kind: string): Element | null {
  let up = node
  while (up !== null && !(isElement(up) && bare(up).matches(kind))) up = renderedParent(up)
  return isElement(up) ? up : null
}
