import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { agree, doTask, openPage, plantedString, showTask } from '../apps/cli/src/demo/own-task.ts'
import { openStages } from '../apps/cli/src/demo/stages.ts'
import { openWalk } from '../apps/cli/src/demo/walk.ts'
import { openTerminal } from '../apps/cli/src/terminal/terminal.ts'
import { buildAll } from './build.ts'

/** Long enough for the last batch to be sent, stored and shown. */
const settleMs = 3_000

/** Opens the walk-through without a window, agrees, does the task in the back office by trusted input, and takes a picture of the page: work on the left, what was recorded of it on the right. */
async function takePicture(file: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'overt-picture-'))
  const terminal = openTerminal({ data: folder, quiet: true }, new AbortController().signal)
  const walk = await openWalk(terminal, { port: 0, clean: false })
  try {
    const stages = openStages(terminal, walk.server.feed)
    const { page } = await openPage(walk, true)
    const said = (): string => 'You said yes: the back office records, until you say otherwise.'
    await stages.run('consent', 'consent', 'The back office asks whether it may record you', () => agree(page, walk), said)
    await stages.run('task', 'task', 'A refund in the back office', async () => {
      const { frame } = await showTask(page, walk, plantedString())
      await doTask(page, frame)
    })
    await sleep(settleMs)
    mkdirSync(dirname(file), { recursive: true })
    await page.screenshot({ path: file })
  } finally {
    await walk.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

const root = join(import.meta.dirname, '..')
await buildAll(root)
await takePicture(join(root, 'docs/demo.png'))
