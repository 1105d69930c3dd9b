import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { jetstream, jetstreamManager } from '@nats-io/jetstream'
import { connect, type NatsConnection } from '@nats-io/transport-node'

import { root } from '../capture/bundle.ts'
import { freePort } from './free-port.ts'
import { openFront } from './front.ts'
import type { StoreOption } from './store.ts'

const version = 'v2.15.2'
const folder = join(root, '.cache/nats')
const binary = join(folder, 'nats-server')

/** NATS JetStream: a log that others put behind their ingest, and one that can be told to acknowledge only what is synced. */
export const nats: StoreOption = {
  name: 'nats-jetstream',
  means: `NATS Server ${version}, JetStream file store, sync_interval always, deduplicated by id; the body as it came is one message`,
  missing: () => (existsSync(binary) || hasGo() ? undefined : `no ${binary}, and no Go to build it with`),
  async open(dir) {
    build()
    const port = await freePort()
    const config = join(dir, 'nats.conf')
    writeFileSync(
      config,
      `listen: "127.0.0.1:${port}"\nmax_payload: 8MB\njetstream { store_dir: ${JSON.stringify(dir)}, sync_interval: always }\n`,
    )
    const child = spawn(binary, ['-c', config], { stdio: 'ignore' })
    const connection = await connected(port)
    const manager = await jetstreamManager(connection)
    await manager.streams.add({ name: 'batches', subjects: ['batches'], storage: 'file' })
    const stream = jetstream(connection)
    const front = await openFront((msgID, packed) => stream.publish('batches', packed, { msgID }))
    return {
      port: front.port,
      senders: [],
      stored: async () => (await manager.streams.info('batches')).state.messages,
      pids: () => (child.pid === undefined ? [] : [child.pid]),
      close: async () => {
        await front.close()
        await connection.close()
        await ended(child)
      },
    }
  },
}

function hasGo(): boolean {
  return spawnSync('go', ['version'], { stdio: 'ignore' }).status === 0
}

function build(): void {
  if (existsSync(binary)) return
  const env = { ...process.env, GOBIN: folder, GOFLAGS: '-modcacherw' }
  execFileSync('go', ['install', `github.com/nats-io/nats-server/v2@${version}`], { env, stdio: 'ignore' })
}

async function connected(port: number): Promise<NatsConnection> {
  for (let turn = 0; ; turn += 1) {
    try {
      return await connect({ servers: `127.0.0.1:${port}` })
    } catch (error) {
      if (turn === 100) throw error
      await sleep(50)
    }
  }
}

async function ended(child: ChildProcess): Promise<void> {
  const end = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await end
}
