import { selectAnsweredManifests } from '../store/documents.ts'
import type { Store } from '../store/store.ts'

/**
 * Tells whether pages of an origin have devices that may send here: the origins of every manifest that a person with an enrolled device has answered.
 * One who has withdrawn, or ended the device, is still heard, so that the device learns of it by its answer and stops, and does not take it for a lost network.
 */
export function senderOrigins(store: Store): (origin: string) => boolean {
  let generation = -1
  let known: ReadonlySet<string> = new Set()
  return (origin) => {
    if (generation !== store.consent.generation) {
      ;({ generation } = store.consent)
      known = new Set(selectAnsweredManifests(store.control).flatMap(({ apps }) => apps.flatMap(({ origins }) => origins)))
    }
    return known.has(origin)
  }
}
