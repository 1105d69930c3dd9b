import type { Cause } from '@overt/schema'

import { attributeOf, isSelect } from '../sense/dom.ts'
import { chosenLabels, fieldValue } from '../sense/value.ts'
import type { Draft, Sighting, Undo } from './scribe.ts'
import { valueFieldOf } from './target.ts'

/** What is known of one field that is held back. */
export interface Hold {
  sighting: Sighting
  before: string
  cause: Cause
  changed: boolean
  /** What it held when it changed last, for one that is no editor; '' for a secret one. */
  text: string
  /** When that was. */
  atMs: number
  /** When it changed first; until it has, when it began to be held. */
  sinceMs: number
  /** It held a part of something before anyone looked. */
  readonly unseen: boolean
  secret: boolean
  /** What was written into a field that draws its own text; null for all others, whose text can be read. */
  heard: string | null
  /** All that was written there since half a secret was cut off. */
  readonly cut: string
  /** An input method is at work in it: what stands there is not what will. */
  composing: boolean
  /** What stood in it before something was deleted. */
  readonly deleted: string[]
  timer: Undo
  /** Ends what was begun with the hold. */
  readonly leave: Undo
}

/** What a field holds now. Never for a secret one: of that nothing is kept but digests, in `digests.ts`. */
export function readField(field: HTMLElement): string {
  return isSelect(field) ? chosenLabels(field) : fieldValue(field, isDrawn(field) ? 'slider' : 'textbox')
}

/** What a held field holds now. */
export function heldText(field: HTMLElement, hold: Hold): string {
  return hold.secret ? '' : (hold.heard ?? readField(field))
}

function isDrawn(field: HTMLElement): boolean {
  return attributeOf(field, 'role') === 'slider'
}

/** Whether a held field has changed, also where the page took the keys and wrote the text itself. */
export function hasChanged(field: HTMLElement, hold: Hold): boolean {
  return hold.changed || (hold.cause === 'typed' && !hold.secret && !hold.unseen && heldText(field, hold) !== hold.before)
}

/** Whether a person writes its content in characters: no slider, no date, no list. */
export function isTyped(field: HTMLElement): boolean {
  const value = valueFieldOf(field)
  return !isSelect(field) && !isDrawn(field) && (value === null || value.type === 'number')
}

/** Whether what was pressed wrote a text: a button that inserts, the x of a search field. */
export function isPressed(field: HTMLElement, cause: Cause | undefined): boolean {
  return (cause === 'pointer' || cause === 'keyboard') && isProse(field)
}

function isProse(field: HTMLElement): boolean {
  return !isSelect(field) && valueFieldOf(field) === null && !isDrawn(field)
}

/** Whether it moves in steps. */
export function isStepped(field: HTMLElement): boolean {
  const type = valueFieldOf(field)?.type
  return isSelect(field) || isDrawn(field) || type === 'range' || type === 'color'
}

/** The event of a field that now holds `after`; null where nothing came of it. */
export function draftOf(field: HTMLElement, hold: Hold, after: string): Draft | null {
  if (!hasChanged(field, hold) && hold.deleted.length === 0) return null
  if (hold.secret) return { kind: 'text', before: '', after: '', cause: hold.cause, secret: true }
  if (after === hold.before) return null
  const { before, cause } = hold
  if (isProse(field)) return { kind: 'text', before, after, cause, secret: false }
  return { kind: isSelect(field) ? 'select' : 'value', before, after, cause }
}
