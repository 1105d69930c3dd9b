import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { attacks, attacksPage, attackTests, unshown } from './attacks-table.ts'
import { readSources } from './source.ts'

/** Writes `docs/attacks.md` from the titles of the tests. Ends with 1 where an attack has neither a test nor a reason. */
function main(root: string): void {
  const tests = attackTests(readSources(root))
  writeFileSync(join(root, 'docs/attacks.md'), attacksPage(attacks, tests))
  const bare = unshown(attacks, tests)
  if (bare.length > 0) process.stderr.write(`without a test or a reason: ${bare.join(', ')}\n`)
  process.exitCode = bare.length === 0 ? 0 : 1
}

if (import.meta.main) main(join(import.meta.dirname, '..'))
