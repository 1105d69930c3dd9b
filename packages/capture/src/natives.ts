/** The browser's own function, taken when the SDK is loaded. Where Zone.js came first, the one it keeps: through its own every event and timer of ours would count as the page's. */
const own = <T extends object, K extends keyof T & string>(holder: T, name: K): T[K] => {
  const kept: unknown = Reflect.get(holder, `__zone_symbol__${name}`)
  return typeof kept === 'function' ? (kept as T[K]) : holder[name] // as: Zone.js keeps under this name what it replaced
}

/** Begins a timer. */
export const startTimer: (react: () => void, delayMs: number) => number = own(globalThis, 'setTimeout') as never // as: in a page the timer is a number
/** Ends a timer. */
export const stopTimer: (timer: number) => void = own(globalThis, 'clearTimeout')
/** Runs when the script of the page that is running has ended. */
export const runSoon = own(globalThis, 'queueMicrotask')
/** Runs before the browser draws the page; what runs after that finds it laid out. */
export const runBeforeDrawn = own(globalThis, 'requestAnimationFrame')
/** Runs when the page has nothing to do; Safari has none. */
export const runIdle: typeof requestIdleCallback | undefined = own(globalThis, 'requestIdleCallback')

const add = own(EventTarget.prototype, 'addEventListener')
const remove = own(EventTarget.prototype, 'removeEventListener')

/** Listens, and returns how to stop. */
export function listenTo(at: EventTarget, type: string, react: (event: Event) => void, options: AddEventListenerOptions = {}): () => void {
  add.call(at, type, react, options)
  return () => remove.call(at, type, react, options)
}

const clock = performance
const { now: monotonic } = clock // oxlint-disable-line typescript/unbound-method -- called with its clock below
/** Monotonic milliseconds. */
export const nowMs = (): number => monotonic.call(clock)
/** Milliseconds since the epoch. */
export const { now: nowEpochMs } = Date
/** From 0 to 1. */
export const { random: random01 } = Math
/** As text. */
export const { stringify: toJson } = JSON
/** Requests. */
export const request = own(globalThis, 'fetch')
/** Requests that the browser makes by itself once the page is gone. Throws where there is no room for one, and in browsers that have nothing of it. */
export const requestLater: (url: string, init: RequestInit) => unknown = own(globalThis, 'fetchLater' as never) // as: TypeScript knows nothing of it
