import { hasDevice } from '../store/device.ts'
import { selectReceipts } from '../store/documents.ts'
import { selectLineage } from '../store/lineage.ts'
import type { Store } from '../store/store.ts'

/** Whether anything in the folder is of this person: a key, a receipt, a device, or an episode in a release. Whoever isn't known can't be erased, and a name misspelt must not pass for one. */
export function isKnown({ control, keys }: Store, person: string): boolean {
  return (
    keys.has(person) ||
    hasDevice(control, person) ||
    selectReceipts(control, person).length > 0 ||
    selectLineage(control, person, null).length > 0
  )
}
