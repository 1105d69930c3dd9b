import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { buildAll } from './build.ts'
import { withOwnWork } from './own-work.ts'

/** Long enough for the last batch to be sent, stored and shown. */
const settleMs = 3_000

/** A picture of the walk-through: work on the left, what was recorded of it on the right. */
const root = join(import.meta.dirname, '..')
await buildAll(root)
await withOwnWork(async (page) => {
  await sleep(settleMs)
  mkdirSync(join(root, 'docs'), { recursive: true })
  await page.screenshot({ path: join(root, 'docs/demo.png') })
})
