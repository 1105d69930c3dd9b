import { globSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

import { decodeColumns } from '@overt/schema/words'
import { afterEach, beforeEach, expect, test } from 'vitest'

import type { Standing } from '../apps/extension/src/talk/message.ts'
import { canaryPage, cardFrame, channelsIn, secrets, useChannels } from '../packages/capture/matrix/canaries.ts'
import { openOutfit, type Outfit } from './extension.fixture.ts'

let outfit: Outfit

beforeEach(async () => {
  outfit = await openOutfit(canaryPage, { pages: { '/card-frame': cardFrame } })
})
afterEach(() => outfit.close())

const standing = (): Promise<Standing> => outfit.ask({ kind: 'standing', tab: -1, origin: outfit.site })

test('attack 30: no secret of any channel is in the vault or in storage, in what anyone logs, in the data folder, or with the server', async () => {
  await outfit.context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: outfit.site })
  await outfit.agree()
  const said: string[] = []
  const worker = await outfit.worker()
  worker.on('console', (message) => said.push(message.text()))
  outfit.context.on('console', (message) => said.push(message.text()))
  outfit.context.on('weberror', (fault) => said.push(fault.error().message))
  const page = await outfit.open(`/?token=${secrets.query}#${secrets.hash}`)
  await page.locator('overt-indicator').waitFor({ state: 'attached' })
  await outfit.stopServer()
  await useChannels(page)
  await expect.poll(async () => (await standing()).queued, { timeout: 20_000 }).toBeGreaterThan(0)
  await page.waitForTimeout(2_000)
  const kept = await (await outfit.own()).evaluate(dump)
  expect(kept).toContain('spool')
  expect(channelsIn([kept], [kept])).toEqual([])
  // Words that the page has, and that are no secret: what waits is sealed.
  for (const word of ['Elsewhere', 'Copy', 'Password']) expect(kept).not.toContain(word)

  await outfit.startServer()
  await expect.poll(async () => (await standing()).queued, { timeout: 90_000, interval: 1_000 }).toBe(0)
  // What this machine remembers of what it sent has no secret in it, and a server that did nothing wrong is not accused.
  await outfit.ring('ledger')
  await expect.poll(async () => (await standing()).checkedAtEpochMs, { timeout: 60_000 }).toBeGreaterThan(0)
  expect((await standing()).findings).toEqual([])
  expect(channelsIn([await (await outfit.own()).evaluate(dump)], [])).toEqual([])
  const batches = await outfit.stored()
  const kinds = batches.flatMap((batch) => decodeColumns(batch).events.map(({ kind }) => kind))
  for (const kind of ['click', 'text', 'select', 'clipboard']) expect(kinds).toContain(kind)
  expect(
    channelsIn(
      batches.map((batch) => JSON.stringify(batch)),
      batches.flatMap(({ strings }) => strings),
    ),
  ).toEqual([])
  const files = globSync(join(outfit.data, '**')).filter((path) => statSync(path).isFile())
  expect(files.length).toBeGreaterThan(2)
  const raw = files.map((path) => readFileSync(path, 'latin1'))
  expect(channelsIn([...raw, ...said, ...outfit.said], [...said, ...outfit.said])).toEqual([])
})

/** Everything that the extension keeps, its bytes as characters. Runs in the extension's page. */
async function dump(): Promise<string> {
  const answer = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((done) => request.addEventListener('success', () => done(request.result)))
  const text = (bytes: Uint8Array): string => [...bytes].map((byte) => String.fromCharCode(byte)).join('')
  const vault = await answer(indexedDB.open('overt'))
  const told: string[] = []
  for (const name of vault.objectStoreNames) {
    const rows = await answer(vault.transaction(name).objectStore(name).getAll())
    told.push(
      name,
      JSON.stringify(rows, (_, value: unknown) =>
        value instanceof ArrayBuffer ? text(new Uint8Array(value)) : value instanceof Uint8Array ? text(value) : value,
      ),
    )
  }
  interface Area {
    get(): Promise<object>
  }
  const { chrome } = globalThis as unknown as { chrome: { storage: { local: Area; session: Area } } }
  told.push(JSON.stringify(await chrome.storage.local.get()), JSON.stringify(await chrome.storage.session.get()))
  return told.join('\n')
}
