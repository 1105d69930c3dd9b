import type { Cause } from '@overt/schema'

import { bare } from '../bare.ts'
import { isIn, isInput, isThere } from '../sense/dom.ts'
import type { Act, Hand } from './act.ts'
import { isStepped } from './hold.ts'
import type { Ending, Holds } from './holds.ts'
import { isTab } from './keys.ts'
import { type Scribe, together, type Undo } from './scribe.ts'
import { editableOf, isMultiline, selectedIn, targetOf, valueFieldOf } from './target.ts'

/** A page answers what a person does within this time; a script that writes into a field later fills it in for them. */
const answerMs = 500

/** Text, numbers, dates: what a field holds when the person is done with it, never the keys. */
export function observeInput(scribe: Scribe, view: Window, hand: Hand, holds: Holds): Undo {
  // Only what a person writes is announced, not what a script has the browser write.
  let announced: HTMLElement | null = null
  const before = scribe.listen(view, 'beforeinput', (event) => {
    const field = editableOf(targetOf(event))
    if (field === null) return
    announced = field
    if (isMultiline(field)) newLine(field, event, hand)
    // A key sensed the page a moment ago; before anything else that writes, it is sensed now.
    if (!holds.holds(field)) holds.begin(field, scribe.sight(field, hand.last(50)?.sighting.observation), causeOf(event))
    if (takesAway(event, field)) holds.deletes(field)
    holds.composes(field, event.isComposing)
  })
  // It tells that an input method is done: Chromium has compositionend count as the page's own.
  const textInput = 'textInput' as 'input' // as: the library does not know it
  const given = scribe.listen(view, textInput, (event) => {
    const field = editableOf(targetOf(event))
    if (field !== null) holds.composes(field, false)
  })
  const written = (event: Event): void => {
    const target = targetOf(event)
    if (target !== null) scribe.learn(target)
    const value = valueFieldOf(target)
    const field = editableOf(target) ?? value
    if (field === null) return
    if (value !== null && hand.open() !== null) hand.drop()
    const held = holds.holds(field)
    if (value !== null) return holds.changed(field, held ? undefined : causeOfValue(hand, value))
    const act = hand.open() ?? hand.last(answerMs)
    const cause = causeOf(event)
    const ordered = cause === 'typed' && field !== announced
    announced = null
    if (isClear(event, field)) holds.changed(field, act?.target === field ? act.by : cause)
    else holds.changed(field, ordered ? (held ? undefined : causeOfOrder(act)) : cause)
  }
  const input = scribe.listen(view, 'input', written, (event) => {
    const field = editableOf(targetOf(event))
    if (field !== null) scribe.learn(field)
    const act = hand.last(answerMs)
    // What follows from a press on anything but a field is the page's own doing.
    if (field !== null && (act === null || editableOf(act.target) !== null)) holds.filled(field)
  })
  const left = scribe.listen(view, 'focusout', (event) => {
    const target = targetOf(event)
    const field = editableOf(target) ?? valueFieldOf(target)
    if (field === null) return
    const byTab = isTab(hand.open()?.chord ?? '')
    const text = holds.textOf(field)
    // A field that the page takes away is told to lose the focus just before: only then can it be seen that nobody left it.
    scribe.soon(() => {
      if (holds.goesOn(field)) return
      // The key that left the field writes its text before itself.
      if (byTab) hand.finish()
      holds.commitOne(field, endingOf(field, scribe), text)
    })
  })
  return together(before, given, input, left)
}

/** A window that loses the focus to another one is not left by the person: they may come back to the same number. */
function endingOf(field: HTMLElement, scribe: Scribe): Ending {
  return isThere(field) && bare(scribe.page).hasFocus() ? 'done' : 'meanwhile'
}

/** Whether an input deletes or replaces something. */
function takesAway(event: Event, field: HTMLElement): boolean {
  if ('inputType' in event && typeof event.inputType === 'string' && event.inputType.startsWith('delete')) return true
  const selected = selectedIn(field)
  return selected === null ? bare(bare(field).ownerDocument).getSelection()?.isCollapsed === false : selected > 0
}

/** Enter that makes a line is text, not a key. */
function newLine(field: HTMLElement, event: Event, hand: Hand): void {
  const type = 'inputType' in event ? event.inputType : ''
  const act = hand.open()
  if ((type === 'insertLineBreak' || type === 'insertParagraph') && act?.by === 'keyboard' && isIn(act.target, field)) hand.drop()
}

/** From the input type (Input Events 2, section 4.1.2); a change that names none came from the browser's own filling. */
function causeOf(event: Event): Cause {
  const type = 'inputType' in event && typeof event.inputType === 'string' ? event.inputType : ''
  if (type === 'insertFromPaste' || type === 'insertFromDrop' || type === 'insertFromYank') return 'paste'
  if (type === 'deleteByDrag') return 'pointer'
  return type === '' || type === 'insertReplacementText' ? 'fill' : 'typed'
}

/** What had a script of the page write into a field: a button, say. */
function causeOfOrder(act: Act | null): Cause {
  return act === null || (act.by === 'pointer' && editableOf(act.target) !== null) ? 'fill' : act.by
}

/** Whether a search field was cleared by its own x, or by Escape. */
function isClear(event: Event, field: HTMLElement): boolean {
  return isInput(field) && field.type === 'search' && field.value === '' && !('inputType' in event)
}

function causeOfValue(hand: Hand, field: HTMLElement): Cause {
  const act = hand.last(60_000)
  return act === null ? 'fill' : act.by === 'keyboard' && !isStepped(field) ? 'typed' : act.by
}
