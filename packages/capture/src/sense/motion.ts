import { bare } from '../bare.ts'
import { isShadowRoot, isThere } from './dom.ts'

/** Tells what moves or takes on other looks by itself, and once more what has come to rest: not before that is its end seen. `changed`: something else did; what begins to move was touched, or stands where something was. */
export function createMotion(roots: Set<Document | ShadowRoot>): (changed: boolean) => readonly Element[] {
  let moving: ReadonlySet<Element> = new Set()
  return (changed) => {
    const before = moving
    moving = changed || before.size > 0 ? movingIn(roots) : new Set()
    return [...before, ...moving]
  }
}

/** What has come to rest, in the end that it keeps, is as it was read. */
function movingIn(roots: Set<Document | ShadowRoot>): Set<Element> {
  const moving = new Set<Element>()
  for (const root of roots) {
    if (!isThere(isShadowRoot(root) ? root : bare(root).documentElement)) roots.delete(root)
    for (const { playState, effect } of bare(root).getAnimations()) {
      const { target = null } = (effect ?? {}) as Partial<KeyframeEffect> // as: what moves an element is a KeyframeEffect
      if (playState === 'running' && target !== null) moving.add(target)
    }
  }
  return moving
}
