import { launchBrowser, openSuite, type Suite } from '@overt/agent'
import { reemitFor } from '@overt/data'
import { startServer, type RunningServer } from '@overt/server'
import { rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Browser } from 'playwright-core'

import { beginFolder } from '../folder/beginning.ts'
import { openFolder, serveFolder, type Folder } from '../folder/folder.ts'
import { trustedKeys } from '../folder/operator.ts'
import { signedSample } from '../folder/sample.ts'
import { bundleRoots } from '../server/roots.ts'
import type { Terminal } from '../terminal/terminal.ts'

/** Everything that one walk-through holds open. */
export interface Walk {
  readonly terminal: Terminal
  readonly folder: Folder
  readonly server: RunningServer
  readonly suite: Suite
  /** Without a window: recording and trials. */
  readonly hidden: Browser
  /** Folder of this run. */
  readonly dir: string
  close(): Promise<void>
}

/** Whose work is recorded in the walk-through: the one at the screen, and a script that is labelled so. */
export const people = { own: 'you', colleague: 'scripted-colleague' } as const

/** Opens a walk-through in a data folder of its own below `.overt/demo`; `clean` removes those of earlier runs. */
export async function openWalk(terminal: Terminal, options: { readonly port: number; readonly clean: boolean }): Promise<Walk> {
  const root = join(resolve(terminal.dataDir), 'demo')
  if (options.clean) await rm(root, { recursive: true, force: true })
  const dir = join(root, new Date().toISOString().replace(/[:.]/g, '-'))
  beginFolder(dir)
  await writeFile(join(root, 'README.txt'), 'Each folder holds one run of `overt demo`. `overt demo --clean` removes them all.\n')
  const folder = await openFolder(join(dir, 'data'), terminal.progress, terminal.signal)
  const undo: (() => Promise<unknown>)[] = [() => folder.store.close()]
  try {
    const suite = await openSuite('own')
    undo.push(() => suite.close())
    const hidden = await launchBrowser({ headless: true })
    undo.push(() => hidden.close())
    const server = await serve(folder, options.port)
    undo.push(() => server.close())
    undo.push(await serveFolder({ ...folder, endpoint: server.url }))
    return { terminal, folder, server, suite, hidden, dir, close: () => closeAll(undo) }
  } catch (error) {
    await closeAll(undo)
    throw error
  }
}

function serve({ store, operator }: Folder, port: number): Promise<RunningServer> {
  return startServer({
    store,
    person: people.own,
    webRoot: bundleRoots.web,
    port,
    reemit: reemitFor(store),
    tool: {
      root: bundleRoots.tool,
      keys: trustedKeys(operator),
      manifest: (origin) => signedSample(operator, { origins: [origin], name: 'the sample back office', nowEpochMs: store.nowEpochMs() }),
    },
  })
}

async function closeAll(undo: readonly (() => Promise<unknown>)[]): Promise<void> {
  for (const step of undo.toReversed()) await step()
}
