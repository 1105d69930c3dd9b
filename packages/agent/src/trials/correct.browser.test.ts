import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Browser } from 'playwright-core'
import { loadModel, train, type Model } from '@overt/learn'
import { decide, generateKeyPair, grantReceipt, keyIdOf, sampleManifest, signManifest, type Permit } from '@overt/privacy'
import type { Batch, Event, Row } from '@overt/schema'
import { decodeColumns } from '@overt/schema/words'

import { launchBrowser } from '../act/browser.ts'
import { openEye } from '../decide/eye.ts'
import { touchPage } from '../takeover/touch.ts'
import { recordCorrection, type CorrectOptions, type Overseer } from './correct.ts'
import type { RecorderOptions } from './recorder.ts'
import { driveSolve } from './solve.ts'
import { openSuite, tasksOf, type Suite } from './suite.ts'

const [taskName, seed] = ['search-row-edit', 'eval-77-0']
let browser: Browser
let suite: Suite
let model: Model
let permit: Permit
let consent: Omit<RecorderOptions, 'to'>

beforeAll(async () => {
  browser = await launchBrowser()
  suite = await openSuite('own')
  model = await searcher()
  const [operator, person] = [await generateKeyPair(), await generateKeyPair()]
  const nowEpochMs = Date.now()
  const keyId = await keyIdOf(operator.publicKey)
  const sample = sampleManifest({ origin: suite.origin, nowEpochMs, purposes: ['correct'] })
  const manifest = await signManifest(sample, { keyId, by: 'operator', privateKey: operator.privateKey })
  const keys = [{ keyId, by: 'operator' as const, publicKey: operator.publicKey }]
  const span = { nowEpochMs, expiresAtEpochMs: nowEpochMs + 86_400_000 }
  const scope = { purposes: ['correct' as const], modalities: ['actions' as const, 'text' as const, 'structure' as const] }
  const receipt = await grantReceipt({ person: 'ada', manifest, ...scope, ...span, assurance: 'local' }, person)
  const decision = await decide(receipt, manifest, 'correct', nowEpochMs, { keys })
  if (!decision.ok) throw new Error(decision.reason)
  permit = decision.value
  consent = { receipt, manifest, keys }
})

afterAll(async () => {
  await browser?.close()
  await suite?.close()
})

/** A model that has learnt one thing: to type a word of the goal into the search field. */
async function searcher(): Promise<Model> {
  const [task] = tasksOf(suite, [taskName])
  if (task === undefined) throw new Error('no task')
  const page = await browser.newPage({ viewport: suite.viewport })
  const { instruction } = await suite.reset(page, task, seed)
  const observation = await (await openEye(page)).observe()
  await page.close()
  const node = observation.nodes.find(({ role }) => role === 'searchbox')
  if (node === undefined) throw new Error('no field')
  const target = { node: node.id, role: node.role, name: node.name, box: node.box }
  const argument = /[A-Z][a-z]+ [A-Z][a-z]+/.exec(instruction)?.[0] ?? ''
  const action = {
    kind: 'type',
    target,
    argument,
    modifiers: [],
    point: null,
    to: null,
    before: '',
    after: argument,
    cause: 'typed',
    events: [],
    rule: '',
  }
  const rowOf = (episode: string): Row => ({
    episode_id: episode,
    step_index: 0,
    episode_steps: 1,
    split: 'train',
    person: 'p',
    receipt: 'r',
    app: 'test',
    template: `own/${taskName}`,
    goal: instruction,
    observation: JSON.stringify(observation),
    action: JSON.stringify(action),
    action_kind: 'type',
    target_node: node.id,
    argument,
    outcome: 'success',
    outcome_by: 'page',
    week: '2026-W48',
  })
  const rows = ['a', 'b', 'c'].map(rowOf)
  return loadModel((await train(rows, { seed: 1, purposes: ['ground'], data: { hash: '0'.repeat(64), name: 'test' } })).bytes)
}

