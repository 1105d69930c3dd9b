import type { Draft, Sighting } from './observe/scribe.ts'
import type { Takeover } from './options.ts'

/** Writes down that someone took over, and each thing the agent would have done, on the row that it was meant for. */
export function noteTakeover(takeover: Takeover, seen: Sighting, write: (draft: Draft, sighting: Sighting) => void): void {
  const { by, why, model, candidates } = takeover
  write({ kind: 'takeover', by, why, model }, seen)
  for (const { kind: action, argument, p01, element } of candidates) {
    const row = seen.observation.nodes.find(({ role, box }) => role === element?.role && box.every((px, at) => px === element.box[at]))
    write({ kind: 'proposed', action, argument, p01 }, { ...seen, node: row?.id ?? -1 })
  }
}
