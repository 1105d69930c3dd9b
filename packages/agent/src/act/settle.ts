/** How long to wait for a page to come to rest after an act. */
export interface Rest {
  /** No change for so long means rest. */
  readonly quietMs: number
  /** Wait at least so long: for pages that answer after a pause. */
  readonly leastMs: number
  readonly limitMs: number
}

/** After most acts: a page that answers at once is at rest within two frames. */
export const shortRest: Rest = { quietMs: 25, leastMs: 0, limitMs: 400 }

/** After typing into a field that offers suggestions: component libraries wait up to 300 ms after the last key. */
export const suggestionRest: Rest = { quietMs: 60, leastMs: 340, limitMs: 900 }

/** Runs in the page: resolves when nothing has changed for `quietMs` and nothing says that it is busy. Must not refer to anything outside itself. */
export function restOf(rest: Rest): Promise<void> {
  return new Promise((resolve) => {
    const began = performance.now()
    let last = began
    const watch = new MutationObserver(() => (last = performance.now()))
    watch.observe(document, { subtree: true, childList: true, attributes: true, characterData: true })
    const look = (): void => {
      const now = performance.now()
      const busy = document.querySelector('[aria-busy=true]') !== null || document.readyState === 'loading'
      const rested = now - last >= rest.quietMs && now - began >= rest.leastMs && !busy
      if (!rested && now - began < rest.limitMs) return void setTimeout(look, 8)
      watch.disconnect()
      resolve()
    }
    setTimeout(look, rest.quietMs)
  })
}
