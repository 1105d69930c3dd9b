import { bare } from '../bare.ts'
import { listenTo } from '../natives.ts'
import { keepListening } from '../roots.ts'
import { isElement } from '../sense/dom.ts'

/** Counts what may change what is drawn, so that geometry and pixels of one picture are of the same moment. It never reads or writes the page. */
export interface Stir {
  /** How many changes there were; those that nobody was told of yet are told now. */
  settle(): number
  /** Listens to a document or shadow root too; once more is no harm. */
  root(root: Document | ShadowRoot): void
  stop(): void
}

const told = ['scroll', 'input', 'change', 'reset', 'load', 'toggle', 'resize', 'fullscreenchange'] as const
const observed = { subtree: true, childList: true, attributes: true, characterData: true }

/** Begins to count in a document. `stirred` hears of each change. */
export function countStir(page: Document, stirred: () => void): Stir {
  let count = 0
  const known = new WeakSet<Node>()
  const undos: (() => void)[] = []
  const note = (): void => {
    count += 1
    stirred()
  }
  const see = (records: readonly MutationRecord[]): void => {
    if (records.some(({ target }) => !isOwn(target))) note()
  }
  const observer = new MutationObserver(see)
  const hear = ({ target }: Event): void => (target instanceof Node && isOwn(target) ? undefined : note())
  const listen = (at: EventTarget, types: readonly string[]) => (): (() => void) => {
    const own = types.map((type) => listenTo(at, type, hear, { capture: true, passive: true }))
    return () => own.forEach((undo) => undo())
  }
  const root: Stir['root'] = (node) => {
    if (known.has(node)) return
    known.add(node)
    observer.observe(node, observed)
    undos.push('defaultView' in node ? keepListening(node, listen(bare(node).defaultView ?? node, told)) : listen(node, told)())
  }
  root(page)
  const { visualViewport } = bare(page).defaultView ?? {}
  if (visualViewport) undos.push(listen(visualViewport, ['scroll', 'resize'])())
  return {
    settle: () => {
      see(observer.takeRecords())
      return count
    },
    root,
    stop: () => {
      observer.disconnect()
      for (const undo of undos.splice(0)) undo()
    },
  }
}

/** The recorder's own sign in the page is masked wherever it is, and changes all the time. */
function isOwn(target: Node): boolean {
  return isElement(target) && bare(target).hasAttribute('data-overt-ignore')
}
