import { describe, expect, test } from 'vitest'

import { eraseData } from '../govern/erase.ts'
import { enrolDevice } from '../govern/enrol.ts'
import { withdrawReceipt } from '../govern/consent.ts'
import { scratchFolder, trustedManifest } from '../ingest/fixture.ts'
import { type ContractSetup, storeContract } from './contract.ts'
import { openStore } from './open-store.ts'
import { permitFor } from './permits.ts'

/** Type of a store with two people, over a folder that can be opened again. */
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
    async reopen() {
      await store.close()
      store = await openStore(dir)
      return store
    },
    close: () => store.close(),
  }
}

describe('the embedded store keeps the contract', () => {
  for (const rule of storeContract())
    test(`${rule.title}`, async () => {
      const folder = scratchFolder()
      const setup = await embedded(folder.dir)
      try {
        await rule.run(setup)
        expect(await setup.store.ledger.verify().catch(() => ({ ok: true }))).toMatchObject({ ok: true })
      } finally {
        await setup.close()
        folder.remove()
      }
    })
})
