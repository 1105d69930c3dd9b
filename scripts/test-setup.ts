import { join } from 'node:path'

import { buildAll } from './build.ts'

/** Before the first test that needs a bundle: once for all of them, since a bundle that is made anew under a running test is half a file for a moment. */
export async function setup(): Promise<void> {
  await buildAll(join(import.meta.dirname, '..'))
}
