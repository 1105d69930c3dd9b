import type { Candidate } from '../model/candidate.ts'
import { isActable, type Option, type Scene } from '../model/candidates.ts'
import { normal } from '../features/words.ts'

/** An action that would be right. `later`: it came later in the demonstration, and is right now only if it is on the page as it was then. */
export interface Wanted {
  readonly candidate: Candidate
  readonly point: readonly [number, number] | null
  readonly later: boolean
}

/** Marks the options that do what the demonstration did (1), or did later and could as well have done now (2). */
export function equals(scene: Scene, options: readonly Option[], wanted: readonly Wanted[]): Uint8Array {
  const marks = new Uint8Array(options.length)
  for (const want of wanted) {
    const places = placesOf(scene, want)
    const exact = options.map((option) => (matches(option, want, places, (left, right) => left === right) ? 1 : 0))
    const found = exact.includes(1) ? exact : options.map((option) => (matches(option, want, places, alike) ? 1 : 0))
    found.forEach((mark, at) => {
      if (mark === 1 && marks[at] === 0) marks[at] = want.later ? 2 : 1
    })
  }
  return marks
}

function matches(
  option: Option,
  { candidate }: Wanted,
  places: ReadonlySet<number>,
  same: (left: string, right: string) => boolean,
): boolean {
  const { kind, argument } = option.candidate
  if (kind !== candidate.kind || !same(argument, candidate.argument)) return false
  return kind === 'key' || candidate.node === -1 ? option.at === -1 : places.has(option.at)
}

/** Same text but for case, or the beginning of it, as people type before they pick from a list. */
function alike(offered: string, wanted: string): boolean {
  const left = normal(offered)
  const right = normal(wanted)
  return left === right || (right.length >= 2 && left.startsWith(right))
}

/** Indices in the view of every node that stands for the one acted on: itself, what it holds or what holds it with the same text, the text under the point. */
function placesOf(scene: Scene, { candidate, point }: Wanted): Set<number> {
  const { view } = scene
  const at = view.nodes.findIndex((node) => node.id === candidate.node)
  const places = new Set<number>()
  if (at === -1) return places
  if (isActable(view, at)) places.add(at)
  for (let up = view.nodes[at]?.parent ?? -1; up !== -1 && view.normals[up] === view.normals[at]; up = view.nodes[up]?.parent ?? -1)
    places.add(up)
  const inside = below(scene, at).filter((kid) => isActable(view, kid))
  const equal = inside.filter((kid) => view.normals[kid] === view.normals[at])
  for (const kid of equal) places.add(kid)
  if (places.size === 0 || (view.texts[at] === '' && inside.length > 0)) for (const kid of nearest(scene, inside, point)) places.add(kid)
  if (view.texts[at] === '' && view.classes[at] === 'shape') for (const text of textUnder(scene, at, point)) places.add(text)
  return places
}

function below(scene: Scene, at: number): number[] {
  const kids = scene.view.kids[at] ?? []
  return [...kids, ...kids.flatMap((kid) => below(scene, kid))]
}

function nearest(scene: Scene, places: readonly number[], point: readonly [number, number] | null): number[] {
  if (point === null) return places.slice(0, 1)
  const sorted = places.toSorted((left, right) => apart(scene, left, point) - apart(scene, right, point))
  return sorted.slice(0, 1)
}

/** A press on a nameless shape meant the text drawn on it. */
function textUnder(scene: Scene, at: number, point: readonly [number, number] | null): number[] {
  if (point === null) return []
  const { view } = scene
  const texts = view.nodes.flatMap((node, index) => (node.parent === view.nodes[at]?.parent && view.texts[index] !== '' ? [index] : []))
  return nearest(scene, texts, point).filter((text) => apart(scene, text, point) < 14)
}

function apart(scene: Scene, at: number, [x, y]: readonly [number, number]): number {
  const [left, top, width, height] = scene.view.nodes[at]?.box ?? [0, 0, 0, 0]
  const across = Math.max(left - x, 0, x - (left + width))
  const down = Math.max(top - y, 0, y - (top + height))
  return Math.max(across, down)
}
