import type { ObservationNode } from '@overt/schema'
import { decodeColumns, encodeColumns } from '@overt/schema/words'
import { expect, test } from 'vitest'

import { permitsFor } from '../store/permits.ts'
import { enrolledStore, sampleBatch, scratchFolder, signedRequest } from './fixture.ts'
import { createIngest, ingestBatch } from './ingest.ts'

const halves = ['4539 1488', '0343 6467'] as const

/** What is kept of batches whose rows, in one observation, show these texts. */
async function keptOf(...batches: readonly (readonly string[])[]): Promise<readonly string[]> {
  const folder = scratchFolder()
  const { store, enrolment } = await enrolledStore(folder.dir)
  const ingest = createIngest(store)
  for (const [at, texts] of batches.entries()) {
    const batch = sampleBatch(enrolment, `batch-000${at}`)
    const { events, observations } = decodeColumns(batch)
    const seen = observations.map((one) => ({ ...one, nodes: [...one.nodes, ...texts.map((name, row) => rowOf(one.nodes, name, row))] }))
    const body = JSON.stringify({ ...batch, ...encodeColumns(events, seen) })
    expect(await ingestBatch(ingest, await signedRequest(enrolment, body))).toMatchObject({ status: 200 })
  }
  const names: string[] = []
  for await (const permit of permitsFor(store, 'ground'))
    for await (const batch of store.batches(permit))
      names.push(...decodeColumns(batch).observations.flatMap(({ nodes }) => nodes.map(({ name }) => name)))
  await store.close()
  folder.remove()
  return names
}

/** A text beside the one before it, in one line. */
function rowOf([like]: readonly ObservationNode[], name: string, row: number): ObservationNode {
  if (like === undefined) throw new Error('there is no row to be like')
  return { ...like, id: 90 + row, tag: 'span', role: 'text', name, value: '', box: [10 + 62 * row, 200, 60, 18] }
}

test('attack 29: a card that stands in one row is masked at ingest too', async () => {
  expect(await keptOf([halves.join(' ')])).toContain('[CARD_1]')
})

// The device joins rows and fields before anything leaves; ingest judges each text by itself. A line that begins to fail is good news.
test.each<[string, readonly (readonly string[])[]]>([
  ['two rows of one observation', [halves]],
  ['two batches', halves.map((half) => [half])],
])('not held: attack 29: a card whose parts a client that joins nothing sends in %s is kept as it came', async (_, batches) => {
  expect(await keptOf(...batches)).toEqual(expect.arrayContaining([...halves]))
})
