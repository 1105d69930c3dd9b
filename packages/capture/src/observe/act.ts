import type { Option } from './option.ts'
import type { Draft, Scribe, Sighting, Undo } from './scribe.ts'
import { choiceOf, labelledBy, selectOf, valueFieldOf } from './target.ts'

/** A press of the pointer or of a key, from its first event until it is known what it was. */
export interface Act {
  readonly by: 'pointer' | 'keyboard'
  readonly target: HTMLElement
  readonly sighting: Sighting
  readonly modifiers: string
  readonly button: number
  readonly x: number
  readonly y: number
  /** Key chord; '' where the key alone is not to be told (Space, the pointer). */
  readonly chord: string
  readonly code: string
  readonly atMs: number
  /** Elements that the browser clicked in consequence, in order. */
  readonly clicks: HTMLElement[]
  /** Number of the click: 2 for the second of a double click. */
  count: number
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
  /** The act that is not told yet. */
  open(): Act | null
  /** Finishes the open act after `delayMs`, when the browser has said what followed from it. */
  finishLater(delayMs: number): void
  finish(): void
  drop(): void
}

const ariaChoices = '[role=checkbox],[role=switch],[role=radio],[role=menuitemcheckbox],[role=menuitemradio]'

/** Whether an ARIA check box around the element is checked; null where there is none. */
export function ariaChecked(element: HTMLElement): string | null {
  return element.closest(ariaChoices)?.getAttribute('aria-checked') ?? null
}

/** Makes the hand and registers it with the scribe: whatever else is written, the open act goes first. */
export function createHand(scribe: Scribe): Hand {
  let act: Act | null = null
  let timer: Undo = () => {}
  const open = (): Act | null => (act?.told === false ? act : null)
  const finish = (): void => {
    const ready = open()
    if (ready === null || (ready.by === 'pointer' && !ready.released && ready.clicks.length === 0)) return
    timer()
    ready.told = true
    tell(ready, scribe)
  }
  scribe.beforeWrite(finish)
  return {
    begin: (next) => {
      timer()
      act = next
    },
    last: (withinMs) => (act !== null && scribe.nowMs() - act.atMs <= withinMs ? act : null),
    open,
    finishLater: (delayMs) => {
      timer()
      timer = scribe.later(finish, delayMs)
    },
    finish,
    drop: () => {
      if (act !== null) act.told = true
    },
  }
}

function tell(act: Act, scribe: Scribe): void {
  const draft = ariaChoice(act) ?? (act.by === 'pointer' ? pointerDraft(act, scribe) : keyDraft(act))
  if (draft === null) return
  if (draft.kind === 'key' && act.before?.() === true) return
  scribe.write(draft, { observation: act.sighting.observation, node: rowFor(act, draft, scribe) })
  if (act.option !== null && act.button === 0)
    scribe.write(act.option.draft, { observation: act.sighting.observation, node: act.option.node })
}

/** The row that a forwarded click went to, if it can be seen; else the one under the hand. */
function rowFor(act: Act, draft: Draft, scribe: Scribe): number {
  const control = draft.kind === 'click' && draft.cause === 'label' ? act.clicks[1] : undefined
  return control === undefined ? act.sighting.node : visibleRow(scribe, act.sighting, control)
}

/** The row of a control, or the one acted on where the control itself is not to be seen (a check box drawn by its label). */
export function visibleRow(scribe: Scribe, sighting: Sighting, control: HTMLElement): number {
  const id = scribe.rowOf(sighting.observation, control)
  const row = sighting.observation.nodes.find((node) => node.id === id)
  const own = row?.tag === control.localName
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
  const { button, count, modifiers, x, y } = act
  return { kind: 'click', button, count, modifiers, x, y, cause: label ? 'label' : 'pointer' }
}

function isDisabled(element: HTMLElement): boolean {
  return element.closest(':disabled') !== null
}

function keyDraft(act: Act): Draft | null {
  const [clicked] = act.clicks
  if (clicked !== undefined && (clicked === act.target || act.target.contains(clicked))) {
    const row = act.sighting.observation.nodes.find((node) => node.id === act.sighting.node)
    const [left = 0, top = 0, width = 0, height = 0] = row?.box ?? []
    const x = Math.round(left + width / 2)
    return { kind: 'click', button: 0, count: 1, modifiers: act.modifiers, x, y: Math.round(top + height / 2), cause: 'keyboard' }
  }
  return act.chord === '' ? null : { kind: 'key', chord: act.chord, code: act.code }
}

/** An ARIA check box is told by what became of it: no `change` event speaks for it. */
function ariaChoice(act: Act): Draft | null {
  if (act.checkedBefore === null || choiceOf(act.target) !== null) return null
  const after = ariaChecked(act.target)
  if (after === null || after === act.checkedBefore || act.clicks.length === 0) return null
  return { kind: 'check', before: act.checkedBefore === 'true', after: after === 'true', cause: act.by }
}
