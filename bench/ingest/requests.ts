import { createHash, createPrivateKey, type KeyObject, randomUUID, sign } from 'node:crypto'
import { gzipSync } from 'node:zlib'

import type { Batch } from '@overt/schema'

/** A device as the server enrolled it. */
export interface Sender {
  readonly deviceId: string
  /** PKCS #8 in base64url. */
  readonly deviceKey: string
  readonly person: string
  readonly receipt: string
  readonly manifest: string
}

/** One request as it goes over the wire, and the events in it. */
export interface Shot {
  readonly bytes: Buffer
  readonly events: number
}

/** Requests made before the clock starts: batches of a workload in turn, each a batch of its own by one of the devices in turn, gzipped and signed as the SDK does. */
export function shotsOf(port: number, batches: readonly Batch[], senders: readonly Sender[], count: number): Shot[] {
  const keys = senders.map(({ deviceKey }) => createPrivateKey({ key: Buffer.from(deviceKey, 'base64url'), format: 'der', type: 'pkcs8' }))
  return Array.from({ length: count }, (_, at) => {
    const place = at % senders.length
    const [batch, sender, key] = [batches[at % batches.length], senders[place], keys[place]]
    if (batch === undefined || sender === undefined || key === undefined) throw new RangeError('a workload and a sender are needed')
    return { bytes: requestOf(port, addressed(batch, sender), sender, key), events: batch.count }
  })
}

function addressed(batch: Batch, sender: Sender): Batch {
  const { person, receipt, manifest, deviceId } = sender
  return {
    ...batch,
    id: randomUUID(),
    person,
    receipt,
    manifest,
    device: deviceId,
    session: `${deviceId}-day`,
    closedAtEpochMs: Date.now(),
  }
}

function requestOf(port: number, batch: Batch, sender: Sender, key: KeyObject): Buffer {
  const plain = Buffer.from(JSON.stringify(batch))
  const body = createHash('sha256').update(plain).digest('hex')
  const head = Buffer.from(JSON.stringify({ body, device: sender.deviceId, iat: Date.now(), nonce: randomUUID() })).toString('base64url')
  const signature = sign(null, Buffer.from(head), key).toString('base64url')
  const packed = gzipSync(plain)
  const lines = [
    'POST /v1/batches HTTP/1.1',
    `host: 127.0.0.1:${port}`,
    `authorization: Device ${head}.${signature}`,
    'content-type: application/json',
    'content-encoding: gzip',
    `content-length: ${packed.length}`,
    '\r\n',
  ]
  return Buffer.concat([Buffer.from(lines.join('\r\n')), packed])
}
