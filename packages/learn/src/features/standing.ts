import type { Goal } from './goal.ts'
import type { View } from './view.ts'

/** Weight of a further word beside the share of words: it decides between texts whose shares are equal. */
const perWord = 0.001

/** For each node how its text (a field's: its label) stands among those of its class in the same dialog or menu: 0 the goal has none of its words, 1 it has more of another's, 2 as much of another's, 3 most of its own. */
export function standingOf(goal: Goal, view: View): Uint8Array {
  const worths = view.nodes.map((_, at) => worth(goal, view.normals[at] === '' ? (view.labels[at] ?? '') : (view.normals[at] ?? '')))
  const peers = new Map<string, number[]>()
  view.nodes.forEach((_, at) => {
    const key = `${view.classes[at]} ${view.overlays[at]}`
    peers.set(key, [...(peers.get(key) ?? []), at])
  })
  const standing = new Uint8Array(view.nodes.length)
  for (const group of peers.values()) {
    const most = Math.max(...group.map((at) => worths[at] ?? 0))
    const sole = group.filter((at) => worths[at] === most).length === 1
    for (const at of group) standing[at] = worths[at] === 0 ? 0 : worths[at] === most ? (sole ? 3 : 2) : 1
  }
  return standing
}

function worth(goal: Goal, plain: string): number {
  if (plain === '') return 0
  const words = plain.split(' ')
  const known = words.filter((word) => goal.has.has(word)).length
  return known === 0 ? 0 : known / words.length + known * perWord
}
