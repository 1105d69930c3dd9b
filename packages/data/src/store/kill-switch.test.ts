import { generateKeyPair, keyIdOf, signBytes } from '@overt/privacy'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { finishActs } from '../finish.ts'
import { trustKey } from '../govern/consent.ts'
import { enrolledStore, sampleBatch, scratchFolder, signedRequest } from '../ingest/fixture.ts'
import { createIngest, ingestBatch } from '../ingest/ingest.ts'
import { type DiskFile, nodeDisk } from './disk.ts'
import { diskFor, fillDisk } from './full-disk.fixture.ts'
import { openStore } from './open-store.ts'
import { permitFor } from './permits.ts'
import type { KeySide } from './kill-switch.ts'

let folder: ReturnType<typeof scratchFolder>
let made: Awaited<ReturnType<typeof enrolledStore>>

beforeEach(async () => {
  folder = scratchFolder()
  made = await enrolledStore(folder.dir)
})
afterEach(async () => {
  await made.store.close()
  folder.remove()
})

async function send(id: string): Promise<number> {
  const request = await signedRequest(made.enrolment, JSON.stringify(sampleBatch(made.enrolment, id)), { atEpochMs: Date.now() })
  return (await ingestBatch(createIngest(made.store), request)).status
}

async function permit() {
  const decision = await permitFor(made.store, made.enrolment.receipt.id, 'ground')
  if (!decision.ok) throw new Error(decision.reason)
  return decision.value
}

/** A key pair that the folder trusts, and what turns it. */
async function keyOf(side: KeySide) {
  const pair = await generateKeyPair()
  const keyId = await keyIdOf(pair.publicKey)
  const trust = () => trustKey(made.store, { keyId, by: side, publicKey: pair.publicKey })
  const turn = async () => {
    const signature = await signBytes(pair.privateKey, new TextEncoder().encode(made.store.killSwitch.liftText()))
    return made.store.killSwitch.turnSigned({ keyId, signature })
  }
  return { trust, turn }
}

test('one act refuses what is sent, freezes what is read, ends what is being read, and stands in the ledger', async () => {
  expect(await send('batch-0001')).toBe(200)
  const before = await permit()
  const reading = made.store.batches(before)
  await made.store.killSwitch.kill('council:carla', 'a colleague is on the screen')
  expect(before.signal.aborted).toBe(true)
  await expect(reading.next()).rejects.toMatchObject({ code: expect.stringMatching(/^OVT-/) })
  await expect(permit()).rejects.toThrow('stopped')
  expect(await send('batch-0002')).toBe(403)
  const entries = await Array.fromAsync(made.store.ledger.entries())
  expect(entries.at(-1)).toMatchObject({ kind: 'kill', body: { by: 'council:carla', why: 'a colleague is on the screen' } })
})

test('a stop outlives a restart', async () => {
  const { id } = await made.store.killSwitch.kill('admin:anna', 'test')
  await made.store.close()
  made = { ...made, store: await openStore(folder.dir) }
  expect(made.store.killSwitch.stop?.id).toBe(id)
  await expect(permit()).rejects.toThrow('stopped')
})

test('a stop that the disk has no room for holds at once, and is answered only once it outlives a restart', async () => {
  expect(await send('batch-0001')).toBe(200)
  const before = await permit()
  const makeRoom = fillDisk(made.store.control)
  const { killSwitch } = made.store
  await expect(killSwitch.kill('admin:anna', 'test')).rejects.toThrow('constraint failed')
  expect(before.signal.aborted).toBe(true)
  await expect(permit()).rejects.toThrow('stopped')
  await expect(killSwitch.kill('admin:anna', 'again')).rejects.toThrow('constraint failed')
  await expect(killSwitch.turn({ id: 'carla', side: 'council' })).rejects.toThrow('constraint failed')
  makeRoom()
  expect(await killSwitch.kill('admin:anna', 'again')).toMatchObject({ why: 'test', turned: [] })
  const kinds = (await Array.fromAsync(made.store.ledger.entries())).map(({ kind }) => kind)
  expect(kinds.filter((kind) => kind === 'kill' || kind === 'lift')).toEqual(['kill'])
  await made.store.close()
  made = { ...made, store: await openStore(folder.dir) }
  expect(made.store.killSwitch.stop).toMatchObject({ why: 'test' })
})

test('a stop that the ledger has no room for outlives a restart, and is entered once, before any key for it', async () => {
  const disk = diskFor('entries.jsonl')
  await made.store.close()
  made = { ...made, store: await openStore(folder.dir, { disk }) }
  disk.full = true
  const { killSwitch } = made.store
  for (const why of ['test', 'again']) await expect(killSwitch.kill('admin:anna', why)).rejects.toMatchObject({ kind: 'diskFull' })
  expect(killSwitch.stop).toMatchObject({ why: 'test' })
  disk.full = false
  await killSwitch.turn({ id: 'carla', side: 'council' })
  await made.store.close()
  made = { ...made, store: await openStore(folder.dir) }
  await finishActs(made.store)
  expect(made.store.killSwitch.stop).toMatchObject({ why: 'test', turned: [{ id: 'carla' }] })
  const kinds = (await Array.fromAsync(made.store.ledger.entries())).map(({ kind }) => kind)
  expect(kinds.filter((kind) => kind === 'kill' || kind === 'lift')).toEqual(['kill', 'lift'])
})

