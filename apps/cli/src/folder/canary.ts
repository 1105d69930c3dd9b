import { encodeColumns } from '@overt/schema/words'
import { randomBytes, randomUUID } from 'node:crypto'

import { openDevice } from './device.ts'
import type { Folder } from './folder.ts'
import { signedSample } from './sample.ts'

const origin = 'http://127.0.0.1:1'

/** Keeps a recording of somebody who does not exist, under an agreement for the purpose that no job of ours reads for: whoever reads it had no reason to, and an alarm says so. Once in a folder. */
export async function plantCanary(folder: Folder): Promise<void> {
  const { store, operator } = folder
  if (store.access.canaries().length > 0) return
  const person = randomBytes(6).toString('hex')
  store.access.putCanary(person)
  const manifest = await signedSample(operator, { origins: [origin], purposes: ['share'], nowEpochMs: store.nowEpochMs() })
  const device = await openDevice(folder, { person, manifest, purpose: 'share' })
  await device.send({
    v: 'overt.batch/2',
    id: randomUUID(),
    person,
    device: device.id,
    session: randomUUID(),
    producer: randomUUID(),
    receipt: device.receipt.id,
    manifest: device.receipt.manifestSha256,
    purpose: 'share',
    modalities: ['actions'],
    mode: 'ambient',
    origin,
    path: '/',
    closedAtEpochMs: store.nowEpochMs(),
    redaction: manifest.redaction,
    ...encodeColumns([{ kind: 'focus', seq: 0, gap: 0, observation: -1, node: -1, cause: 'keyboard' }], []),
    counters: {},
  })
}
