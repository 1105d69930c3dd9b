import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { generateKeyPair, grantReceipt } from '@overt/privacy'
import type { Manifest } from '@overt/schema'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { assemble } from './assemble.ts'
import { type Trial, openDevice, openTrial, pages } from './fixture.ts'
import { oneTime } from './http/one-time.ts'

let trial: Trial

beforeAll(async () => {
  trial = await openTrial('ada')
})
afterAll(() => trial.close())

async function token(): Promise<string> {
  const headers = { cookie: await trial.signIn(), origin: trial.server.url, 'content-type': 'application/json' }
  const response = await fetch(`${trial.server.url}/v1/enrolments`, { method: 'POST', headers, body: '{}' })
  return (await response.json()).token
}

async function enrol(once: string, person: string, more: object = {}): Promise<Response> {
  const pair = await generateKeyPair()
  const { manifest }: { manifest: Manifest } = await (await fetch(`${trial.server.url}/v1/consent`)).json()
  const nowEpochMs = Date.now()
  const terms = { person, manifest, purposes: ['ground' as const], modalities: ['actions' as const], nowEpochMs }
  const receipt = await grantReceipt({ ...terms, expiresAtEpochMs: nowEpochMs + 86_400_000, assurance: 'device' }, pair)
  const body = JSON.stringify({ token: once, publicKey: pair.publicKey, receipt, ...more })
  const headers = { origin: trial.server.toolUrl ?? '', 'content-type': 'application/json' }
  return fetch(`${trial.server.url}/v1/devices`, { method: 'POST', headers, body })
}

test('attack 20: an enrolment token works once, and not for another person, who uses it up all the same', async () => {
  const used = await token()
  expect((await enrol(used, 'ada')).status).toBe(200)
  expect((await enrol(used, 'ada')).status).toBe(401)
  const stolen = await token()
  expect((await enrol(stolen, 'mallory')).status).toBe(403)
  expect((await enrol(stolen, 'ada')).status).toBe(401)
  expect((await enrol('A'.repeat(43), 'ada')).status).toBe(401)
})

test('attack 20: an enrolment token is worth nothing once ten minutes are over', () => {
  let nowEpochMs = 1_000
  const tokens = oneTime<string>(() => nowEpochMs)
  const [early, late] = [tokens.issue('ada'), tokens.issue('ada')]
  nowEpochMs += 10 * 60_000
  expect(tokens.take(early)).toBe('ada')
  nowEpochMs += 1
  expect(tokens.take(late)).toBeUndefined()
})

test('attack 16: who enrols names neither the device nor the person', async () => {
  const answer = await enrol(await token(), 'ada', { deviceId: 'dev-chosen', person: 'mallory', revokedAtEpochMs: null })
  const { deviceId } = await answer.json()
  expect(deviceId).not.toBe('dev-chosen')
  const device = trial.store.control.prepare('SELECT person FROM devices WHERE id = ?').get(deviceId)
  expect(device).toEqual({ person: 'ada' })
})

/** Writes a request a piece at a time; resolves to what came back, at once. */
function slowly(pieces: Iterable<string>, everyMs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(trial.server.url).port), '127.0.0.1')
    const left = pieces[Symbol.iterator]()
    let answer = ''
    const timer = setInterval(() => {
      const { value, done } = left.next()
      if (done === true) clearInterval(timer)
      else socket.write(value)
    }, everyMs)
    socket.on('data', (chunk: Buffer) => {
      answer += chunk.toString()
      if (answer.includes('\r\n\r\n')) socket.destroy()
    })
    socket.on('error', reject)
    socket.on('close', () => {
      clearInterval(timer)
      resolve(answer)
    })
  })
}

test('attack 47: a body that comes a byte at a time is taken like any other, while others are served', async () => {
  const device = await openDevice(trial, 'bob')
  const host = new URL(trial.server.url).host
  const body = 'not a batch'
  const authorization = await device.authorization(body)
  const lines = [`host: ${host}`, `authorization: ${authorization}`, `content-length: ${body.length}`, 'connection: close']
  const head = `POST /v1/batches HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`
  const slow = Array.from({ length: 64 }, () => slowly([head, ...body.split('')], 10))
  expect((await device.send(device.batch('batch-0001'))).status).toBe(200)
  for (const answer of await Promise.all(slow)) expect(answer).toMatch(/^HTTP\/1.1 400 /)
})

test('attack 47: a body of unknown length from nobody is refused by its head', async () => {
  const host = new URL(trial.server.url).host
  const head = `POST /v1/batches HTTP/1.1\r\nhost: ${host}\r\ntransfer-encoding: chunked\r\n\r\n`
  const answer = await slowly([head, ...Array.from({ length: 500 }, () => '1\r\na\r\n')], 5)
  expect(answer).toMatch(/^HTTP\/1.1 401 /)
})

test('attack 47: a request that takes longer than half a minute to arrive is not waited for', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'overt-slow-'))
  const { server } = await assemble({ store: trial.store, webRoot: pages(dir) }, { url: trial.server.url, toolUrl: null, offer: null })
  expect(server.server.requestTimeout).toBe(30_000)
  await server.close()
  rmSync(dir, { recursive: true })
})
