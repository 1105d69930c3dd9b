import type { Batch, Observation, ObservationNode } from '@overt/schema'
import { encodeColumns } from '@overt/schema/words'
import { expect, test } from 'vitest'

import { organisationManifest, scene } from '../consent/fixture.ts'
import { decide } from '../consent/decide.ts'
import { sentOf, type Sent } from './sent.ts'

const row = { id: 1, parent: -1, tag: 'input', role: 'textbox', look: '', keys: '', inputType: 'text' }

/** A batch with one field in it, as it would be noted. */
async function noted(field: Pick<ObservationNode, 'name' | 'value'>): Promise<Sent> {
  const trial = await scene()
  const manifest = await trial.sign(organisationManifest())
  const receipt = await trial.grant(manifest, { assurance: 'device' })
  const decision = await decide(receipt, manifest, 'ground', trial.nowEpochMs, { keys: trial.keys, secure: true })
  if (!decision.ok) throw new Error(decision.reason)
  const [origin = ''] = manifest.apps.flatMap(({ origins }) => origins)
  const seen: Observation = {
    id: 0,
    url: `${origin}/orders`,
    title: 'Orders',
    viewport: { width: 800, height: 600, scrollX: 0, scrollY: 0, pixelRatio: 1 },
    status: 'fresh',
    nodes: [{ ...row, ...field, states: [], options: [], box: [0, 0, 10, 10] }],
  }
  const batch: Batch = {
    ...encodeColumns([], [seen]),
    v: 'overt.batch/2',
    id: 'batch-1',
    person: receipt.person,
    device: 'dev-1',
    session: 's',
    producer: 'p',
    receipt: receipt.id,
    manifest: receipt.manifestSha256,
    purpose: 'ground',
    modalities: receipt.modalities,
    mode: 'task',
    origin,
    path: '/orders',
    closedAtEpochMs: trial.nowEpochMs,
    redaction: manifest.redaction,
    counters: {},
  }
  return sentOf(decision.value, { batch, events: [], observations: [seen], contentSha256: '' })
}

test('L10 what should be masked and is not counts; a placeholder that the rules would leave out or call otherwise hides as much', async () => {
  expect((await noted({ name: 'Note', value: 'ring back' })).unmasked).toBe(0)
  expect((await noted({ name: 'Note', value: 'card 4111 1111 1111 1111' })).unmasked).toBe(1)
  expect((await noted({ name: 'Card 4111 1111 1111 1111', value: '' })).unmasked).toBe(1)
  expect((await noted({ name: 'API token', value: 'plain' })).unmasked).toBe(1)
  for (const value of ['[SECRET_1]', '[TEXT_1]', ''])
    expect((await noted({ name: 'API token of [EMAIL_3]', value })).unmasked, value).toBe(0)
})
