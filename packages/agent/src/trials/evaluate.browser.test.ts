import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Browser } from 'playwright-core'
import { baselinesOf } from '@overt/learn'

import { launchBrowser } from '../act/browser.ts'
import { baselineContender, type Contender } from '../decide/contender.ts'
import { evaluateSuite } from './evaluate.ts'
import { openSuite } from './suite.ts'

const miniwob = `miniwob:${fileURLToPath(new URL('fixtures/miniwob', import.meta.url))}`
let browser: Browser

beforeAll(async () => {
  browser = await launchBrowser()
})

afterAll(() => browser?.close())

const obedient: Contender = {
  name: 'agent',
  decide: () => (observation, goal) => {
    const node = observation.nodes.find((one) => one.name !== '' && goal.includes(one.name))
    return [{ action: { kind: 'click', node: node?.id ?? -1, argument: '' }, p01: 1 }]
  },
}

test('a report has every task, its interval and the baselines on the same seeds, and says when it is preliminary', async () => {
  const suite = await openSuite(miniwob)
  const seen = new Map<string, string[]>()
  const contenders = [obedient, ...baselinesOf([]).map(baselineContender)]
  const report = await evaluateSuite({
    browser,
    suite,
    episodes: 4,
    seed: 3,
    contenders,
    model: 'm',
    data: 'd',
    onEpisode: ({ contender, instruction }) => seen.set(contender, [...(seen.get(contender) ?? []), instruction]),
  })
  await suite.close()
  expect(report).toMatchObject({ v: 1, suite: miniwob, mean: 1, n: 4, successes: 4, preliminary: true, seed: 3, model: 'm', data: 'd' })
  expect(report.tasks).toMatchObject([{ name: 'click-one', n: 4, successes: 4 }])
  expect(report.tasks[0]?.wilson[0]).toBeGreaterThan(0.4)
  expect(Object.keys(report.baselines).toSorted()).toEqual(['macroReplay', 'markov', 'mostFrequent', 'random', 'stringMatch'])
  expect(report.baselines['stringMatch']).toBe(1)
  expect(report.msPerDecision.p95).toBeGreaterThanOrEqual(report.msPerDecision.p50)
  for (const instructions of seen.values()) expect(instructions).toEqual(seen.get('agent'))
})

test('a task that gives no number stops the evaluation, with its name', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'overt-evaluate-'))
  await writeFile(join(folder, 'suite.json'), '{"v":1,"tasks":[{"name":"broken","page":"a.html","maxActions":3,"families":[]}]}')
  await writeFile(
    join(folder, 'a.html'),
    '<button>Go</button><script>window.overtTask = { reset: () => ({ instruction: "Go" }), outcome: () => { throw new Error("no") } }</script>',
  )
  const suite = await openSuite(folder)
  await expect(evaluateSuite({ browser, suite, episodes: 1, seed: 1, contenders: [obedient] })).rejects.toMatchObject({
    code: 'OVT-1508',
    message: expect.stringContaining('broken'),
  })
  await suite.close()
  await rm(folder, { recursive: true, force: true })
})

test('a task whose reward is no number stops the evaluation too', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'overt-evaluate-'))
  await writeFile(join(folder, 'suite.json'), '{"v":1,"tasks":[{"name":"vague","page":"a.html","maxActions":3,"families":[]}]}')
  await writeFile(
    join(folder, 'a.html'),
    '<button>Go</button><script>window.overtTask = { reset: () => ({ instruction: "Go" }), outcome: () => ({ done: true, reward: "yes" }) }</script>',
  )
  const suite = await openSuite(folder)
  await expect(evaluateSuite({ browser, suite, episodes: 1, seed: 1, contenders: [obedient] })).rejects.toMatchObject({ code: 'OVT-1508' })
  await suite.close()
  await rm(folder, { recursive: true, force: true })
})
