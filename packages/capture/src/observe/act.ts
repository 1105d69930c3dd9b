import type { Cause } from '@overt/schema'

import { bare } from '../bare.ts'
import { isIn } from '../sense/dom.ts'
import type { Option } from './option.ts'
import { type Draft, rowIn, type Scribe, type Sighting, type Undo } from './scribe.ts'
import { choiceOf, editableOf, labelledBy, modifiersOf, pointOf, selectOf, valueFieldOf } from './target.ts'

/** A press of the pointer or of a key, from its first event until it is known what it was. */
export interface Act {
  readonly by: 'pointer' | 'keyboard'
  /** What pointer, '' for a key or where the browser does not say. */
  readonly pointer: 'mouse' | 'touch' | 'pen' | ''
  /** Its first event. */
  readonly event: MouseEvent | KeyboardEvent
  readonly target: HTMLElement
  readonly sighting: Sighting
  readonly button: number
  readonly x: number
  readonly y: number
  /** Key chord; '' where the key alone is not to be told (Space, the pointer). */
  readonly chord: string
  readonly atMs: number
  /** Elements that the browser clicked in consequence, in order. */
  readonly clicks: HTMLElement[]
  /** Number of the click: 2 for the second of a double click. */
  count: number
  /** It lasted as long as a long press, or was taken for one. */
  held: boolean
  /** Rows that the pointer came over while it was down, in order. */
  readonly passed: number[]
  released: boolean
  /** True once another event has told of it, or it has been written itself. */
  told: boolean
  /** `aria-checked` of the target's check box when it began. */
  readonly checkedBefore: string | null
  /** The option of a custom list that it would choose. */
  readonly option: Option | null
  /** Runs before a key is written: Enter in a field commits its text first. True where it made a line of that text, and is no key. */
  readonly before?: () => boolean
}

/** The hand at work: the act that is not finished yet, and the last one for those who ask what caused something. */
export interface Hand {
  begin(act: Act): void
  /** The act under way or the last one, if it began no longer ago than `withinMs`. */
  last(withinMs: number): Act | null
  /** The act that is not told yet, by what is asked for; a key before the press that it came into. */
  open(by?: Act['by']): Act | null
  /** Finishes the open act after `delayMs`, when the browser has said what followed from it. */
  finishLater(delayMs: number): void
  finish(): void
  /** The open act is not told: something else tells of it. */
  drop(by?: Act['by']): void
  /** There was no act. */
  forget(): void
}

const ariaChoices = '[role=checkbox],[role=switch],[role=radio],[role=menuitemcheckbox],[role=menuitemradio]'

/** Whether an ARIA check box around the element is checked; null where there is none. */
export function ariaChecked(element: HTMLElement): string | null {
  const box = bare(element).closest(ariaChoices)
  return box && bare(box).getAttribute('aria-checked')
}

/** An act as it begins, with the option that it would choose and the key chord that it is to be told by. */
export function newAct(
  event: MouseEvent | KeyboardEvent,
  target: HTMLElement,
  sighting: Sighting,
  scribe: Scribe,
  option: Option | null = null,
  chord = '',
): Act {
  const keys = 'key' in event
  const [x, y] = keys ? [0, 0] : pointOf(event)
  const type = 'pointerType' in event ? event.pointerType : ''
  return {
    by: keys ? 'keyboard' : 'pointer',
    pointer: type === 'mouse' || type === 'touch' || type === 'pen' ? type : '',
    event,
    target,
    sighting,
    button: keys ? 0 : event.button,
    x,
    y,
    chord,
    atMs: scribe.nowMs(),
    clicks: [],
    count: 1,
    held: false,
    passed: [],
    released: keys,
    told: false,
    checkedBefore: ariaChecked(target),
    option,
  }
}

