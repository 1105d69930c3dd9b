import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import { exportPrivateKey, generateKeyPair } from '@overt/privacy'
import { expect, test } from 'vitest'

import { runLoad } from './load.ts'
import { madeOrigin, madeWorkload } from './made.ts'
import { type Sender, shotsOf } from './requests.ts'
import { stores } from './stores.ts'
import { runTrial } from './trial.ts'

async function signer(): Promise<Sender> {
  const { privateKey } = await generateKeyPair({ extractable: true })
  return { deviceId: 'peer', deviceKey: await exportPrivateKey(privateKey), person: 'peer', receipt: 'peer', manifest: 'peer' }
}

test.each(stores.filter(({ missing }) => missing?.() === undefined).map(({ name }) => name))(
  '%s takes every batch, and what is durable is what it acknowledged',
  async (store) => {
    const trial = await runTrial(
      { store, origin: madeOrigin, workload: madeWorkload, clients: 4, batches: 30, warm: 6, paced: 8 },
      await signer(),
    )
    expect(trial.acks).toBe(30)
    expect(trial.cpuUsPerBatch).toBeGreaterThan(0)
    expect(trial.clientUsPerBatch).toBeGreaterThan(0)
    expect(trial.rssBytes).toBeGreaterThan(10_000_000)
    expect(trial.pacedP99Ms).toBeGreaterThan(0)
    expect(trial.p99Ms).toBeGreaterThanOrEqual(trial.p50Ms)
  },
)

test('an answer that is not 200 ends the trial: what was refused is no figure', async () => {
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(429, { 'content-length': '2' }).end('no'))
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  const one = await signer()
  await expect(runLoad(port, 2, shotsOf(port, madeWorkload.batches, [one], 4))).rejects.toThrow('refused')
  server.close()
})
