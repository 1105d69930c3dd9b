import { Clients, targetAt } from './clients.ts'
import { folderOf, foundFolder, wakeWhole } from './life.ts'
import { below, randomOf } from './random.ts'
import { type Outcome, type Plant, type Row, inScratch } from './row.ts'
import { type Server, startServer } from './servers.ts'

const kills = 5
const longestMs = 5_000

interface Round {
  readonly seed: number
  readonly dir: string
  readonly clients: Clients
  readonly outcome: Outcome
  readonly plant: Plant
}

/** A round on a folder of the real disk, with one person in it; what was acknowledged is looked for at the end. */
function onDisk(body: (round: Round) => Promise<void>): Row['round'] {
  return (seed, outcome, plant) =>
    inScratch(async (scratch) => {
      const dir = folderOf(scratch, 0)
      const clients = new Clients(await foundFolder(dir, Date.now), randomOf(seed))
      await body({ seed, dir, clients, outcome, plant })
      outcome.acknowledged += clients.acknowledged
      const ingest = await wakeWhole(dir, outcome, clients.acknowledged, Date.now)
      if (ingest === undefined) return
      await clients.check(ingest.store, outcome)
      await ingest.store.close()
    }, true)
}

/** Sends until so many more are acknowledged, or the server takes nothing for some seconds, and kills it in the middle of that. */
async function sendAndKill({ clients, outcome }: Round, server: Server, more: number): Promise<void> {
  const enough = clients.acknowledged + more
  let killing: Promise<void> | undefined
  const kill = (): void => void (killing ??= server.kill())
  const watch = setInterval(() => clients.acknowledged >= enough && kill(), 1)
  const late = setTimeout(kill, longestMs)
  while (killing === undefined) await clients.send(targetAt(server.url), 16, outcome)
  clearInterval(watch)
  clearTimeout(late)
  await killing
}

const killed: Row = {
  name: 'SIGKILL under load',
  how: 'a server in a process of its own is killed at a random moment under load, and started again on the same folder',
  rounds: { short: 8, long: 50 },
  crashes: kills,
  round: onDisk(async (round) => {
    const random = randomOf(round.seed)
    for (let kill = 0; kill < kills; kill += 1) {
      const started = await startServer(round.dir, round.plant)
      if (started.ok) await sendAndKill(round, started.server, below(random, 60))
      else round.outcome.wrong.push(`it does not start again: ${started.said.slice(0, 300)}`)
    }
  }),
}

const systemLimit: Row = {
  name: 'disk full, SQLite too',
  how: "the system refuses every file beyond a size (`ulimit -f`), the databases' as well; the server is killed, and started again without the limit",
  rounds: { short: 3, long: 20 },
  crashes: 1,
  round: onDisk(async (round) => {
    const random = randomOf(round.seed)
    const limited = await startServer(round.dir, round.plant, 96 + below(random, 160))
    // It may be too full to start, which it says.
    if (limited.ok) await sendAndKill(round, limited.server, 400)
    const started = await startServer(round.dir)
    if (!started.ok) return void round.outcome.wrong.push(`it does not start again: ${started.said.slice(0, 300)}`)
    const before = round.clients.taken
    await round.clients.send(targetAt(started.server.url), 12, round.outcome)
    if (round.clients.taken === before) round.outcome.wrong.push('nothing more is taken though there is room')
    await started.server.kill()
  }),
}

const twoServers: Row = {
  name: 'two servers on one folder',
  how: 'two servers start on one folder at once: one gets it, the other ends with OVT-1301; the one is killed, and two start again',
  rounds: { short: 3, long: 20 },
  crashes: 2,
  round: onDisk(async (round) => {
    for (let turn = 0; turn < 2; turn += 1) {
      const both = await Promise.all([startServer(round.dir, round.plant), startServer(round.dir, round.plant)])
      const owners = both.flatMap((one) => (one.ok ? [one.server] : []))
      const said = both.flatMap((one) => (one.ok ? [] : [one.said]))
      if (owners.length !== 1) round.outcome.wrong.push(`${owners.length} of two servers own the folder`)
      if (said.some((words) => !words.includes('OVT-1301'))) round.outcome.wrong.push(`the other one said: ${said.join().slice(0, 300)}`)
      for (const owner of owners) await round.clients.send(targetAt(owner.url), 20, round.outcome)
      for (const owner of owners) await owner.kill()
    }
  }),
}

/** The rows that need processes. */
export const processRows: readonly Row[] = [killed, systemLimit, twoServers]
