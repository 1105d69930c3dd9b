import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

import { expect, test } from 'vitest'

import { enrolledStore, sampleBatch, scratchFolder, signedRequest } from '../ingest/fixture.ts'
import type { IngestRequest } from '../ingest/ingest.ts'
import type { LogReport } from './segment-log.ts'
import { openStore } from './open-store.ts'
import { permitsFor } from './permits.ts'

const rounds = Number(process.env['OVERT_CRASH_ROUNDS'] ?? 20)
const clients = 16

interface Server {
  readonly child: ChildProcess
  readonly url: string
  readonly report: LogReport
}

async function start(dir: string): Promise<Server> {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../../fixtures/crash-server.ts'), dir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  for await (const line of createInterface({ input: child.stdout })) {
    const { port, report } = JSON.parse(line) as { port: number; report: LogReport }
    return { child, url: `http://127.0.0.1:${port}/`, report }
  }
  throw new Error('the server ended before it listened')
}

/** Sends until the server dies; what it did not answer is left in the queue, to be sent again. */
async function send(server: Server, queue: { id: string; request: IngestRequest }[], acked: Map<string, number>): Promise<void> {
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    try {
      const response = await fetch(server.url, {
        method: 'POST',
        headers: next.request.headers as Record<string, string>,
        body: Buffer.from(next.request.body),
      })
      expect({ id: next.id, status: response.status }).toEqual({ id: next.id, status: 200 })
      await response.json()
      acked.set(next.id, (acked.get(next.id) ?? 0) + 1)
    } catch (cause) {
      if (!(cause instanceof TypeError)) throw cause
      queue.unshift(next)
      return
    }
  }
}

test(`killed under load ${rounds} times, every acknowledged batch is there exactly once`, async () => {
  const folder = scratchFolder()
  const { store, enrolment } = await enrolledStore(folder.dir)
  await store.close()
  const acked = new Map<string, number>()
  const sent = new Set<string>()
  const queue: { id: string; request: IngestRequest }[] = []
  let torn = 0
  for (let round = 0; round < rounds; round += 1) {
    while (queue.length < 400) {
      const id = `batch-${String(sent.size).padStart(8, '0')}`
      sent.add(id)
      queue.push({ id, request: await signedRequest(enrolment, JSON.stringify(sampleBatch(enrolment, id))) })
    }
    const server = await start(folder.dir)
    torn += server.report.tornTails
    const killed = new Promise((resolve) => server.child.once('exit', resolve))
    const enough = acked.size + 1 + ((round * 37) % 120)
    const watch = setInterval(() => acked.size >= enough && server.child.kill('SIGKILL'), 1)
    await Promise.all(Array.from({ length: clients }, () => send(server, queue, acked)))
    server.child.kill('SIGKILL')
    clearInterval(watch)
    await killed
  }
  const after = await openStore(folder.dir)
  const found: string[] = []
  for await (const permit of permitsFor(after, 'ground')) for await (const batch of after.batches(permit)) found.push(batch.id)
  expect(new Set(found).size).toBe(found.length)
  expect([...acked.keys()].filter((id) => !found.includes(id))).toEqual([])
  expect(found.filter((id) => !sent.has(id))).toEqual([])
  expect(await after.ledger.verify()).toMatchObject({ ok: true, firstBad: null })
  expect(acked.size).toBeGreaterThanOrEqual(rounds)
  process.stderr.write(`${rounds} kills: ${acked.size} acknowledged, ${found.length} on disk, ${torn} torn tails\n`)
  await after.close()
  folder.remove()
}, 300_000)
