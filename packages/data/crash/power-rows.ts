import type { Enrolment } from '../src/govern/enrol.ts'
import { Clients } from './clients.ts'
import { compaction } from './compaction-row.ts'
import { enrol, folderOf, foundFolder, tickingClock, wakeWhole } from './life.ts'
import { Plug, live, spare, throughLosses } from './plug.ts'
import { below, randomOf } from './random.ts'
import { type Row, inScratch } from './row.ts'

const lives = 4

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
      const ingest = await throughLosses(
        { scratch, random, clock, plant, outcome, count: lives, mostSteps: 120, acknowledged: () => clients.acknowledged },
        async (awake, plug) => {
          await clients.check(awake.store, plug.lost ? spare() : outcome)
          while (!plug.lost) await clients.send(awake, 8, outcome, () => plug.lost)
        },
      )
      if (ingest === undefined) return
      await clients.check(ingest.store, outcome)
      await ingest.store.close()
    }),
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
export const powerRows: readonly Row[] = [underLoad, founding, compaction]
