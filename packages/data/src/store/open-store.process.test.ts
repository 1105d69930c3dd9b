import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { expect, test } from 'vitest'

import { enrolledStore, scratchFolder } from '../ingest/fixture.ts'
import { contractBatch } from './contract.ts'
import { type Disk, nodeDisk } from './disk.ts'
import { pack } from './pack.ts'
import { permitFor } from './permits.ts'

const commit = 256
const records = 160 * commit

/** One whose syncs are not waited for: what is measured comes after. */
function hastyDisk(): Disk {
  const disk = nodeDisk()
  return { ...disk, open: async (path) => ({ ...(await disk.open(path)), sync: async () => undefined }) }
}

async function makeFolder(dir: string): Promise<void> {
  const { store, enrolment } = await enrolledStore(dir, { disk: hastyDisk() })
  const decided = await permitFor(store, enrolment.receipt.id, 'ground')
  if (!decided.ok) throw new Error(decided.explain)
  const packed = pack(Buffer.from('{}'))
  for (let number = 0; number < records; number += commit)
    await Promise.all(
      Array.from({ length: commit }, (_, at) => {
        const [, envelope] = contractBatch(decided.value, `batch-${number + at}`)
        return store.appendPacked(decided.value, packed, envelope)
      }),
    )
  await store.close()
}

/** Opens the folder twice, the first time for the program's own sake, and says how many bytes it takes while it is open; then looks through all that it holds. */
const script = (dir: string): string => `
  import { enforceRetention } from ${JSON.stringify(join(import.meta.dirname, '../govern/retention.ts'))}
  import { openStore } from ${JSON.stringify(join(import.meta.dirname, 'open-store.ts'))}
  import { permitsFor } from ${JSON.stringify(join(import.meta.dirname, 'permits.ts'))}
  const usedBytes = () => {
    for (let turn = 0; turn < 4; turn += 1) gc()
    const { heapUsed, external } = process.memoryUsage()
    return heapUsed + external
  }
  await (await openStore(${JSON.stringify(dir)})).close()
  const before = usedBytes()
  const store = await openStore(${JSON.stringify(dir)})
  const grownBytes = usedBytes() - before
  const { events } = await enforceRetention(store)
  let listed = 0
  for await (const permit of permitsFor(store, 'ground')) {
    for (const { batches } of await store.sessions(permit)) listed += batches
    for await (const batch of store.batches(permit)) if (batch) break
  }
  console.log(JSON.stringify({ records: store.report.records, grownBytes, kept: events.kept, listed }))
  await store.close()`

test('a folder is opened and looked through in a small heap, and takes less than 60 bytes a record while it is open', async () => {
  const { dir, remove } = scratchFolder()
  await makeFolder(dir)
  // Room for the program; a row of every record at once would take twice as much.
  const options = ['--expose-gc', '--max-old-space-size=28', '--max-semi-space-size=4', '--input-type=module', '-e']
  const { stdout } = await promisify(execFile)(process.execPath, [...options, script(dir)])
  const told = JSON.parse(stdout) as { records: number; grownBytes: number; kept: number; listed: number } // as: printed by the script
  expect(told).toMatchObject({ records, kept: records, listed: records })
  expect(told.grownBytes / records).toBeLessThan(60)
  remove()
})
