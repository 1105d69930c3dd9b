import { createHash, createPrivateKey, type KeyObject, randomUUID, sign } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { openStore, permitsFor } from '@overt/data'
import { redactionVersion } from '@overt/privacy'
import { afterAll, expect, test } from 'vitest'

import { hear, overt, startServer } from './server.fixture.ts'

const rounds = 20
const clients = 8
const folder = mkdtempSync(join(tmpdir(), 'overt-kill-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Device {
  readonly deviceId: string
  readonly key: KeyObject
  readonly receipt: { readonly id: string; readonly person: string; readonly manifestSha256: string }
}

async function enrol(): Promise<Device> {
  const printed = await hear(
    overt('device', 'enrol', '--person', 'ada', '--origin', 'http://127.0.0.1:8080', '--data', folder),
    /\{[\s\S]*\n\}/,
  )
  const { deviceId, deviceKey, receipt } = JSON.parse(printed)
  return { deviceId, receipt, key: createPrivateKey({ key: Buffer.from(deviceKey, 'base64url'), format: 'der', type: 'pkcs8' }) }
}

/** The smallest valid batch, as docs/spec/ingest.md has it. */
function batchOf({ deviceId, receipt }: Device, id: string): string {
  const events = [{ kind: 'focus', n: 1, columns: { gap: [0], observation: [-1], node: [-1], cause: ['keyboard'] } }]
  const who = {
    person: receipt.person,
    device: deviceId,
    session: 'kill',
    producer: id,
    receipt: receipt.id,
    manifest: receipt.manifestSha256,
  }
  const where = { purpose: 'ground', modalities: ['actions'], mode: 'ambient', origin: 'http://127.0.0.1:8080', path: '/' }
  return JSON.stringify({
    v: 'overt.batch/1',
    id,
    ...who,
    ...where,
    closedAtEpochMs: Date.now(),
    redaction: redactionVersion,
    firstSeq: 0,
    count: 1,
    strings: [],
    observations: [],
    events,
    order: [0],
    counters: {},
  })
}

function post(url: string, device: Device, body: string): Promise<Response> {
  const claims = { body: createHash('sha256').update(body).digest('hex'), device: device.deviceId, iat: Date.now(), nonce: randomUUID() }
  const head = Buffer.from(JSON.stringify(claims)).toString('base64url')
  const token = `${head}.${sign(null, Buffer.from(head), device.key).toString('base64url')}`
  return fetch(`${url}/v1/batches`, {
    method: 'POST',
    body,
    headers: { authorization: `Device ${token}`, 'content-type': 'application/json' },
  })
}

test(`the server is killed ${rounds} times under load, and every acknowledged batch is there once`, async () => {
  const device = await enrol()
  const acked = new Set<string>()
  const unanswered: { id: string; body: string }[] = []
  for (let round = 0; round < rounds; round += 1) {
    const { url, child } = await startServer(folder)
    const dead = new Promise((resolve) => child.once('close', resolve))
    const enough = acked.size + 5 + ((round * 31) % 60)
    const client = async (): Promise<void> => {
      for (;;) {
        const id = `kill-${randomUUID()}`
        const next = unanswered.shift() ?? { id, body: batchOf(device, id) }
        try {
          const response = await post(url, device, next.body)
          expect(await response.json()).toMatchObject({ acked: next.id })
          acked.add(next.id)
          if (acked.size >= enough) child.kill('SIGKILL')
        } catch (error) {
          if (!(error instanceof TypeError)) throw error
          unanswered.push(next)
          return
        }
      }
    }
    await Promise.all(Array.from({ length: clients }, client))
    await dead
  }
  const store = await openStore(folder)
  const found: string[] = []
  for await (const permit of permitsFor(store, 'ground')) for await (const batch of store.batches(permit)) found.push(batch.id)
  const { ok } = await store.ledger.verify()
  await store.close()
  expect([...acked].filter((id) => !found.includes(id))).toEqual([])
  expect(found.length).toBe(new Set(found).size)
  expect({ ok, enough: acked.size >= rounds * 5 }).toEqual({ ok: true, enough: true })
})
