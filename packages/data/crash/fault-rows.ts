import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import type { Ingest } from '../src/ingest/ingest.ts'
import type { Disk } from '../src/store/disk.ts'
import { DataError } from '../src/store/error.ts'
import { Clients } from './clients.ts'
import { folderOf, foundFolder, tickingClock, wake, wakeWhole } from './life.ts'
import { type Fault, PowerDisk } from './power-disk.ts'
import { type Random, below, randomOf } from './random.ts'
import { type Outcome, type Plant, type Row, copyFolder, inScratch } from './row.ts'

const changes: readonly string[] = ['write', 'truncate', 'replace', 'rename', 'remove', 'make', 'sync', 'syncFolder']

interface Round {
  readonly random: Random
  readonly clock: () => number
  readonly clients: Clients
  readonly outcome: Outcome
  readonly plant: Plant
  /** The folder, and where a copy of it may go. */
  readonly dir: string
  readonly next: string
}

/** A round on a folder with one person in it. */
function onFolder(body: (round: Round) => Promise<void>): Row['round'] {
  return (seed, outcome, plant) =>
    inScratch(async (scratch) => {
      const random = randomOf(seed)
      const clock = tickingClock()
      const dir = folderOf(scratch, 0)
      const clients = new Clients(await foundFolder(dir, clock), random)
      await body({ random, clock, clients, outcome, plant, dir, next: folderOf(scratch, 1) })
      outcome.acknowledged += clients.acknowledged
    })
}

/** Opens a folder on a disk that does not fail and holds it against what was acknowledged; some more is sent, and must be taken. */
async function checkAnew({ clients, outcome, clock }: Round, dir: string, mending: Plant = {}): Promise<void> {
  const ingest = await wakeWhole(dir, outcome, clients.acknowledged, clock, mending)
  if (ingest === undefined) return
  const before = clients.taken
  await clients.send(ingest, 12, outcome)
  if (clients.taken === before) outcome.wrong.push('nothing more is taken after a new start')
  await ingest.store.close()
  const again = await wakeWhole(dir, outcome, clients.acknowledged, clock)
  if (again === undefined) return
  await clients.check(again.store, outcome)
  await again.store.close()
}

/** Closes a store whose disk fails: that may fail too. */
async function letGo(ingest: Ingest): Promise<void> {
  await ingest.store.close().catch((error: unknown) => {
    if (!(error instanceof Error)) throw error
  })
}

const tornTail: Row = {
  name: 'torn tail',
  how: 'the process dies in the middle of a write, at any byte of it, in any file of the log and the ledger',
  rounds: { short: 30, long: 150 },
  crashes: 1,
  round: onFolder(async (round) => {
    const { random, dir, next, clients, outcome } = round
    const at = 6 + below(random, 100)
    let state: 'whole' | 'torn' | 'dead' = 'whole'
    const disk = new PowerDisk(dir, random, ({ number, kind }) => {
      if (state === 'torn') {
        copyFolder(dir, next)
        state = 'dead'
      }
      if (state === 'whole' && number >= at && kind === 'write') {
        state = 'torn'
        return { code: 'EIO', partial: random() }
      }
      return undefined
    })
    const ingest = await wake(dir, disk, {}, round.clock)
    while (state === 'whole') await clients.send(ingest, 8, outcome, () => state !== 'whole')
    await letGo(ingest)
    if (state !== 'dead') copyFolder(dir, next)
    await checkAnew(round, next, round.plant)
  }),
}

const diskFull: Row = {
  name: 'disk full',
  how: 'no write finds room from some step on, the first is cut short; then there is room again: what was refused is taken by the same process, or by a new one where it had to stop',
  rounds: { short: 20, long: 100 },
  crashes: 1,
  round: onFolder(async (round) => {
    const { random, dir, clients, outcome } = round
    const from = 6 + below(random, 80)
    let room = true
    const disk = new PowerDisk(dir, random, ({ number, kind }) => {
      if (number === from) room = false
      return room || number < from || !['write', 'replace', 'make'].includes(kind) ? undefined : { code: 'ENOSPC', partial: random() }
    })
    const ingest = await wake(dir, disk, round.plant, round.clock)
    while (room) await clients.send(ingest, 8, outcome)
    await clients.send(ingest, 8, outcome)
    room = true
    const before = clients.taken
    await clients.send(ingest, 12, outcome)
    if (clients.taken === before && !ingest.store.failed.aborted) outcome.wrong.push('it refuses though there is room, and does not stop')
    await letGo(ingest)
    await checkAnew(round, dir)
  }),
}

const readOnly: Row = {
  name: 'read-only disk',
  how: 'nothing can be changed any more from some step on: nothing is acknowledged, opening fails with a code, and after a new start on a sound disk all is there',
  rounds: { short: 20, long: 100 },
  crashes: 1,
  round: onFolder(async (round) => {
    const { random, dir, clients, outcome } = round
    const from = 6 + below(random, 80)
    let readOnly = false
    const fault: Fault = ({ number, kind }) => {
      readOnly ||= number >= from
      return readOnly && changes.includes(kind) ? { code: 'EROFS', partial: 0 } : undefined
    }
    const ingest = await wake(dir, new PowerDisk(dir, random, fault), round.plant, round.clock)
    while (!readOnly) await clients.send(ingest, 8, outcome)
    const before = clients.taken
    await clients.send(ingest, 8, outcome)
    if (clients.taken !== before) outcome.wrong.push('something new was acknowledged on a read-only disk')
    await letGo(ingest)
    const opened = await wake(dir, new PowerDisk(dir, random, fault), {}, round.clock).catch((error: unknown) => error)
    if (!(opened instanceof Error)) outcome.wrong.push('a folder on a read-only disk opens')
    await checkAnew(round, dir)
  }),
}

