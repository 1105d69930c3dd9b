import { enrolDevice, openStore, trustKey } from '@overt/data'
import { generateKeyPair, keyIdOf, sampleManifest, signManifest } from '@overt/privacy'
import { startServer } from '@overt/server'

import { bundleRoots } from '../../apps/cli/src/server/roots.ts'
import type { Sender } from './requests.ts'
import type { StoreOption } from './store.ts'

/** The server as it ships, over an embedded store in the folder, with as many enrolled people as there are devices. */
export const ours: StoreOption = {
  name: 'overt',
  means: 'signature, permit, schema, redaction, encryption under a key of its own, ledger, fdatasync of log and ledger',
  async open(dir, { origin, devices }) {
    const store = await openStore(dir)
    const pair = await generateKeyPair()
    const keyId = await keyIdOf(pair.publicKey)
    await trustKey(store, { keyId, by: 'operator', publicKey: pair.publicKey })
    const sample = sampleManifest({ origin, purposes: ['ground'], nowEpochMs: store.nowEpochMs() })
    const manifest = await signManifest(sample, { keyId, by: 'operator', privateKey: pair.privateKey })
    const server = await startServer({ store, person: 'bench', webRoot: bundleRoots.web, port: 0 })
    const senders: Sender[] = []
    for (let at = 0; at < devices; at += 1) {
      const person = `person-${at}`
      const { deviceId, deviceKey, receipt } = await enrolDevice(store, { person, manifest, endpoint: server.url })
      senders.push({ deviceId, deviceKey, person, receipt: receipt.id, manifest: receipt.manifestSha256 })
    }
    return {
      port: Number(new URL(server.url).port),
      senders,
      stored: () => store.rows().length,
      pids: () => [],
      close: async () => {
        await server.close()
        await store.close()
      },
    }
  },
}
