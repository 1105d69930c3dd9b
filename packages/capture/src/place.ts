import { listenTo } from './natives.ts'

/** Runs `begin` as soon as the document has a root element, which at document start it has not, and is before someone's eyes: one that is prerendered may never be. */
export function whenRooted(page: Document, begin: () => void): () => void {
  if ('prerendering' in page && page.prerendering === true) return listenTo(page, 'prerenderingchange', begin)
  if (page.documentElement !== null) {
    begin()
    return () => {}
  }
  const observer = new MutationObserver(() => {
    if (page.documentElement === null) return
    observer.disconnect()
    begin()
  })
  observer.observe(page, { childList: true })
  return () => observer.disconnect()
}
