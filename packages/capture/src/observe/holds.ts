import type { Cause, ObservationNode } from '@overt/schema'

import { bare } from '../bare.ts'
import { fours, type Pending, signsIn } from '../pack/veil.ts'
import { deepFocus, isIn, isThere } from '../sense/dom.ts'
import { type Hold, draftOf, hasChanged, heldText, isPressed, isStepped, isTyped, readField } from './hold.ts'
import { rowIn, type Scribe, type Sighting, together, type Undo } from './scribe.ts'
import { contextOf, focusedField } from './target.ts'
import { unfinishedIn } from './unfinished.ts'

/** A field that is left alone this long is committed. */
const idleMs = 5_000
/** Steps of a slider or a select that follow each other faster than this are one. */
const steppedMs = 600
/** What follows a change of a field within this time came of it. */
const atOnceMs = 100
/** Texts kept of one field from before something of them was deleted. */
const mostDeleted = 32
const masked = '[OTHER_1]'

/** Why fields are committed. `done`: the person left or sent them; `meanwhile`: something else happened; `cut`: what comes next is not seen. */
export type Ending = 'done' | 'meanwhile' | 'cut'

/** Fields whose change is held back until the person is done with it. */
export interface Holds {
  /** Begins to hold a field, before it changes; what has changed already keeps its beginning. */
  begin(field: HTMLElement, sighting: Sighting, cause: Cause): void
  /** Holds the field that the person may have been typing into before anyone looked, and no other. */
  adopt(field: HTMLElement | null): void
  /** Says that something of a held field is about to be deleted: it counts when the text is judged. */
  deletes(field: HTMLElement): void
  /** Says that a held field changed; also one that nobody saw beginning. */
  changed(field: HTMLElement, cause: Cause | undefined): void
  /** Says that a script wrote into a field: what fills it in for the person does so too. */
  filled(field: HTMLElement): void
  /** Whether a field is held, changed or not, also where it stands for one that the page took away. */
  holds(field: HTMLElement): boolean
  /** Whether a held field has changed by typing, or in its value. */
  hasChanged(field: HTMLElement): boolean
  /** Whether the page took a field away under the hand and it may go on in another: in the one that has the focus now, or in one that will. */
  goesOn(field: HTMLElement): boolean
  /** Says whether an input method is at work in a held field. */
  composes(field: HTMLElement, composing: boolean): void
  /** What a held field holds now; '' for a secret one. */
  textOf(field: HTMLElement): string
  /** Fields whose content was not written yet. */
  pending(): readonly Pending[]
  /** Writes one field's change; `after` where it is known better than the field says now. */
  commitOne(field: HTMLElement, ending: Ending, after?: string): void
  /** Writes every field's change but one's. */
  commit(ending: Ending, except?: HTMLElement | null): void
}

type Held = Map<HTMLElement, Hold>

/** https://www.w3.org/TR/edit-context/#textupdateevent */
interface TextUpdate {
  readonly text: string
  readonly updateRangeStart: number
  readonly updateRangeEnd: number
}

