import { bare } from '../bare.ts'
import { isInput, isSelect, isTextArea, isThere } from './dom.ts'

/** What tells whether an element changed, and what it told last. */
interface Sentinel {
  before: string | number
  readonly sign: () => string | number
}

/** Elements that scripts can change with no word of it. */
export interface Sentinels {
  add(element: Element): void
  /** Touches each that is not as it was. */
  compare(): void
  /** Forgets those that are gone. */
  prune(): void
  clear(): void
}

/** Watches nothing yet. */
export function createSentinels(touch: (element: Element) => void): Sentinels {
  const known = new Map<Element, Sentinel>()
  return {
    add: (element) => {
      const sign = signOf(element)
      known.set(element, { sign, before: sign() })
    },
    compare: () => {
      for (const [element, sentinel] of known) {
        const now = sentinel.sign()
        if (now === sentinel.before) continue
        sentinel.before = now
        touch(element)
      }
    },
    prune: () => {
      for (const element of known.keys()) if (!isThere(element)) known.delete(element)
    },
    clear: () => known.clear(),
  }
}

function signOf(element: Element): Sentinel['sign'] {
  if (isSelect(element)) return () => element.selectedIndex + element.length * 1e6
  if (isInput(element) && /^(?:checkbox|radio)$/.test(element.type))
    return () => Number(element.checked) + Number(element.indeterminate) * 2
  if (isInput(element) || isTextArea(element)) return () => element.value
  const own = bare(element)
  return () => own.scrollLeft + own.scrollTop * 1e6
}
