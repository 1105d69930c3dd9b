/** Runs `begin` as soon as the document has a root element; at document start there is none yet. */
export function whenRooted(page: Document, begin: () => void): () => void {
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
