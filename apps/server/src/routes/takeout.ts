import { Readable } from 'node:stream'

import { ownPermitsFor, receiptsOf, type Store } from '@overt/data'

import { papersOf } from '@overt/data/govern'

import { operation, type Operation } from '../http/operation.ts'
import { lookedAt } from '../mine.ts'

/** `POST /v1/mine/takeout`: all that is the person's, one JSON object a line, as it is read. */
export function takeoutOperation(store: Store): Operation {
  return operation({
    method: 'POST',
    path: '/v1/mine/takeout',
    summary: 'All that is yours, readable.',
    by: 'person',
    why: 'own',
    answers: {
      200: {
        description:
          'One JSON object a line: receipts, who looked, recordings, agreements with their manifests, devices, uses, the ledger; last, how many records of ended agreements stay closed.',
        type: 'application/x-ndjson',
      },
    },
    async answer({ person, reply }) {
      await store.ledger.append('export', { what: 'takeout', why: 'own', reader: 'person' }, person)
      return reply.type('application/x-ndjson; charset=utf-8').send(Readable.from(linesOf(store, person)))
    },
  })
}

async function* linesOf(store: Store, person: string): AsyncGenerator<string> {
  yield line({ kind: 'takeout', v: 'overt.takeout/1', person, atEpochMs: store.nowEpochMs() })
  for (const { receipt, withdrawnAtEpochMs } of receiptsOf(store, person)) yield line({ kind: 'receipt', receipt, withdrawnAtEpochMs })
  yield line({ kind: 'looked', ...(await lookedAt(store, person)) })
  let opened = 0
  for await (const permit of ownPermitsFor(store, person)) {
    for await (const batch of store.batches(permit, { reader: 'person', pictures: 'all' })) {
      opened += 1
      yield line({ kind: 'batch', batch })
    }
    for await (const episode of store.episodes(permit, { reader: 'person' })) {
      opened += 1
      yield line({ kind: 'episode', episode })
    }
  }
  store.killSwitch.assertRunning('takeout')
  for await (const { name, document } of papersOf(store, person)) yield line({ kind: name, document })
  // Last: whoever has this line has all.
  yield line({ kind: 'closed', records: store.rows({ person }).length - opened })
}

function line(document: object): string {
  return `${JSON.stringify(document)}\n`
}
