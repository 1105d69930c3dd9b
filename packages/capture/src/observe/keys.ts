import { bare } from '../bare.ts'
import { type Act, type Hand, newAct } from './act.ts'
import { strokeOf } from './chord.ts'
import { isTextArea } from '../sense/dom.ts'
import { isStepped } from './hold.ts'
import type { Holds } from './holds.ts'
import type { Hovers } from './hovers.ts'
import { optionAt } from './option.ts'
import { type Scribe, together, type Undo } from './scribe.ts'
import { choiceOf, contextOf, editableOf, isMultiline, selectOf, sliderOf, targetOf, valueFieldOf } from './target.ts'

/** The browser presses a control or sends a form within this time after Enter. */
const pressMs = 60

const editing = /^(?:Backspace|Delete)$/
const caret = /^(?:ArrowLeft|ArrowRight|Home|End)$/
const lines = /^(?:ArrowUp|ArrowDown|PageUp|PageDown)$/
const clipboardChord = /^(?:(?:Control|Meta)\+(?:Shift\+)?[CXV]|(?:Control|Shift)\+(?:Insert|Delete))$/

/** Shortcuts and named keys, each once; never a character. */
export function observeKeys(scribe: Scribe, view: Window, hand: Hand, holds: Holds, hovers: Hovers): Undo {
  const down = scribe.listen(view, 'keydown', (event) => {
    const target = targetOf(event)
    // Chromium's autofill tells of keys that are none.
    if (target === null || !('key' in event)) return
    if (event.repeat) holdAgain(target, event, scribe, holds)
    else pressed(target, event, scribe, hand, holds, hovers)
    // Where Tab goes is told by the focus.
    if (event.key !== 'Tab') hovers.forget()
  })
  const up = scribe.listen(view, 'keyup', (event) => {
    // No event tells that a drawn slider moved.
    const target = targetOf(event)
    const slider = valueFieldOf(target) ?? sliderOf(target)
    if (slider !== null && isStepped(slider) && holds.holds(slider)) holds.changed(slider, 'keyboard')
    const pressed = hand.open()?.event
    if (pressed !== undefined && 'code' in pressed && pressed.code === event.code) hand.finishLater(0)
  })
  return together(down, up)
}

function holdAgain(target: HTMLElement, event: KeyboardEvent, scribe: Scribe, holds: Holds): void {
  const field = fieldOf(target)
  if (field === null || holds.holds(field)) scribe.count('key.repeat')
  else if (strokeOf(event).kind === 'text') holds.begin(field, scribe.sight(field), 'typed')
}

function fieldOf(target: HTMLElement): HTMLElement | null {
  return valueFieldOf(target) ?? selectOf(target) ?? editableOf(target) ?? sliderOf(target)
}

function pressed(target: HTMLElement, event: KeyboardEvent, scribe: Scribe, hand: Hand, holds: Holds, hovers: Hovers): void {
  const stroke = strokeOf(event)
  if (stroke.kind === 'modifier') return
  const field = fieldOf(target)
  const named = stroke.kind === 'named' || stroke.kind === 'shortcut'
  // What a key does to a text that the page draws is not known.
  const drawn = field !== null && contextOf(field) !== null
  if (field !== null && (!named || (!drawn && changesField(stroke.key, stroke.chord, field)))) {
    hand.finish()
    if (holds.hasChanged(field)) return
    const sighting = scribe.sight(field)
    hovers.used(field, sighting)
    return holds.begin(field, sighting, isStepped(field) ? 'keyboard' : 'typed')
  }
  if (field !== null && !drawn && named && caret.test(stroke.key)) return scribe.count('key.caret')
  if (stroke.kind === 'text') return scribe.count('key.character')
  hand.finish()
  const chord = named ? stroke.chord.slice(0, 64) : ''
  const act = actOf(event, target, chord, scribe, holds)
  // Enter sends what is in a field of one line; any other key may be pressed in the middle of it.
  if (act.before === undefined && field !== null) holds.commit(named && !drawn && stroke.key === 'Enter' ? 'done' : 'meanwhile')
  hovers.used(target, act.sighting)
  hand.begin(act)
  if (!waits(chord, target)) hand.finish()
  else if (chord !== '') hand.finishLater(pressMs)
}

/** Whether a key only works on the field it is pressed in; the field's commit tells of it. */
function changesField(key: string, chord: string, field: HTMLElement): boolean {
  if (selectOf(field) !== null) return caret.test(key) || lines.test(key) || key === 'Enter' || key === 'Escape'
  if (editing.test(key)) return !clipboardChord.test(chord)
  if (valueFieldOf(field) !== null || sliderOf(field) !== null) return caret.test(key) || lines.test(key)
  return isMultiline(field) && lines.test(key)
}

/** Whether something may follow that tells more than the key, or goes before it: a press of a control, a paste, a radio button's move, the text of the field that Tab leaves. */
function waits(chord: string, target: HTMLElement): boolean {
  if (chord === '' || chord === 'Enter' || isTab(chord) || clipboardChord.test(chord)) return true
  return chord.startsWith('Arrow') && choiceOf(target) !== null
}

function actOf(event: KeyboardEvent, target: HTMLElement, chord: string, scribe: Scribe, holds: Holds): Act {
  const field = editableOf(target)
  const sighting = scribe.sight(target)
  const option = chord === '' || chord === 'Enter' ? optionAt(target, 'keyboard', sighting, scribe) : null
  const act = newAct(event, target, sighting, scribe, option, chord)
  // In a field of many lines Enter may be a new line: its text is committed only when it turns out to be the key.
  if (field === null || !isMultiline(field) || chord !== 'Enter') return act
  const after = holds.textOf(field)
  const was = linesIn(field)
  const before = (): boolean => {
    // Most editors take Enter from the browser and make the line themselves.
    const made = linesIn(field) > was
    if (!made) holds.commitOne(field, 'done', after)
    return made
  }
  return { ...act, before }
}

function linesIn(field: HTMLElement): number {
  return (isTextArea(field) ? field.value : bare(field).innerText).split('\n').length
}

/** Tab with or without modifiers. */
export function isTab(chord: string): boolean {
  return /(?:^|\+)Tab$/.test(chord)
}