test('one key lifts nothing, nor does one key twice, nor two of the operator', async () => {
  const { killSwitch } = made.store
  await killSwitch.kill('admin:anna', 'test')
  for (const id of ['anna', 'anna', 'bert']) expect(await killSwitch.turn({ id, side: 'operator' })).not.toBeNull()
  await expect(permit()).rejects.toThrow('stopped')
  expect(await killSwitch.turn({ id: 'carla', side: 'council' })).toBeNull()
  expect(await send('batch-0003')).toBe(200)
  const lifts = (await Array.fromAsync(made.store.ledger.entries())).filter(({ kind }) => kind === 'lift')
  expect(lifts.map(({ body }) => [body['key'], body['lifted']])).toEqual([
    ['anna', false],
    ['anna', false],
    ['bert', false],
    ['carla', true],
  ])
})

test('the council’s key alone lifts nothing', async () => {
  await made.store.killSwitch.kill('admin:anna', 'test')
  expect(await made.store.killSwitch.turn({ id: 'carla', side: 'council' })).not.toBeNull()
  expect(made.store.killSwitch.stop).not.toBeNull()
})

test('keys on file lift by their signatures over this very stop, and a key that was trusted after it does not', async () => {
  const [operator, council, late] = [await keyOf('operator'), await keyOf('council'), await keyOf('council')]
  await operator.trust()
  await council.trust()
  await made.store.killSwitch.kill('owner', 'test')
  await late.trust()
  await operator.turn()
  await expect(late.turn()).rejects.toMatchObject({ kind: 'permit' })
  expect(await council.turn()).toBeNull()
  await expect(council.turn()).rejects.toMatchObject({ kind: 'invalid' })
})

test('a signature of an earlier stop lifts no later one', async () => {
  const pair = await generateKeyPair()
  const keyId = await keyIdOf(pair.publicKey)
  await trustKey(made.store, { keyId, by: 'council', publicKey: pair.publicKey })
  const { killSwitch } = made.store
  await killSwitch.kill('owner', 'first')
  const signature = await signBytes(pair.privateKey, new TextEncoder().encode(killSwitch.liftText()))
  await killSwitch.turn({ id: 'anna', side: 'operator' })
  expect(await killSwitch.turnSigned({ keyId, signature })).toBeNull()
  await killSwitch.kill('owner', 'second')
  await killSwitch.turn({ id: 'anna', side: 'operator' })
  await expect(killSwitch.turnSigned({ keyId, signature })).rejects.toMatchObject({ kind: 'permit' })
})

describe('while a key is being entered', () => {
  let entering = Promise.withResolvers<void>()
  let onDevice = Promise.withResolvers<void>()

  /** A folder whose ledger's next entries come to the device once `onDevice` says so; `entering` tells that they are on their way. */
  beforeEach(async () => {
    onDevice = Promise.withResolvers()
    onDevice.resolve()
    const real = nodeDisk()
    const open = async (path: string): Promise<DiskFile> => {
      const file = await real.open(path)
      const sync = async (): Promise<void> => {
        entering.resolve()
        await onDevice.promise
        await file.sync()
      }
      return path.endsWith('entries.jsonl') ? { ...file, sync } : file
    }
    await made.store.close()
    made = { ...made, store: await openStore(folder.dir, { disk: { ...real, open } }) }
    await made.store.killSwitch.kill('admin:anna', 'one')
    await made.store.killSwitch.turn({ id: 'carla', side: 'council' })
    entering = Promise.withResolvers()
    onDevice = Promise.withResolvers()
  })

  async function turned(): Promise<unknown[]> {
    const entries = await Array.fromAsync(made.store.ledger.entries())
    return entries.filter(({ kind }) => kind === 'lift').map(({ body }) => [body['stop'], body['key'], body['lifted']])
  }

  test('a key that waits behind the one that lifts a stop lifts none that comes after', async () => {
    const { killSwitch } = made.store
    const one = killSwitch.stop?.id
    const first = killSwitch.turn({ id: 'anna', side: 'operator' })
    await entering.promise
    const second = killSwitch.turn({ id: 'bert', side: 'operator' })
    onDevice.resolve()
    expect(await first).toBeNull()
    const two = await killSwitch.kill('admin:anna', 'two')
    expect((await second)?.id).not.toBe(one)
    expect(killSwitch.stop).toEqual(two)
    expect(await turned()).toEqual([
      [one, 'carla', false],
      [one, 'anna', true],
    ])
  })

  test('who stops everything anew has it stopped once it is answered, also after a restart', async () => {
    const { killSwitch } = made.store
    const lifting = killSwitch.turn({ id: 'anna', side: 'operator' })
    const killing = killSwitch.kill('council:carla', 'two')
    await entering.promise
    const later = killSwitch.kill('admin:anna', 'three')
    await expect(permit()).rejects.toThrow('stopped')
    onDevice.resolve()
    expect(await lifting).toBeNull()
    expect(await Promise.all([killing, later])).toEqual([killSwitch.stop, killSwitch.stop])
    await made.store.close()
    made = { ...made, store: await openStore(folder.dir) }
    expect(made.store.killSwitch.stop).toMatchObject({ why: 'two' })
  })
})

test('two keys that are turned at the same moment both count', async () => {
  const { killSwitch } = made.store
  await killSwitch.kill('admin:anna', 'test')
  await Promise.all([killSwitch.turn({ id: 'anna', side: 'operator' }), killSwitch.turn({ id: 'carla', side: 'council' })])
  expect(killSwitch.stop).toBeNull()
})
