import { mkdtempSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { receiptsOf } from '@overt/data'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { assemble } from './assemble.ts'
import { openDevice, openTrial, pages, type Device, type Trial } from './fixture.ts'

let trial: Trial
let bob: Device
const open: { destroy(): unknown }[] = []

beforeEach(async () => {
  trial = await openTrial('ada')
  bob = await openDevice(trial, 'bob')
})
afterEach(async () => {
  for (const one of open.splice(0)) one.destroy()
  await trial.close()
})

/** A connection on which the beginning of a request was written, and all that came back once the server ends it, or has answered. */
function begin(url: string, headers: readonly string[], until: (answer: string) => boolean): Promise<string> {
  const { host, hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const socket: Socket = connect(Number(port), hostname)
    open.push(socket)
    let answer = ''
    socket.on('data', (chunk: Buffer) => {
      answer += chunk.toString()
      if (until(answer)) resolve(answer)
    })
    socket.on('error', reject)
    socket.on('close', () => resolve(answer))
    socket.write([`POST /v1/batches HTTP/1.1`, `host: ${host}`, ...headers, '', '{'].join('\r\n'))
  })
}

test('those whom nobody knows take no room from a device, however much they say that they will send', async () => {
  const lines = ['content-type: application/json', 'content-length: 262144']
  const begun = await Promise.all(
    Array.from({ length: 300 }, () => begin(trial.server.url, lines, (answer) => answer.includes('OVT-1353'))),
  )
  expect(begun.filter((answer) => !answer.startsWith('HTTP/1.1 401 '))).toEqual([])
  expect((await bob.send(bob.batch('batch-0001'))).status).toBe(200)
})

test('a watch takes no room while it is held, whether or not it said how large it is', async () => {
  const mallory = await openDevice(trial, 'mallory')
  const signed = vi.spyOn(trial.server.ingest, 'signed')
  const body = JSON.stringify({ receipt: receiptsOf(trial.store, 'mallory')[0]?.receipt.id, purpose: 'ground' })
  for (let held = 1; held <= 10; held += 1) {
    const headers = { authorization: await mallory.authorization(body), 'transfer-encoding': 'chunked' }
    open.push(
      request(`${trial.server.url}/v1/watch`, { method: 'POST', headers })
        .on('error', () => undefined)
        .end(body),
    )
    await vi.waitFor(() => expect(signed).toHaveBeenCalledTimes(held), 10_000)
    await signed.mock.results.at(-1)?.value
  }
  expect((await bob.send(bob.batch('batch-0001'))).status).toBe(200)
  expect((await mallory.send(mallory.batch('batch-0002'))).status).toBe(200)
})

test('a body that does not come is ended with a 408, and its room is free', { timeout: 25_000 }, async () => {
  const dir = mkdtempSync(join(tmpdir(), 'overt-room-'))
  const place = { url: '', toolUrl: null, offer: null }
  const { server, ingest } = await assemble({ store: trial.store, webRoot: pages(dir) }, place)
  // All that the server waits for, ten times as fast.
  server.server.requestTimeout /= 10
  server.server.headersTimeout /= 10
  place.url = await server.listen({ port: 0, host: '127.0.0.1' })
  const lines = [`authorization: ${await bob.authorization('x')}`, 'content-length: 8000000']
  const answer = begin(place.url, lines, () => false)
  await vi.waitFor(() => expect(ingest.room.has('bob', 16 * 1024 * 1024)).toBe(false), { timeout: 10_000, interval: 1 })
  expect(await answer).toMatch(/^HTTP\/1.1 408 /)
  await vi.waitFor(() => expect(ingest.room.has('bob', 16 * 1024 * 1024)).toBe(true), 10_000)
  await server.close()
  rmSync(dir, { recursive: true })
})
