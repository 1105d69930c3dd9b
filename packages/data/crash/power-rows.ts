import type { Enrolment } from '../src/govern/enrol.ts'
import { Clients } from './clients.ts'
import { enrol, folderOf, foundFolder, tickingClock, wake, wakeWhole } from './life.ts'
import { PowerDisk } from './power-disk.ts'
import { type Random, below, randomOf } from './random.ts'
import { type Outcome, type Plant, type Row, inScratch } from './row.ts'

const lives = 4

/** The power goes before step `at`: the image is taken, and what the store does after it no longer counts. */
class Plug {
  readonly disk: PowerDisk
  lost = false

  constructor(dir: string, into: string, at: number, random: Random) {
    this.disk = new PowerDisk(dir, random, ({ number }) => {
      if (number !== at) return undefined
      this.lost = true
      this.disk.image(into)
      return { code: 'EIO', partial: 0 }
    })
  }
}

/** Runs what may be cut off; an error counts only where the power was there. */
async function untilLost(plug: Plug, body: () => Promise<void>): Promise<void> {
  try {
    await body()
  } catch (error) {
    if (!plug.lost) throw error
  }
}

async function live(
  plug: Plug,
  dir: string,
  plant: Plant,
  clock: () => number,
  body: (ingest: Awaited<ReturnType<typeof wake>>) => Promise<void>,
) {
  await untilLost(plug, async () => {
    const ingest = await wake(dir, plug.disk, plant, clock)
    try {
      await body(ingest)
    } finally {
      await ingest.store.close()
    }
  })
}

/** Power losses under load, also while the folder recovers from the one before. */
const underLoad: Row = {
  name: 'power loss',
  how: 'the power goes at any step on the disk, under load or while the loss before is mended; every sector since the last sync is old, new or torn, in any order; unsynced names may be gone',
  rounds: { short: 40, long: 200 },
  crashes: lives,
  round: (seed, outcome, plant) =>
    inScratch(async (scratch) => {
      const random = randomOf(seed)
      const clock = tickingClock()
      const enrolment = await foundFolder(folderOf(scratch, 0), clock)
      const clients = new Clients(enrolment, random)
      for (let life = 0; life < lives; life += 1) {
        const dir = folderOf(scratch, life)
        const plug = new Plug(dir, folderOf(scratch, life + 1), 1 + below(random, 120), random)
        try {
          await live(plug, dir, plant, clock, async (ingest) => {
            await clients.check(ingest.store, plug.lost ? spare() : outcome)
            while (!plug.lost) await clients.send(ingest, 8, outcome, () => plug.lost)
          })
        } catch (error) {
          outcome.lost += clients.acknowledged
          outcome.wrong.push(`life ${life}: ${String(error)}`)
          return
        }
      }
      outcome.acknowledged += clients.acknowledged
      const ingest = await wakeWhole(folderOf(scratch, lives), outcome, clients.acknowledged, clock)
      if (ingest === undefined) return
      await clients.check(ingest.store, outcome)
      await ingest.store.close()
    }),
}

/** What is found while the power is already gone. */
function spare(): Outcome {
  return { acknowledged: 0, lost: 0, twice: 0, wrong: [] }
}

/** Power losses while a folder is made and its first person enrols. */
const founding: Row = {
  name: 'power loss, new folder',
  how: 'the same while the folder is made and its first person enrols: the folder opens, and an enrolment that was answered holds',
  rounds: { short: 20, long: 100 },
  crashes: 1,
  round: (seed, outcome, plant) =>
    inScratch(async (scratch) => {
      const random = randomOf(seed)
      const clock = tickingClock()
      const dir = folderOf(scratch, 0)
      const plug = new Plug(dir, folderOf(scratch, 1), 1 + below(random, 90), random)
      let enrolled: Enrolment | undefined
      let clients: Clients | undefined
      await live(plug, dir, plant, clock, async (ingest) => {
        const made = await enrol(ingest.store)
        if (!plug.lost) enrolled = made
        clients = new Clients(made, random)
        while (!plug.lost) await clients.send(ingest, 4, outcome, () => plug.lost)
      })
      const acknowledged = (enrolled === undefined ? 0 : 1) + (clients?.acknowledged ?? 0)
      outcome.acknowledged += acknowledged
      const ingest = await wakeWhole(folderOf(scratch, 1), outcome, acknowledged, clock)
      if (ingest === undefined) return
      const after = enrolled === undefined ? new Clients(await enrol(ingest.store), random) : (clients ?? new Clients(enrolled, random))
      await after.send(ingest, 4, outcome)
      await after.check(ingest.store, outcome)
      await ingest.store.close()
    }),
}

/** The rows in which the power goes. */
export const powerRows: readonly Row[] = [underLoad, founding]
