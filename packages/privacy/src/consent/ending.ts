import { PrivacyError } from '../error.ts'

const longestTimerMs = 2_147_483_647
/** Runs what a permit's signal left behind when nobody holds the signal any more. */
const leftBehind = new FinalizationRegistry((release: () => void) => release())

/** Why a permit's signal is aborted. */
export function endedBecause(reason: 'withdrawn' | 'expired'): PrivacyError {
  return new PrivacyError('OVT-2111', `the permit is ${reason}`)
}

/**
 * Aborts a controller at an expiry, or with another signal. A server makes a permit a minute for everyone whose work arrives, under signals and expiries that live for months:
 * so neither timer nor listener keeps anything alive, and both go when the controller's signal is collected.
 */
export function abortLater(controller: AbortController, remainingMs: () => number, source: AbortSignal | undefined): void {
  const { signal } = controller
  const held = new WeakRef(signal)
  const owners = new WeakMap([[signal, controller]])
  const abort = (reason: 'withdrawn' | 'expired'): void => {
    const live = held.deref()
    if (live !== undefined) owners.get(live)?.abort(endedBecause(reason))
  }
  const withdraw = (): void => abort('withdrawn')
  const timer = startTimer(remainingMs, () => abort('expired'))
  const release = (): void => {
    timer.stop()
    source?.removeEventListener('abort', withdraw)
  }
  source?.addEventListener('abort', withdraw, { once: true })
  signal.addEventListener('abort', release, { once: true })
  leftBehind.register(signal, release)
}

/** A timer of any length that keeps no process alive. */
function startTimer(remainingMs: () => number, done: () => void): { stop(): void } {
  // Held, since the page that the permit is for may replace them.
  const { setTimeout: start, clearTimeout: stop } = globalThis
  let timer = start(tick, Math.min(Math.max(remainingMs(), 0), longestTimerMs))
  unhold()
  function tick(): void {
    if (remainingMs() <= 0) return done()
    timer = start(tick, Math.min(remainingMs(), longestTimerMs))
    unhold()
  }
  function unhold(): void {
    if (typeof timer === 'object') timer.unref()
  }
  return { stop: () => stop(timer) }
}
