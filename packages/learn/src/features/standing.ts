import type { Goal } from './goal.ts'
import { once } from './once.ts'
import type { View } from './view.ts'

/** Weight of a further word beside the share of words: it decides between texts whose shares are equal. */
const perWord = 0.001

/** For each node how its text (a field's: its label) stands among those of its class in the same dialog or menu: 0 the goal has none of its words, 1 it has more of another's, 2 as much of another's, 3 most of its own. */
export function standingOf(goal: Goal, view: View): Uint8Array {
  const { lexicon, labels } = view
  const known = lexicon.words.map((words) => worth(goal, words))
  const worthOf = once((label) => worth(goal, label.split(' ')))
  const worths = new Float64Array(view.nodes.length)
  view.normals.forEach((text, at) => {
    worths[at] = text === '' ? worthOf(labels[at] ?? '') : (known[lexicon.ids[at] ?? 0] ?? 0)
  })
  const standing = new Uint8Array(view.nodes.length)
  for (const group of peersOf(view)) {
    let most = 0
    let count = 0
    for (const at of group) {
      const mine = worths[at] ?? 0
      if (mine > most) count = 0
      if (mine > most) most = mine
      if (mine === most) count += 1
    }
    for (const at of group) standing[at] = worths[at] === 0 ? 0 : worths[at] === most ? (count === 1 ? 3 : 2) : 1
  }
  return standing
}

/** Nodes of one class in one dialog or menu, or outside all. */
function peersOf({ classes, overlays }: View): Iterable<readonly number[]> {
  const groups = once((): Map<number, number[]> => new Map())
  const all: number[][] = []
  classes.forEach((kind, at) => {
    const byOverlay = groups(kind)
    const overlay = overlays[at] ?? -1
    const peers = byOverlay.get(overlay)
    if (peers !== undefined) peers.push(at)
    else {
      const begun = [at]
      byOverlay.set(overlay, begun)
      all.push(begun)
    }
  })
  return all
}

function worth(goal: Goal, words: readonly string[]): number {
  let known = 0
  for (const word of words) if (goal.has.has(word)) known += 1
  return known === 0 ? 0 : known / words.length + known * perWord
}