/** Makes the holds and registers them with the scribe: what is held goes before whatever else is written, unless it may be half a secret. */
export function createHolds(outer: Scribe): Holds {
  const held: Held = new Map()
  let writing = 0
  const scribe: Scribe = {
    ...outer,
    write: (...given) => {
      writing += 1
      outer.write(...given)
      writing -= 1
    },
  }
  const commitOne: Holds['commitOne'] = (field, ending, after) => writeHeld(scribe, held, field, ending, after)
  const commit = (ending: Ending, except: HTMLElement | null = null, sinceMs = Infinity): void => {
    const due = [...held].filter(([field, hold]) => field !== except && hold.sinceMs < sinceMs)
    for (const [field] of due) commitOne(field, ending)
  }
  const isHeld: Holds['holds'] = (field) => held.has(field) || inherits(scribe, held, field)
  const changed: Holds['changed'] = (field, cause) => {
    isHeld(field)
    apart(scribe, held, field, cause)
    if (!held.has(field)) beginChanged(scribe, held, field, cause ?? 'fill')
    const hold = held.get(field)
    if (hold === undefined) return
    if (cause === 'typed' || (cause !== undefined && !hold.changed)) hold.cause = cause
    keep(scribe, held, field, hold)
  }
  scribe.beforeWrite((sinceMs) => writing === 0 && commit('meanwhile', null, sinceMs))
  return {
    begin: (field, sighting, cause) => begin(scribe, held, field, sighting, cause),
    adopt: (field) => adopt(scribe, held, field),
    deletes: (field) => noteDeleted(held, field),
    changed,
    filled: (field) => {
      isHeld(field)
      const hold = held.get(field)
      // What a page writes at once where a person types is a part of that.
      if (hold === undefined ? lastRow(scribe, field) !== undefined : scribe.nowMs() - hold.atMs > atOnceMs) changed(field, 'fill')
    },
    holds: isHeld,
    goesOn: (field) => !isThere(field) && isTyped(field) && mayGoOn(focusedField(scribe.page), isHeld),
    composes: (field, composing) => {
      const hold = held.get(field)
      if (hold !== undefined) hold.composing = composing
    },
    textOf: (field) => {
      const hold = held.get(field)
      return hold === undefined ? '' : heldText(field, hold)
    },
    hasChanged: (field) => {
      const hold = isHeld(field) ? held.get(field) : undefined
      return hold?.changed === true && !isPressed(field, hold.cause)
    },
    pending: () => [...held].flatMap(([field, hold]) => pendingOf(field, hold)),
    commitOne,
    commit,
  }
}

function noteDeleted(held: Held, field: HTMLElement): void {
  const hold = held.get(field)
  if (hold === undefined || hold.secret || hold.deleted.length === mostDeleted) return
  const text = heldText(field, hold)
  if (unfinishedIn(text).length > 0) hold.deleted.push(text)
}

function adopt(scribe: Scribe, held: Held, field: HTMLElement | null): void {
  const isHeld = field !== null && (held.has(field) || inherits(scribe, held, field))
  for (const [other, hold] of held) {
    // Of half a secret that the page took away more may stand elsewhere.
    if (other === field || isKept(other, hold)) continue
    hold.timer()
    hold.leave()
    held.delete(other)
  }
  if (field !== null && !isHeld && !scribe.isSecret(field)) beginLate(scribe, held, field, 'fill')
}

/** A changed field is kept until it rests. */
function keep(scribe: Scribe, held: Held, field: HTMLElement, hold: Hold): void {
  hold.atMs = scribe.nowMs()
  if (!hold.changed) hold.sinceMs = hold.atMs
  hold.changed = true
  if ('value' in bare(field)) hold.text = heldText(field, hold)
  hold.timer()
  const stepped = isStepped(field)
  hold.timer = scribe.later(() => writeHeld(scribe, held, field, stepped ? 'done' : 'meanwhile'), stepped ? steppedMs : idleMs)
}

/** What was filled in, or written by what was pressed, and what was written by hand are two texts, the first as it was before the second came. */
function apart(scribe: Scribe, held: Held, field: HTMLElement, cause: Cause | undefined): void {
  const hold = held.get(field)
  if (hold?.changed !== true || hold.text === '' || cause === undefined) return
  const pressed = hold.cause === 'typed' && isPressed(field, cause)
  if (!pressed && (hold.cause === 'fill') === (cause === 'fill')) return
  const { text, sighting } = hold
  writeHeld(scribe, held, field, 'cut', text)
  begin(scribe, held, field, sighting, cause)
  const next = held.get(field)
  if (next?.unseen === false) next.before = text
}