/** Makes the hand and registers it with the scribe: whatever is written that began later, the open act goes first. */
export function createHand(scribe: Scribe): Hand {
  let act: Act | null = null
  /** The press that a key came into. */
  let under: Act | null = null
  let timer: Undo = () => {}
  const open = (by?: Act['by']): Act | null => [act, under].find((one) => one?.told === false && (!by || by === one.by)) ?? null
  const finish = (sinceMs = Infinity): void => {
    const ready = open()
    if (ready === null || ready.atMs > sinceMs || (ready.by === 'pointer' && !ready.released && ready.clicks.length === 0)) return
    timer()
    ready.told = true
    tell(ready, scribe)
  }
  scribe.beforeWrite(finish)
  return {
    begin: (next) => {
      timer()
      const down = open('pointer')
      // Where a list opens, nobody hears that the press ended.
      under = next.by === 'keyboard' && selectOf(down?.target ?? null) === null ? down : null
      act = next
    },
    last: (withinMs) => (act !== null && scribe.nowMs() - act.atMs <= withinMs ? act : null),
    open,
    finishLater: (delayMs) => {
      timer()
      timer = scribe.later(finish, delayMs)
    },
    finish,
    drop: (by) => {
      const dropped = open(by)
      if (dropped !== null) dropped.told = true
    },
    forget: () => {
      act = null
      under = null
    },
  }
}

function tell(act: Act, scribe: Scribe): void {
  const draft = ariaChoice(act) ?? (act.by === 'pointer' ? pointerDraft(act, scribe) : keyDraft(act))
  if (draft === null) return
  if (draft.kind === 'key' && act.before?.() === true) return
  // What the page writes in answer to it comes after it.
  scribe.write(draft, { ...act.sighting, node: rowFor(act, draft, scribe) }, act.atMs)
  if (act.option !== null && act.button === 0) scribe.write(act.option.draft, { ...act.sighting, node: act.option.node }, act.atMs)
}

/** The row that a forwarded click went to, if it can be seen; else the one under the hand. */
function rowFor(act: Act, draft: Draft, scribe: Scribe): number {
  const control = draft.kind === 'click' && draft.cause === 'label' ? act.clicks[1] : undefined
  return control === undefined ? act.sighting.node : visibleRow(scribe, act.sighting, control)
}

/** The row of a control, or the one acted on where the control itself is not to be seen (a check box drawn by its label). */
export function visibleRow(scribe: Scribe, sighting: Sighting, control: HTMLElement): number {
  const id = scribe.rowOf(sighting.observation, control)
  const row = rowIn(sighting.observation, id)
  const own = row?.tag === bare(control).localName
  return own && !row.states.includes('offscreen') && !row.states.includes('covered') ? id : sighting.node
}

function pointerDraft(act: Act, scribe: Scribe): Draft | null {
  const [first, second] = act.clicks
  if (selectOf(act.target) !== null || valueFieldOf(act.target)?.type === 'range') return null
  if (first === undefined && isDisabled(act.target)) {
    scribe.count('click.disabled')
    return null
  }
  const label = second !== undefined && labelledBy(act.target) === second
  return clickOf(act, label ? 'label' : 'pointer')
}

/** The click that an act was. */
export function clickOf({ event, button, count, x, y, pointer, held }: Act, cause: Cause): Draft {
  return { kind: 'click', button, count, modifiers: modifiersOf(event), x, y, cause, pointer, held }
}

function isDisabled(element: HTMLElement): boolean {
  return bare(element).closest(':disabled') !== null
}

function keyDraft(act: Act): Draft | null {
  const [clicked] = act.clicks
  // Enter in a field clicks a button of its form: in a closed root no one sees which.
  if (clicked !== undefined && editableOf(act.target) === null && (clicked === act.target || isIn(clicked, act.target))) {
    const { observation, node } = act.sighting
    const [left = 0, top = 0, width = 0, height = 0] = rowIn(observation, node)?.box ?? []
    return clickOf({ ...act, x: Math.round(left + width / 2), y: Math.round(top + height / 2) }, 'keyboard')
  }
  return act.chord === '' || !('code' in act.event) ? null : { kind: 'key', chord: act.chord, code: act.event.code }
}

/** An ARIA check box is told by what became of it: no `change` event speaks for it. */
function ariaChoice(act: Act): Draft | null {
  if (act.checkedBefore === null || choiceOf(act.target) !== null) return null
  const after = ariaChecked(act.target)
  if (after === null || after === act.checkedBefore || act.clicks.length === 0) return null
  return { kind: 'check', before: act.checkedBefore === 'true', after: after === 'true', cause: act.by }
}
