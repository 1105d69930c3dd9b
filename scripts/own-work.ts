import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'

import { agree, doTask, openPage, plantedString, showTask } from '../apps/cli/src/demo/own-task.ts'
import { openStages } from '../apps/cli/src/demo/stages.ts'
import { openWalk, type Walk } from '../apps/cli/src/demo/walk.ts'
import { openTerminal } from '../apps/cli/src/terminal/terminal.ts'

/** Opens the walk-through without a window, agrees, does the task in the back office by trusted input, and hands over the page as it then is. */
export async function withOwnWork(then: (page: Page, walk: Walk) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'overt-own-work-'))
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
    await then(page, walk)
  } finally {
    await walk.close()
    rmSync(folder, { recursive: true, force: true })
  }
}
