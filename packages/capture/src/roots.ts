import { bare } from './bare.ts'
import { listenTo } from './natives.ts'

/** Runs `begin` as soon as the document has a root element, which at document start it has not, and is before someone's eyes: one that is prerendered may never be. */
export function whenRooted(page: Document, begin: () => void): () => void {
  const own = bare(page)
  if ('prerendering' in own && own.prerendering === true) return listenTo(page, 'prerenderingchange', begin)
  if (own.documentElement === null) return whenRootChanges(page, begin)
  begin()
  return () => {}
}

/** Runs `react` once the root element is another one: `document.open()` takes it away, and all listeners with it, those of the window and of all that was in it too. */
export function whenRootChanges(page: Document, react: () => void): () => void {
  const { documentElement } = bare(page)
  const observer = new MutationObserver(() => {
    if (bare(page).documentElement === documentElement) return
    observer.disconnect()
    react()
  })
  observer.observe(page, { childList: true })
  return () => observer.disconnect()
}

/** Listens by `listen` to a document, and anew each time that it is written anew: that takes all listeners. */
export function keepListening(page: Document, listen: () => () => void): () => void {
  let undos: readonly (() => void)[] = []
  const stop = (): void => undos.forEach((undo) => undo())
  const begin = (): void => {
    const again = (): void => {
      stop()
      begin()
    }
    undos = [listen(), whenRootChanges(page, again)]
  }
  begin()
  return stop
}
