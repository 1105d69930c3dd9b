import { Readable } from 'node:stream'

import { ownPermitsFor, receiptsOf, type Store } from '@overt/data'

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
    answers: { 200: { description: 'One JSON object a line: receipts, who looked, recordings.', type: 'application/x-ndjson' } },
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
  for await (const permit of ownPermitsFor(store, person)) {
    for await (const batch of store.batches(permit, { reader: 'person', pictures: 'all' })) yield line({ kind: 'batch', batch })
    for await (const episode of store.episodes(permit, { reader: 'person' })) yield line({ kind: 'episode', episode })
  }
}

function line(document: object): string {
  return `${JSON.stringify(document)}\n`
}
