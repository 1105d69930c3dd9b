import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Browser } from 'playwright-core'
import { decide, generateKeyPair, grantReceipt, keyIdOf, sampleManifest, signManifest, type Permit } from '@overt/privacy'
import type { Batch, Event, Manifest, Observation, Receipt, TrustedKey } from '@overt/schema'
import { decodeColumns } from '@overt/schema/words'

import { act } from '../act/act.ts'
import { launchBrowser } from '../act/browser.ts'
import { captureBundle, openEye, readBundle } from '../decide/eye.ts'
import { createVeil } from '../decide/veil.ts'
import { recordSuite, type RecordOptions } from './record.ts'
import { openSuite, tasksOf, type Suite } from './suite.ts'

let browser: Browser
let suite: Suite
let permit: Permit
let consent: { readonly receipt: Receipt; readonly manifest: Manifest; readonly keys: readonly TrustedKey[] }

beforeAll(async () => {
  browser = await launchBrowser()
  suite = await openSuite('own')
  const [operator, person] = [await generateKeyPair(), await generateKeyPair()]
  const nowEpochMs = Date.now()
  const keyId = await keyIdOf(operator.publicKey)
  const sample = sampleManifest({ origin: suite.origin, nowEpochMs })
  const manifest = await signManifest(sample, { keyId, by: 'operator', privateKey: operator.privateKey })
  const keys: TrustedKey[] = [{ keyId, by: 'operator', publicKey: operator.publicKey }]
  const receipt = await grantReceipt(
    {
      person: 'ada',
      manifest,
      purposes: ['ground'],
      modalities: ['actions', 'text', 'structure'],
      nowEpochMs,
      expiresAtEpochMs: nowEpochMs + 86_400_000,
      assurance: 'local',
    },
    person,
  )
  const decision = await decide(receipt, manifest, 'ground', nowEpochMs, { keys })
  if (!decision.ok) throw new Error(decision.reason)
  permit = decision.value
  consent = { receipt, manifest, keys }
})

afterAll(async () => {
  await browser?.close()
  await suite?.close()
})

function options(batches: Batch[], more: Partial<RecordOptions>): RecordOptions {
  return { browser, suite, episodes: 1, ...consent, to: { send: (batch) => void batches.push(batch) }, ...more }
}

test('every family is recorded by the real bundle: a goal, acts, an outcome, and no hole', async () => {
  const batches: Batch[] = []
  const report = await recordSuite(permit, options(batches, { episodes: 2 }))
  expect(report).toMatchObject({ episodes: 16, successes: 16, batches: batches.length })
  expect(report.tasks).toHaveLength(8)
  for (const [, own] of Map.groupBy(batches, (batch) => batch.producer)) {
    const events = eventsOf(own)
    expect(events.map((event) => event.seq)).toEqual(events.map((_, seq) => seq))
    const tasks = events.filter((event) => event.kind === 'task')
    expect(tasks.map((task) => [task.phase, task.phase === 'start' ? task.seed : task.outcome])).toEqual([
      ['start', 'demo-0'],
      ['end', 'success'],
      ['start', 'demo-1'],
      ['end', 'success'],
    ])
    expect(tasks[0]?.goal).not.toBe('')
    expect(tasks[0]?.template).toMatch(/^own\//)
    expect(events.filter((event) => event.kind === 'gap')).toEqual([])
  }
}, 180_000)

test('what was recorded before an act is what the agent sees before the same act', async () => {
  const [task] = tasksOf(suite, ['search-row-edit'])
  if (task === undefined) throw new Error('no task')
  const batches: Batch[] = []
  await recordSuite(permit, options(batches, { tasks: ['search-row-edit'] }))
  const recorded = batches.flatMap((batch) => decodeColumns(batch).observations)
  const typed = eventsOf(batches).find((event) => event.kind === 'text')
  const page = await (await browser.newContext({ viewport: suite.viewport })).newPage()
  const eye = await openEye(page)
  const { instruction } = await suite.reset(page, task, 'demo-0')
  const veil = createVeil()
  veil.goal(instruction)
  const first = veil.observation(await eye.observe())
  expect(table(first)).toEqual(table(at(recorded, typed?.observation)))
  const search = first.nodes.find((node) => node.role === 'searchbox')?.id ?? -1
  await act(eye, { kind: 'type', node: search, argument: veil.original(typed?.kind === 'text' ? typed.after : '') }, first)
  const opened = eventsOf(batches).find((event) => event.kind === 'click' && event.seq > (typed?.seq ?? 0))
  expect(table(veil.observation(await eye.observe()))).toEqual(table(at(recorded, opened?.observation)))
  await eye.close()
}, 120_000)

test('a person who withdraws is recorded no further', async () => {
  const stop = new AbortController()
  const decision = await decide(consent.receipt, consent.manifest, 'ground', Date.now(), { keys: consent.keys, signal: stop.signal })
  if (!decision.ok) throw new Error(decision.reason)
  const report = await recordSuite(decision.value, options([], { tasks: ['shortcuts'], episodes: 5, onEpisode: () => stop.abort() }))
  expect(report.episodes).toBe(1)
})

test('a person who withdraws in the midst of a demonstration is recorded no further at once', async () => {
  const stop = new AbortController()
  const decision = await decide(consent.receipt, consent.manifest, 'ground', Date.now(), { keys: consent.keys, signal: stop.signal })
  if (!decision.ok) throw new Error(decision.reason)
  // So slow that the demonstration would not be over within the time of this test.
  const recording = recordSuite(decision.value, options([], { tasks: ['search-row-edit', 'shortcuts'], parallel: 1, keyMs: 60_000 }))
  const isRecorded = (): Promise<boolean> | undefined => browser.contexts().at(-1)?.pages()[0]?.evaluate("'overtRecording' in window")
  await expect.poll(isRecorded).toBe(true)
  stop.abort()
  expect(await recording).toMatchObject({ episodes: 0 })
})

test('a recorder whose manifest names another place refuses, and nothing is sent', async () => {
  const batches: Batch[] = []
  const elsewhere = await openSuite('own')
  await expect(recordSuite(permit, options(batches, { suite: elsewhere }))).rejects.toMatchObject({ code: 'OVT-1509' })
  await elsewhere.close()
  expect(batches).toEqual([])
})

test('a receipt that was changed is refused in the page', async () => {
  const batches: Batch[] = []
  const receipt = { ...consent.receipt, person: 'eve' }
  await expect(recordSuite(permit, options(batches, { tasks: ['select'], receipt }))).rejects.toMatchObject({ code: 'OVT-1509' })
  expect(batches).toEqual([])
})

test('a bundle that is not built is told by its path', async () => {
  await expect(readBundle('none.js')).rejects.toMatchObject({
    code: 'OVT-1503',
    message: expect.stringContaining(captureBundle('none.js')),
  })
})

function eventsOf(list: readonly Batch[]): Event[] {
  return list.flatMap((batch) => decodeColumns(batch).events).sort((left, right) => left.seq - right.seq)
}

function at(recorded: readonly Observation[], id: number | undefined): Observation {
  const found = recorded.find((observation) => observation.id === id)
  if (found === undefined) throw new Error(`no observation ${id}`)
  return found
}

/** Everything that features read, but for the numbers of nodes and where the focus is: a person's hand leaves it elsewhere. */
function table({ nodes }: Observation): readonly string[] {
  return nodes.map(({ tag, role, name, value, states, look, keys, options: labels, box, parent }) =>
    JSON.stringify([parent, tag, role, name, value, states.filter((state) => state !== 'focused'), look, keys, labels, box]),
  )
}
