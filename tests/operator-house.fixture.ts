import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { openStore, putManifest, trustKey, type Store } from '@overt/data'
import { parseVerifierKey, type VerifierKey } from '@overt/privacy/ledger'
import type { Manifest } from '@overt/schema'
import { startServer, type RunningServer } from '@overt/server'

import { organisationManifest, scene, type Scene } from '../packages/privacy/src/consent/fixture.ts'

/** A clock that a test moves. */
export interface Clock {
  nowEpochMs: number
}

/** A deployment: a real store and a real server, whose operator may put something in front of it. */
export interface House {
  readonly dir: string
  readonly clock: Clock
  readonly papers: Scene
  readonly manifest: Manifest
  readonly log: VerifierKey
  store: Store
  server: RunningServer
  /** The operator's clock beside the true one, in ms. */
  offMs: number
  /** What the operator's front makes of a request; null lets it through. */
  front: ((path: string, init: RequestInit) => Promise<Response | null>) | null
  /** A request from outside, through the front. */
  request(path: string, init?: RequestInit): Promise<Response>
  /** Stops and starts again, on the same folder or another. */
  restart(dir?: string): Promise<void>
  close(): Promise<void>
}

/** Opens a deployment whose manifest is an organisation's, for one site. */
export async function openHouse(begun?: {
  readonly papers: Scene
  readonly manifest: Manifest
  readonly dir: string
  readonly clock: Clock
}): Promise<House> {
  const papers = begun?.papers ?? (await scene())
  const root = mkdtempSync(join(tmpdir(), 'overt-house-'))
  const clock = begun?.clock ?? { nowEpochMs: papers.nowEpochMs }
  const manifest = begun?.manifest ?? (await papers.sign(organisationManifest({ version: 3 })))
  const open = async (dir: string) => {
    const store = await openStore(dir, { nowEpochMs: () => clock.nowEpochMs + house.offMs })
    for (const key of papers.keys) await trustKey(store, key)
    const server = await startServer({
      store,
      person: 'ada',
      webRoot: pages(root),
      port: 0,
      tool: { root: tool(root), keys: papers.keys, manifest: async () => manifest },
    })
    return { store, server }
  }
  // Filled as soon as the folder is open.
  const house = { dir: begun?.dir ?? join(root, 'data'), clock, papers, manifest, offMs: 0, front: null } as unknown as {
    -readonly [K in keyof House]: House[K]
  }
  Object.assign(house, await open(house.dir))
  await putManifest(house.store, manifest)
  house.log = (await parseVerifierKey(await house.store.ledger.verifierKey())) ?? { name: '', publicKey: '' }
  house.request = async (path, init = {}) => (await house.front?.(path, init)) ?? fetch(house.server.url + path, init)
  const stop = async () => {
    await house.server.close()
    await house.store.close()
  }
  house.restart = async (dir = house.dir) => {
    await stop()
    house.dir = dir
    Object.assign(house, await open(dir))
  }
  house.close = async () => {
    await stop()
    rmSync(root, { recursive: true, force: true })
  }
  return house
}

function pages(root: string): string {
  mkdirSync(join(root, 'web', 'assets'), { recursive: true })
  for (const name of ['mine', 'demo']) writeFileSync(join(root, 'web', `${name}.html`), '<!doctype html>')
  return join(root, 'web')
}

function tool(root: string): string {
  mkdirSync(join(root, 'tool'), { recursive: true })
  writeFileSync(join(root, 'tool', 'index.html'), '<!doctype html>')
  return join(root, 'tool')
}