const syncError: Row = {
  name: 'sync error',
  how: 'one sync fails, and what waited for it is partly gone though later syncs succeed: nothing more is acknowledged, the process is told to stop, and all that was acknowledged is on the device',
  rounds: { short: 30, long: 150 },
  crashes: 1,
  round: onFolder(async (round) => {
    const { random, dir, next, clients, outcome } = round
    const from = 6 + below(random, 100)
    let failed = false
    const disk = new PowerDisk(dir, random, ({ number, kind }) => {
      if (failed || number < from || (kind !== 'sync' && kind !== 'syncFolder')) return undefined
      failed = true
      return { code: 'EIO', partial: 0 }
    })
    const ingest = await wake(dir, disk, round.plant, round.clock)
    while (!failed) await clients.send(ingest, 8, outcome)
    const before = clients.taken
    await clients.send(ingest, 8, outcome)
    if (clients.taken !== before) outcome.wrong.push('something new was acknowledged after a sync had failed')
    if (!ingest.store.failed.aborted) outcome.wrong.push('a sync failed, and the process is not told to stop')
    await letGo(ingest)
    disk.image(next)
    await checkAnew(round, next)
  }),
}

const clockJumps: Row = {
  name: 'clock jumps',
  how: 'the clock jumps up to ten days back and forth, under load and between starts; the process is cut off without warning in between',
  rounds: { short: 10, long: 50 },
  crashes: 4,
  round: onFolder(async (round) => {
    const { random, clients, outcome } = round
    let [dir, offMs] = [round.dir, 0]
    const clock = (): number => round.clock() + offMs
    for (let start = 0; start < 4; start += 1) {
      const ingest = await wake(dir, new PowerDisk(dir, random), round.plant, clock)
      for (let turn = 0; turn < 3; turn += 1) {
        offMs = (random() - 0.3) * 10 * 86_400_000
        await clients.send(ingest, 6, outcome)
      }
      copyFolder(dir, `${round.next}-${start}`)
      await ingest.store.close()
      dir = `${round.next}-${start}`
    }
    offMs = 0
    await checkAnew(round, dir)
  }),
}

const silentDamage: Row = {
  name: 'flipped bits, misdirected writes',
  how: 'one bit of the log or the ledger is flipped at rest, or one write goes to another place of its file and nothing says so: it is noticed at the next start, or nothing of what was acknowledged is touched',
  rounds: { short: 30, long: 150 },
  crashes: 1,
  round: onFolder(async (round) => {
    const { random, dir, clients, outcome, clock } = round
    const astray = random() < 0.5
    const disk = new PowerDisk(dir, random)
    const ingest = await wake(dir, astray ? misdirecting(disk, random) : disk, round.plant, clock)
    for (let turn = 0; turn < 3; turn += 1) await clients.send(ingest, 6, outcome)
    await letGo(ingest)
    if (!astray) flipOne(dir, random)
    await expectNoticed(round)
  }),
}

/** One write, some way in, goes where it does not belong. */
function misdirecting(disk: PowerDisk, random: Random): Disk {
  let writes = 10 + below(random, 40)
  return {
    list: (folder) => disk.list(folder),
    syncFolder: (folder) => disk.syncFolder(folder),
    replace: (path, bytes) => disk.replace(path, bytes),
    rename: (from, to) => disk.rename(from, to),
    remove: (path) => disk.remove(path),
    async open(path) {
      const file = await disk.open(path)
      return { ...file, write: (bytes, atByte) => file.write(bytes, (writes -= 1) === 0 ? below(random, atByte + 1) : atByte) }
    },
  }
}

function flipOne(dir: string, random: Random): void {
  const paths = ['log', 'ledger']
    .flatMap((folder) => readdirSync(join(dir, folder)).map((name) => join(dir, folder, name)))
    .filter((path) => statSync(path).size > 0)
  const path = paths[below(random, paths.length)] ?? ''
  const bytes = readFileSync(path)
  const at = below(random, bytes.length)
  bytes[at] = (bytes[at] ?? 0) ^ (1 << below(random, 8))
  writeFileSync(path, bytes)
}

/** Damage that is named is no loss: the files are as they were, and a backup brings the rest. */
async function expectNoticed({ dir, clients, outcome, clock }: Round): Promise<void> {
  const found: Outcome = { acknowledged: 0, lost: 0, twice: 0, wrong: [] }
  try {
    const ingest = await wake(dir, new PowerDisk(dir, randomOf(0)), {}, clock)
    await clients.check(ingest.store, found)
    await ingest.store.close()
  } catch (error) {
    if (!(error instanceof DataError)) throw error
    return
  }
  const noticed = found.wrong.some((what) => what.startsWith('the ledger does not verify'))
  if (noticed) return
  outcome.lost += found.lost
  outcome.twice += found.twice
  outcome.wrong.push(...found.wrong)
}

/** The rows in which the disk or the clock fails and the power stays. */
export const faultRows: readonly Row[] = [tornTail, diskFull, readOnly, syncError, clockJumps, silentDamage]
