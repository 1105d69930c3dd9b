import type { Outcome } from '@overt/schema'

import { bare } from '../bare.ts'
import { listenTo } from '../natives.ts'
import { together } from '../observe/scribe.ts'
import { keepListening } from '../roots.ts'
import { make, makeHost, pin } from './element.ts'
import { languageOf } from './sign-words.ts'
import { type TaskWords, taskWordsFor } from './task-words.ts'

/** What the person may say, and who is told. */
export interface TaskSignOptions {
  /** The person named what they are going to do, in at most 500 characters. */
  onStart(goal: string): void
  onEnd(outcome: Exclude<Outcome, 'unknown'>): void
  /** A language tag; the page's or the browser's where none is given. */
  readonly language?: string
}

/** The sign with which the person begins and ends tasks of their own. */
export interface TaskSign {
  /** `off`: nothing is recorded now, so no task can begin or end. */
  show(state: 'on' | 'off'): void
  unmount(): void
}

const css = `
div,form{font:13px/1.3 system-ui,sans-serif;display:flex;flex-wrap:wrap;align-items:center;gap:6px;max-width:min(360px,80vw);padding:6px 10px;border-radius:14px;background:#111;color:#fff;border:1px solid #fff6;box-shadow:0 2px 8px #0006}
[hidden]{display:none}
label,p{flex:1 0 100%;margin:0}p{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
small{flex:1 0 100%;color:#ccc}
input{font:inherit;flex:1 0 100%;box-sizing:border-box;min-height:28px;padding:2px 8px;border:1px solid #777;border-radius:6px;background:#fff;color:#111}
button{font:inherit;color:inherit;background:#333;border:1px solid #777;border-radius:999px;min-height:24px;padding:2px 10px;cursor:pointer}
button:focus-visible,input:focus-visible{outline:3px solid #6cf;outline-offset:1px}
@media(forced-colors:active){div,form,button{border-color:CanvasText}}
`

/** Puts the sign into the page, in the corner that the indicator leaves free; there again, as it was, where the document is written anew. Only the person's own clicks and keys count; the page can neither read the goal nor answer. */
export function mountTaskSign(given: Document, options: TaskSignOptions): TaskSign {
  const page = bare(given)
  const words = taskWordsFor(options.language ?? languageOf(page))
  const { host, root } = makeHost(page, 'overt-task', css)
  pin(host, { position: 'fixed', inset: 'auto auto 12px 12px', 'z-index': '2147483646', display: 'block' })
  const parts = partsOf(page, words)
  const { offer, form, goal, running } = parts
  root.append(offer, form, running)
  const turn = (shown: HTMLElement): void => [offer, form, running].forEach((part) => (part.hidden = part !== shown))
  let left: (Element & { focus?(): void }) | null = null
  const cancel = (): void => {
    goal.value = ''
    turn(offer)
    parts.open.focus()
  }
  const begin = (event: Event): void => {
    event.preventDefault()
    const named = goal.value.trim()
    if (named === '') return
    parts.named.textContent = named
    goal.value = ''
    turn(running)
    if (left !== null) bare(left).focus?.()
    options.onStart(named)
  }
  const open = (): void => {
    turn(form)
    goal.focus()
  }
  const end = (outcome: keyof Parts['ends']) => (): void => {
    turn(offer)
    options.onEnd(outcome)
  }
  const heard: readonly (readonly [at: HTMLElement, type: string, react: (event: Event & { readonly key?: string }) => void])[] = [
    // Before the press itself takes the focus to the button.
    [parts.open, 'pointerdown', () => (left = page.activeElement)],
    [parts.open, 'click', open],
    [parts.cancel, 'click', cancel],
    [form, 'keydown', ({ key }) => key === 'Escape' && cancel()],
    [form, 'submit', begin],
    ...(['success', 'failure', 'abandoned'] as const).map((outcome) => [parts.ends[outcome], 'click', end(outcome)] as const),
  ]
  turn(offer)
  return {
    show: (state) => {
      for (const button of root.querySelectorAll('button')) button.disabled = state === 'off' && button !== parts.cancel
    },
    unmount: keepListening(given, () => {
      const undos = heard.map(([at, type, react]) => listenTo(at, type, (event) => event.isTrusted && react(event)))
      page.documentElement?.append(host)
      return together(...undos, () => host.remove())
    }),
  }
}

interface Parts {
  readonly offer: HTMLElement
  readonly open: HTMLButtonElement
  readonly form: HTMLFormElement
  readonly goal: HTMLInputElement
  readonly cancel: HTMLButtonElement
  readonly running: HTMLElement
  readonly named: HTMLElement
  readonly ends: Readonly<Record<'success' | 'failure' | 'abandoned', HTMLButtonElement>>
}

function partsOf(page: Document, words: TaskWords): Parts {
  const button = (text: string, type = 'button'): HTMLButtonElement => make(page, 'button', { type }, text)
  const goal = make(page, 'input', { id: 'goal', maxlength: '500', autocomplete: 'off', 'aria-describedby': 'kept' })
  const [open, begin, cancel] = [button(words.offer), button(words.begin, 'submit'), button(words.cancel)]
  const label = make(page, 'label', { for: 'goal' }, words.ask)
  const form = make(page, 'form', { 'aria-label': words.region }, label, goal, make(page, 'small', { id: 'kept' }, words.kept))
  form.append(begin, cancel)
  const ends = { success: button(words.success), failure: button(words.failure), abandoned: button(words.abandoned) }
  const named = make(page, 'p')
  const region = { role: 'region', 'aria-label': words.region }
  const offer = make(page, 'div', region, open)
  const running = make(page, 'div', region, named, ...Object.values(ends))
  return { offer, open, form, goal, cancel, running, named, ends }
}
