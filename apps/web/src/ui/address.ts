import { useCallback, useSyncExternalStore } from 'react'

/** The page's address as state: a path, and what is chosen on it. */
export interface Address {
  readonly path: string
  readonly chosen: URLSearchParams
  /** Changes the path, or only what is chosen (null removes a key). A change of choice replaces the entry in the history; a change of path adds one. */
  readonly go: (path: string, chosen?: Readonly<Record<string, string | null>>) => void
}

const changed = 'overt:address'

function subscribe(listen: () => void): () => void {
  window.addEventListener('popstate', listen)
  window.addEventListener(changed, listen)
  return () => {
    window.removeEventListener('popstate', listen)
    window.removeEventListener(changed, listen)
  }
}

/** Follows the address; scope and step are in the URL, so that a link leads to the same place. */
export function useAddress(): Address {
  const href = useSyncExternalStore(subscribe, () => location.href)
  const url = new URL(href)
  const go = useCallback((path: string, chosen: Readonly<Record<string, string | null>> = {}) => {
    const next = new URL(path, location.href)
    if (path === location.pathname) next.search = location.search
    for (const [key, value] of Object.entries(chosen)) {
      if (value === null) next.searchParams.delete(key)
      else next.searchParams.set(key, value)
    }
    if (path === location.pathname) history.replaceState(null, '', next)
    else history.pushState(null, '', next)
    window.dispatchEvent(new Event(changed))
  }, [])
  return { path: url.pathname, chosen: url.searchParams, go }
}