/** No element tells what is written by way of an EditContext, and what that itself holds is the page's affair: what comes in is heard. */
function hear(scribe: Scribe, held: Held, field: HTMLElement, context: EventTarget): Undo {
  const on = (type: string, react: (hold: Hold, event: Event) => void): Undo => {
    const at = context as Window // as: it is a target like any other
    const name = type as 'input' // as: no library knows its events yet
    return scribe.listen(at, name, (event) => {
      const hold = held.get(field)
      if (hold !== undefined) react(hold, event)
    })
  }
  const undos = [
    on('textupdate', (hold, event) => {
      const { text, updateRangeStart: start, updateRangeEnd: end } = event as unknown as TextUpdate // as: asked for by its name
      const heard = hold.heard ?? ''
      hold.heard = heard.slice(0, Math.max(0, heard.length - end + start)) + text
      keep(scribe, held, field, hold)
    }),
    on('compositionstart', (hold) => void (hold.composing = true)),
    on('compositionend', (hold) => void (hold.composing = false)),
  ]
  return together(...undos)
}

/** `late`: it has changed already, and what it held before is not known. */
function begin(scribe: Scribe, held: Held, field: HTMLElement, sighting: Sighting, cause: Cause, late = false): void {
  const before = held.get(field)
  if (before?.changed === true && cause === 'typed' && isPressed(field, before.cause)) writeHeld(scribe, held, field, 'meanwhile')
  const known = held.get(field)
  if (known !== undefined && hasChanged(field, known)) {
    known.changed = true
    return
  }
  known?.timer()
  known?.leave()
  const context = contextOf(field)
  const secret = scribe.isSecret(field)
  const text = secret || context !== null ? '' : readField(field)
  const isLate = late || [...held].some(([one, hold]) => !isThere(one) && repeats(heldText(one, hold), text))
  const unseen = known?.unseen === true || (isLate && isTyped(field) && unfinishedIn(text).length > 0)
  const deleted = known?.unseen === true ? known.deleted : []
  const heard = context === null ? null : (known?.heard ?? '')
  const leave = context === null ? () => {} : hear(scribe, held, field, context)
  held.set(field, {
    sighting,
    before: unseen ? '' : text,
    cause,
    changed: false,
    text: '',
    atMs: scribe.nowMs(),
    sinceMs: scribe.nowMs(),
    unseen,
    secret,
    deleted,
    heard,
    cut: known?.cut ?? '',
    composing: false,
    leave,
    timer: () => {},
  })
}

/** Takes over what is held of a field that the page took away, for the one that it put in its place: that holds what was typed or goes on from it, whatever stands between. */
function inherits(scribe: Scribe, held: Held, field: HTMLElement): boolean {
  if (!isTyped(field)) return false
  for (const [gone, hold] of held) {
    if (isThere(gone) || bare(gone).localName !== bare(field).localName || scribe.isSecret(field) !== hold.secret || hold.heard !== null)
      continue
    const text = signsIn(heldText(gone, hold))
    if (!hold.secret && (text === '' || !signsIn(readField(field)).startsWith(text))) continue
    held.delete(gone)
    held.set(field, hold)
    if (hold.changed) keep(scribe, held, field, hold)
    return true
  }
  return false
}

function mayGoOn(focus: HTMLElement | null, isHeld: Holds['holds']): boolean {
  return focus === null || isHeld(focus)
}

/** What was cut off when the page took its field away: it is told, and known again in the field that comes for it. */
function isKept(field: HTMLElement, hold: Hold): boolean {
  return !isThere(field) && hold.unseen && !hold.changed
}

function repeats(text: string, other: string): boolean {
  const parts = new Set(fours(text))
  return fours(other).some((four) => parts.has(four))
}

/** What is seen now shows what was typed unseen: it is looked at once more, when the field is held. */
function beginLate(scribe: Scribe, held: Held, field: HTMLElement, cause: Cause): void {
  begin(scribe, held, field, scribe.sight(field), cause, true)
  const hold = held.get(field)
  if (hold?.unseen === true) hold.sighting = scribe.sight(field)
}

