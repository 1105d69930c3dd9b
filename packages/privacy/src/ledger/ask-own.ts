import type { Manifest } from '@overt/schema'

import type { Shown } from './check-own.ts'
import type { Witnessed } from './follow.ts'
import type { Own, OwnMemory } from './own.ts'
import type { VerifierKey } from './verifier-key.ts'

/** How a client reaches a server and witnesses; each gives null where nothing answers. */
export interface Asking {
  readonly nowEpochMs: () => number
  /** Bytes at a path of the log, as `checkpoint`, `tile/0/000`. */
  readonly read: (path: string) => Promise<Uint8Array | null>
  /** `POST /v1/ledger`, or `/v1/mine/ledger` where the person is signed in. */
  readonly own: (request: {
    readonly fromIndex: number
    readonly names: readonly string[]
    readonly batches: readonly string[]
  }) => Promise<Shown['answer']>
  readonly witnesses: readonly { readonly witness: VerifierKey; readonly note: () => Promise<string | null> }[]
  /** What the server asks people to agree to. */
  readonly offered: () => Promise<Manifest | null>
}

/** A server tries to open so many batches at a time; the newest erasures matter most. */
const mostBatches = 1_000

/** Asks for what a check needs, in the order in which an honest server can't fall behind. */
export async function askOwn(memory: OwnMemory, own: Pick<Own, 'erased'>, asking: Asking): Promise<Shown> {
  const notes = await Promise.all(asking.witnesses.map(async ({ witness, note }) => ({ witness, note: await note() })))
  const witnessed = notes.filter((one): one is Witnessed => one.note !== null)
  const offered = await asking.offered()
  // The checkpoint before the person's part: a line that is not in the tree yet is passed over, one that is missing would be a finding.
  const note = await asking.read('checkpoint')
  const { followed, names } = memory
  const answer = await asking.own({ fromIndex: followed.size, names, batches: own.erased.slice(-mostBatches) })
  return {
    nowEpochMs: asking.nowEpochMs(),
    witnessed,
    offered,
    answer,
    note: note === null ? null : new TextDecoder().decode(note),
    readTile: async (path) => {
      const bytes = await asking.read(path)
      if (bytes === null) throw new TypeError(`nothing answers at ${path}`)
      return bytes
    },
  }
}
