import { fork } from 'node:child_process'
import { createHash, createPrivateKey, randomUUID, sign } from 'node:crypto'
import { join } from 'node:path'
import { gzipSync, zstdCompressSync } from 'node:zlib'

import { expect, test } from 'vitest'

import { madeOrigin } from './made.ts'
import type { Sender } from './requests.ts'
import type { Ask, Told } from './serve.ts'

/** What bodies of the largest size that is taken would have to grow to. */
const limitBytes = 64 * 1024 * 1024
const bomb = Buffer.alloc(limitBytes, 0x20)

/** Sends a body under a device's signature, whatever it claims about it. */
async function send(
  port: number,
  sender: Sender,
  given: { readonly body: Uint8Array<ArrayBuffer>; readonly encoding?: string; readonly claimed?: string },
): Promise<number> {
  const { body, encoding, claimed = createHash('sha256').update(body).digest('hex') } = given
  const head = Buffer.from(JSON.stringify({ body: claimed, device: sender.deviceId, iat: Date.now(), nonce: randomUUID() })).toString(
    'base64url',
  )
  const key = createPrivateKey({ key: Buffer.from(sender.deviceKey, 'base64url'), format: 'der', type: 'pkcs8' })
  const authorization = `Device ${head}.${sign(null, Buffer.from(head), key).toString('base64url')}`
  const headers = { authorization, ...(encoding === undefined ? {} : { 'content-encoding': encoding }) }
  return (await fetch(`http://127.0.0.1:${port}/v1/batches`, { method: 'POST', headers, body })).status
}

test('attacks 6 and 10: no hostile body takes the server 64 MB, one after another', async () => {
  const child = fork(join(import.meta.dirname, 'serve.ts'), { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  const ask = (question: Ask): Promise<Told> =>
    new Promise((resolve) => {
      child.once('message', resolve)
      child.send(question)
    })
  const residentBytes = async (): Promise<number> => {
    const told = await ask({ kind: 'cost' })
    return told.kind === 'cost' ? told.rssBytes : Number.NaN
  }
  const opened = await ask({ kind: 'open', store: 'overt', origin: madeOrigin, devices: 1 })
  const [sender] = opened.kind === 'opened' ? opened.senders : []
  if (opened.kind !== 'opened' || sender === undefined) throw new Error(JSON.stringify(opened))
  const post = (body: Uint8Array, encoding?: string): Promise<number> =>
    send(opened.port, sender, { body: new Uint8Array(body), ...(encoding === undefined ? {} : { encoding }) })
  // What any request takes once is no matter of the hostile ones.
  for (let turn = 0; turn < 20; turn += 1) expect(await post(Buffer.from('{}'))).toBe(400)
  const before = await residentBytes()
  const statuses = [
    await post(gzipSync(bomb), 'gzip'),
    await post(zstdCompressSync(bomb), 'zstd'),
    await post(Buffer.from(`{"${'k'.repeat(7_900_000)}":1}`)),
    await post(Buffer.from('['.repeat(100_000))),
    await post(Buffer.from(`[${'1,'.repeat(3_900_000)}1]`)),
    await post(bomb.subarray(0, 9 * 1024 * 1024)),
  ]
  expect(statuses).toEqual([413, 413, 400, 400, 413, 413])
  expect((await residentBytes()) - before).toBeLessThan(limitBytes)
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.send({ kind: 'close' } satisfies Ask)
  await ended
})
