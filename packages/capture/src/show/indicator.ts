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
  readonly language?: string
}

/** The recorder's sign in the page. */
export interface Indicator {
  show(state: IndicatorState): void
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
export function mountIndicator(page: Document, options: IndicatorOptions): Indicator {
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
  listenTo(pause, 'click', (event) => {
    if (event.isTrusted) (state === 'paused' ? () => options.onResume() : () => options.onPause())()
  })
  listenTo(stop, 'click', (event) => {
    if (event.isTrusted) options.onStop()
  })
  raise(page, host)
  const unwatch = watch(
    page,
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
    unmount: () => {
      unwatch()
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
