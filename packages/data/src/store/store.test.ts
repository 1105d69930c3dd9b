import { describe, expect, test } from 'vitest'

import { eraseData } from '../govern/erase.ts'
import { enrolDevice } from '../govern/enrol.ts'
import { withdrawReceipt } from '../govern/consent.ts'
import { restrictUse } from '../govern/restrict.ts'
import { scratchFolder, trustedManifest } from '../ingest/fixture.ts'
import { type ContractSetup, storeContract } from './contract.ts'
import { verifyLedger } from './ledger-verify.ts'
import { openStore } from './open-store.ts'
import { permitFor } from './permits.ts'

/** A store with two people, over a folder that can be opened again. */
async function embedded(dir: string): Promise<ContractSetup & { close(): Promise<void> }> {
  let store = await openStore(dir)
  const manifest = await trustedManifest(store, ['ground'])
  const receipts = new Map<string, string>()
  for (const person of ['ada', 'bob']) {
    const { receipt } = await enrolDevice(store, { person, manifest, endpoint: '' })
    receipts.set(person, receipt.id)
  }
  return {
    store,
    async permit(person, purpose = 'ground') {
      const decision = await permitFor(store, receipts.get(person) ?? '', purpose)
      if (!decision.ok) throw new Error(decision.explain)
      return decision.value
    },
    withdraw: async (person) => void (await withdrawReceipt(store, { person })),
    erase: async (person) => void (await eraseData(store, { person })),
    restrict: async (person, restricted) => void (await restrictUse(store, person, restricted)),
    reclaim: async () => void (await store.compact()),
    async reopen() {
      await store.close()
      store = await openStore(dir)
      return store
    },
    close: () => store.close(),
  }
}

describe('the embedded store keeps the contract', () => {
  test.each(storeContract())('$title', async (rule) => {
    const folder = scratchFolder()
    const setup = await embedded(folder.dir)
    try {
      await rule.run(setup)
    } finally {
      await setup.close()
    }
    expect(await verifyLedger(folder.dir)).toMatchObject({ ok: true })
    folder.remove()
  })
})
