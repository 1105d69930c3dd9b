import type { Cause } from '@overt/schema'

import { isSelect } from '../sense/dom.ts'
import { chosenLabels, fieldValue } from '../sense/value.ts'
import type { Draft, Scribe, Sighting, Undo } from './scribe.ts'
import { valueFieldOf } from './target.ts'

/** A field that is left alone this long is committed. */
const idleMs = 5_000
/** Steps of a slider or a select that follow each other faster than this are one. */
const steppedMs = 600

interface Held {
  sighting: Sighting
  before: string
  cause: Cause
  changed: boolean
  readonly secret: boolean
  timer: Undo
}

/** Fields whose change is held back until the person is done with it. */
export interface Holds {
  /** Begins to hold a field, before it changes; what has changed already keeps its beginning. */
  begin(field: HTMLElement, sighting: Sighting, cause: Cause): void
  /** Says that a held field changed; `before` for one that nobody saw beginning. */
  changed(field: HTMLElement, cause: Cause | undefined): void
  /** Whether a field is held, changed or not. */
  holds(field: HTMLElement): boolean
  /** Whether a held field has changed. */
  hasChanged(field: HTMLElement): boolean
  /** Writes one field's change; `after` where it is known better than the field says now. */
  commitOne(field: HTMLElement, after?: string): void
  /** Writes every field's change but one's. */
  commit(except: HTMLElement | null): void
}

/** Makes the holds and registers them with the scribe: what is held goes before whatever else is written. */
export function createHolds(scribe: Scribe): Holds {
  const held = new Map<HTMLElement, Held>()
  const commitOne = (field: HTMLElement, after?: string): void => {
    const hold = held.get(field)
    if (hold === undefined) return
    held.delete(field)
    hold.timer()
    const draft = draftOf(field, hold, after)
    if (draft !== null) scribe.write(draft, hold.sighting)
  }
  const commit = (except: HTMLElement | null): void => {
    for (const field of held.keys()) if (field !== except) commitOne(field)
  }
  scribe.beforeWrite(() => commit(null))
  const begin = (field: HTMLElement, sighting: Sighting, cause: Cause): void => {
    const known = held.get(field)
    if (known?.changed === true) return
    known?.timer()
    const secret = scribe.isSecret(field)
    held.set(field, { sighting, before: secret ? '' : readField(field), cause, changed: false, secret, timer: () => {} })
  }
  return {
    begin,
    changed: (field, cause) => {
      if (!held.has(field)) begin(field, scribe.sight(field), cause ?? 'fill')
      const hold = held.get(field)
      if (hold === undefined) return
      if (cause === 'typed' || (cause !== undefined && hold.cause !== 'typed' && !hold.changed)) hold.cause = cause
      hold.changed = true
      hold.timer()
      hold.timer = scribe.later(() => commitOne(field), isStepped(field) ? steppedMs : idleMs)
    },
    holds: (field) => held.has(field),
    hasChanged: (field) => held.get(field)?.changed === true,
    commitOne,
    commit,
  }
}

function isStepped(field: HTMLElement): boolean {
  const type = valueFieldOf(field)?.type
  return isSelect(field) || type === 'range' || type === 'color'
}

/** What a field holds now. Never for a secret one. */
export function readField(field: HTMLElement): string {
  return isSelect(field) ? chosenLabels(field) : fieldValue(field, 'textbox')
}

function draftOf(field: HTMLElement, hold: Held, given: string | undefined): Draft | null {
  if (!hold.changed) return null
  if (hold.secret) return { kind: 'text', before: '', after: '', cause: hold.cause, secret: true }
  const after = given ?? readField(field)
  if (after === hold.before) return null
  const { before, cause } = hold
  if (isSelect(field)) return { kind: 'select', before, after, cause }
  return valueFieldOf(field) === null ? { kind: 'text', before, after, cause, secret: false } : { kind: 'value', before, after, cause }
}