/** Nobody said that it would change: it held before what was last seen in it. */
function beginChanged(scribe: Scribe, held: Held, field: HTMLElement, cause: Cause): void {
  const observation = scribe.seen()?.observation
  if (observation === undefined) return beginLate(scribe, held, field, cause)
  begin(scribe, held, field, scribe.sight(field, observation), cause, true)
  const hold = held.get(field)
  if (hold?.unseen === false) hold.before = lastRow(scribe, field)?.value ?? ''
}

function lastRow(scribe: Scribe, field: HTMLElement): ObservationNode | undefined {
  const observation = scribe.seen()?.observation
  const row = observation === undefined ? undefined : rowIn(observation, scribe.rowOf(observation, field))
  return row?.tag === bare(field).localName ? row : undefined
}

function writeHeld(scribe: Scribe, held: Held, field: HTMLElement, ending: Ending, given?: string): void {
  const hold = held.get(field)
  const there = isThere(field)
  if (hold === undefined || isKept(field, hold)) return
  const heir = there || given !== undefined ? null : focusedField(scribe.page)
  if (heir !== null && !held.has(heir) && inherits(scribe, held, heir)) return writeHeld(scribe, held, heir, ending)
  // A page may make a field a secret one after its first letter.
  hold.secret ||= scribe.isSecret(field)
  const text = hold.secret ? '' : (given ?? heldText(field, hold))
  const over = (ending === 'done' && (there || given !== undefined)) || !isTyped(field) || !isTypedInto(field, scribe)
  const parts = over ? [] : unfinishedIn(text)
  const half = !over && (hold.composing || parts.length > 0)
  if (half && (hold.heard === null || hold.composing) && ending === 'meanwhile' && there) return
  hold.timer()
  held.delete(field)
  const heard = hold.heard !== null && !hold.composing
  const draft = draftOf(field, hold, heard ? sparing(text, parts, hold.unseen) : half ? masked : text)
  // Of what was taken away the last is enough, until it is told whole.
  for (const [one, other] of held) if (isKept(one, other) && (half || repeats(heldText(one, other), text))) held.delete(one)
  if (!half) scribe.written(field, text)
  const goesOn = (half || (heard && hold.unseen)) && !over
  if (goesOn) held.set(field, { ...hold, before: '', changed: false, unseen: true, ...(heard && { heard: '', cut: hold.cut + text }) })
  else hold.leave()
  if (draft === null) return
  for (const [other, { changed, atMs }] of held) if (changed && atMs < hold.atMs) writeHeld(scribe, held, other, 'meanwhile')
  scribe.write(draft, hold.sighting, hold.sinceMs, hold.secret ? [] : hold.deleted)
}

/** What is told of a text that was heard: not its parts that may be half a secret. Where one was cut off before (`after`), no one knows where the caret went between the two: what may go on with it is not told either, the first and the last word and all with a digit. */
function sparing(text: string, parts: readonly string[], after: boolean): string {
  const spared = parts.reduce((left, part) => left.replaceAll(part, masked), text)
  const joins = (word: string, at: number): boolean => at === 0 || at + word.length === spared.length || /\p{Nd}/u.test(word)
  return after ? spared.replace(/\S+/g, (word, at: number) => (joins(word, at) ? masked : word)) : spared
}

/** A field that the page took away while it was typed into is not done. */
function isTypedInto(field: HTMLElement, scribe: Scribe): boolean {
  return !isThere(field) || isIn(deepFocus(scribe.page), field)
}

function pendingOf(field: HTMLElement, hold: Hold): readonly Pending[] {
  if (hold.secret || !(hold.unseen || hasChanged(field, hold))) return []
  return [{ field, shown: hold.before, text: hold.cut + heldText(field, hold) }]
}
