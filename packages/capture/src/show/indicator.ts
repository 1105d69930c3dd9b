import { bare } from '../bare.ts'
import { listenTo } from '../natives.ts'
import { make, makeHost, pin } from './element.ts'
import { watch } from './watch.ts'
import { languageOf, signWordsFor } from './sign-words.ts'

/** What the indicator shows. */
export interface IndicatorState {
  readonly state: 'recording' | 'paused' | 'off'
  /** Events not yet sent. */
  readonly queued: number
  /** Events that were given up: no room to wait in, or refused. */
  readonly lost: number
}

/** What the person may do with it, and what it reports. */
export interface IndicatorOptions {
  onPause(): void
  onResume(): void
  onStop(): void
  /** It was removed, hidden or covered for two seconds. */
  onLost(reason: string): void
  /** A language tag; the page's or the browser's where none is given. */
  readonly language?: string | undefined
}

/** The recorder's sign in the page. */
export interface Indicator {
  show(state: IndicatorState): void
  /**
   * A press that the page was told of: where the sign is shown and takes none, since a modal dialog makes all else inert, it is one of the sign's own button there. Nothing but the dialog could hold the sign, and that is
   * the page's; so the page hears of the press, too, and may close its dialog for it. True where it was one.
   */
  press(event: PointerEvent): boolean
  unmount(): void
}

const css = `
div{font:13px/1.2 system-ui,sans-serif;display:flex;align-items:center;gap:6px;padding:6px 10px;border-radius:999px;background:#111;color:#fff;border:1px solid #fff6;box-shadow:0 2px 8px #0006;white-space:nowrap;flex-wrap:wrap;box-sizing:border-box;max-width:calc(100vw - 24px)}
i{width:10px;height:10px;border-radius:50%;background:#ff4d4d}
.paused i{background:#ffc233;border-radius:2px}
.off i{background:#999}
button{font:inherit;color:inherit;background:#333;border:1px solid #777;border-radius:999px;min-height:24px;min-width:24px;padding:2px 10px;cursor:pointer}
button:focus-visible{outline:3px solid #6cf;outline-offset:1px}
small:empty,button[hidden]{display:none}
@media(forced-colors:active){div,button{border-color:CanvasText}}
`

/** Puts the indicator into the page and watches that it can be seen. Only the person's own clicks count. */
export function mountIndicator(given: Document, options: IndicatorOptions): Indicator {
  const page = bare(given)
  const words = signWordsFor(options.language ?? languageOf(page))
  const { host, root } = makeHost(page, 'overt-indicator', css)
  pin(host, {
    position: 'fixed',
    inset: 'auto 12px 12px auto',
    'z-index': '2147483647',
    display: 'block',
    margin: '0',
    border: '0',
    padding: '0',
  })
  const status = make(page, 'span', { role: 'status' }, words.recording)
  const queued = make(page, 'small')
  const pause = make(page, 'button', { type: 'button' }, words.pause)
  const stop = make(page, 'button', { type: 'button' }, words.stop)
  const box = make(page, 'div', { role: 'region', 'aria-label': words.region }, make(page, 'i'), status, pause, stop, queued)
  root.append(box)
  let state: IndicatorState['state'] = 'recording'
  const buttons = [
    [pause, () => (state === 'paused' ? options.onResume() : options.onPause())],
    [stop, () => options.onStop()],
  ] as const
  for (const [button, act] of buttons) listenTo(button, 'click', (event) => event.isTrusted && act())
  raise(page, host)
  const watching = watch(
    given,
    { host, box },
    () => raise(page, host),
    (reason) => options.onLost(reason),
  )
  return {
    show: (next) => {
      const waiting = [next.queued > 0 && words.queued(next.queued), next.lost > 0 && words.lost(next.lost)].filter(Boolean).join(', ')
      // What stays the same is not written: the browser would lay the page out anew.
      if (queued.textContent !== waiting) queued.textContent = waiting
      if (state === next.state) return
      state = next.state
      box.className = state
      status.textContent = words[state]
      pause.textContent = state === 'paused' ? words.resume : words.pause
      pause.hidden = stop.hidden = state === 'off'
    },
    press: ({ isPrimary, button: pressed, clientX, clientY }) => {
      const hit = buttons.find(([button]) => {
        const { left, top, right, bottom } = button.getBoundingClientRect()
        return left <= clientX && clientX < right && top <= clientY && clientY < bottom
      })
      if (hit === undefined || !isPrimary || pressed > 0 || !watching.isSeen()) return false
      hit[1]()
      return true
    },
    unmount: () => {
      watching.end()
      host.remove()
    },
  }
}

/** Into the top layer, above whatever the page has put there. */
function raise(page: Document, host: HTMLElement): void {
  if (!host.isConnected) page.documentElement.append(host)
  if (!('popover' in host)) return
  if (host.matches(':popover-open')) host.hidePopover()
  host.popover = 'manual'
  host.showPopover()
}
