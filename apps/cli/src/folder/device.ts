import { createIngest, enrolDevice, ingestBatch, permitFor, type Ingest } from '@overt/data'
import { importPrivateKey, signBytes, type Permit } from '@overt/privacy'
import type { Batch, Manifest, Purpose, Receipt } from '@overt/schema'
import { createHash, randomUUID } from 'node:crypto'

import { CliError, exitCode } from '../terminal/failure.ts'
import type { Folder } from './folder.ts'

/** A device of this machine: its batches go the way of any other device's, through authentication, the permit check and the second redaction. */
export interface LocalDevice {
  readonly id: string
  readonly receipt: Receipt
  readonly permit: Permit
  /** Resolves once the batch is on disk. Throws `CliError` where it is refused. */
  readonly send: (batch: Batch) => Promise<void>
}

/** Enrols a device for a person under a manifest that the folder's operator signed, for one purpose. */
export async function openDevice(
  folder: Folder,
  request: { readonly person: string; readonly manifest: Manifest; readonly purpose: Purpose; readonly ingest?: Ingest },
): Promise<LocalDevice> {
  const { store } = folder
  const { person, manifest, purpose } = request
  const { deviceId, deviceKey, receipt } = await enrolDevice(store, { person, manifest, purposes: [purpose], endpoint: 'in-process:' })
  const decision = await permitFor(store, receipt.id, purpose)
  if (!decision.ok)
    throw new CliError(
      'OVT-1715',
      exitCode.refused,
      `${person} may not be recorded (${decision.reason}): ${decision.explain}`,
      'Name another manifest or person.',
    )
  const ingest = request.ingest ?? createIngest(store)
  const key = await importPrivateKey(deviceKey)
  return { id: deviceId, receipt, permit: decision.value, send: (batch) => send(ingest, { deviceId, key, batch }) }
}

async function send(ingest: Ingest, sent: { readonly deviceId: string; readonly key: CryptoKey; readonly batch: Batch }): Promise<void> {
  const body = Buffer.from(JSON.stringify({ ...sent.batch, device: sent.deviceId }))
  const claims = { body: createHash('sha256').update(body).digest('hex'), device: sent.deviceId, iat: Date.now(), nonce: randomUUID() }
  const head = Buffer.from(JSON.stringify(claims)).toString('base64url')
  const signature = await signBytes(sent.key, new TextEncoder().encode(head))
  const answer = await ingestBatch(ingest, { headers: { authorization: `Device ${head}.${signature}` }, body })
  if (answer.status !== 200)
    throw new CliError(
      'OVT-1722',
      exitCode.refused,
      `A recorded batch was refused: ${JSON.stringify(answer.body)}.`,
      'Nothing of it was kept; see the code.',
    )
}
