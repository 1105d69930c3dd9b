import { redactionVersion } from '@overt/privacy'
import type { Batch, Event } from '@overt/schema'
import { encodeColumns } from '@overt/schema/words'

import type { Workload } from './record.ts'

/** Where the made batches say that they are from. */
export const madeOrigin = 'http://127.0.0.1:4748'

const clicks: readonly Event[] = [0, 1, 2].map((seq) => ({
  kind: 'click',
  seq,
  gap: 0,
  observation: -1,
  node: -1,
  button: 0,
  count: 1,
  modifiers: '',
  x: seq,
  y: 5,
  cause: 'pointer',
}))

const batch: Batch = {
  v: 'overt.batch/2',
  id: 'made-batch',
  person: 'made',
  device: 'made',
  session: 'made',
  producer: 'made',
  receipt: 'made',
  manifest: 'made',
  purpose: 'ground',
  modalities: ['actions'],
  mode: 'ambient',
  origin: madeOrigin,
  path: '/',
  closedAtEpochMs: 0,
  redaction: redactionVersion,
  ...encodeColumns(clicks, []),
  counters: {},
}

/** A workload without a browser, for tests of the benchmark itself: three clicks of nobody. */
export const madeWorkload: Workload = { name: 'made', batches: [batch] }