function options(batches: Batch[], overseer: Partial<Overseer>): CorrectOptions {
  const to = { send: (batch: Batch) => void batches.push(batch) }
  const stop: Overseer = { by: 'script', watch: async () => 'stop', work: async () => {} }
  return { browser, suite, task: taskName, seed, model, purpose: 'ground', ...consent, to, overseer: { ...stop, ...overseer } }
}

function eventsOf(batches: readonly Batch[]): Event[] {
  return batches.flatMap((batch) => decodeColumns(batch).events).sort((left, right) => left.seq - right.seq)
}

test('what is done after a touch is recorded as a correction, and none of what the agent did', async () => {
  const batches: Batch[] = []
  const given = options(batches, {
    watch: async (_proposal, lease, page) => {
      expect(await page.evaluate('"overtRecording" in window')).toBe(false)
      await touchPage(page, lease)
      return 'approve'
    },
    work: async (page) => void (await driveSolve(page)),
  })
  const report = await recordCorrection(permit, given)
  expect(report).toMatchObject({ end: 'finished', takeovers: 1, success: true })
  expect(new Set(batches.map(({ purpose, mode }) => `${purpose} ${mode}`))).toEqual(new Set(['correct task']))
  const events = eventsOf(batches).filter(({ kind }) => kind !== 'recorder' && kind !== 'focus')
  expect(events[0]).toMatchObject({ kind: 'task', phase: 'start', template: `own/${taskName}`, seed })
  expect(events[1]).toMatchObject({ kind: 'takeover', by: 'script', why: 'touch', model: model.head.hash })
  const proposed = events.filter((event) => event.kind === 'proposed')
  expect(proposed).toHaveLength(5)
  const seen = decodeColumns(batches.find(({ count }) => count > 1) ?? fail()).observations
  const aimed = proposed.filter(({ node }) => seen.some(({ nodes }) => nodes.some(({ id }) => id === node)))
  expect(aimed.length).toBeGreaterThan(0)
  expect(events.at(-1)).toMatchObject({ kind: 'task', phase: 'end', outcome: 'success', by: 'page' })
  expect(eventsOf(batches).length).toBe(report.events)
}, 60_000)

test('where nobody takes over nothing is recorded', async () => {
  const batches: Batch[] = []
  const report = await recordCorrection(permit, options(batches, {}))
  expect(report).toMatchObject({ end: 'stopped', takeovers: 0, events: 0 })
  expect(batches).toEqual([])
}, 60_000)

test('a person who answers that they take over, and hands back half-way, leaves a correction whose outcome is not known', async () => {
  const batches: Batch[] = []
  let asked = 0
  const report = await recordCorrection(
    permit,
    options(batches, { by: 'person', watch: async () => ((asked += 1) === 1 ? 'take-over' : 'stop') }),
  )
  expect(report).toMatchObject({ end: 'stopped', takeovers: 1, success: false })
  expect(eventsOf(batches).find(({ kind }) => kind === 'takeover')).toMatchObject({ by: 'person', why: 'answer' })
  expect(eventsOf(batches).findLast(({ kind }) => kind === 'task')).toMatchObject({ phase: 'end', outcome: 'unknown', by: 'none' })
}, 60_000)

test('a page that is closed ends it without a failure', async () => {
  const report = await recordCorrection(permit, options([], { watch: async (_proposal, _lease, page) => (await page.close(), 'approve') }))
  expect(report).toMatchObject({ end: 'closed', takeovers: 0 })
}, 60_000)

test('a permit for another purpose than the receipt gives is refused in the page', async () => {
  const batches: Batch[] = []
  const receipt = { ...consent.receipt, purposes: ['ground' as const] }
  await expect(recordCorrection(permit, { ...options(batches, {}), receipt })).rejects.toMatchObject({ code: 'OVT-1509' })
  expect(batches).toEqual([])
}, 60_000)

function fail(): never {
  throw new Error('no batch')
}
