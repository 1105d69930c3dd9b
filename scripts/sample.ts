import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { permitsFor, readEpisodes } from '@overt/data'
import type { LiveStep } from '@overt/schema'

import { people } from '../apps/cli/src/demo/walk.ts'
import { buildAll } from './build.ts'
import { withOwnWork } from './own-work.ts'

/** The steps worth a look: from the opened order to the refund that is sent. */
const fromStep = 2

const root = join(import.meta.dirname, '..')
await buildAll(root)
await withOwnWork(async (_page, walk) => {
  const steps: LiveStep[] = []
  for await (const permit of permitsFor(walk.folder.store, 'ground', { persons: [people.own] }))
    for await (const { goal, steps: own } of readEpisodes(permit, walk.folder.store, { reader: 'scripts/sample' }))
      steps.push(...own.slice(fromStep).map((step) => ({ session: 'sample', episode: '0', goal, step })))
  const tool = new URL(walk.server.toolUrl ?? '').host
  writeFileSync(join(root, 'apps/web/src/demo/sample.json'), `${JSON.stringify(steps).replaceAll(tool, 'kestrel.example')}\n`)
})
process.exit(0)
