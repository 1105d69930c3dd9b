import { keepListening } from '@overt/capture'

/** Listens to a window, before its page does and without a hand in it; also to a document that is written anew there, which takes all listeners. Returns how to stop. */
export function listenIn(view: Window, types: readonly string[], hear: (event: Event) => void): () => void {
  return keepListening(view.document, () => {
    const end = new AbortController()
    for (const type of types) view.addEventListener(type, hear, { capture: true, passive: true, signal: end.signal })
    return () => end.abort()
  })
}
