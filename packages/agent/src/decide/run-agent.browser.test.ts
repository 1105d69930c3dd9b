import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Browser, Page } from 'playwright-core'
import { loadModel, train, type Model } from '@overt/learn'
import type { Row } from '@overt/schema'

import { launchBrowser } from '../act/browser.ts'
import type { Answer, Proposal } from '../takeover/approval.ts'
import { openEye } from './eye.ts'
import { runAgent, type RunAgentOptions } from './run-agent.ts'

const html = '<h1>Case</h1><button onclick="document.body.append(\'kept\')">Save</button><button>Close</button>'
const url = `data:text/html,${encodeURIComponent(html)}`
let browser: Browser
let model: Model

beforeAll(async () => {
  browser = await launchBrowser()
  const page = await browser.newPage()
  await page.goto(url)
  const eye = await openEye(page)
  const observation = await eye.observe()
  const rows = ['Save', 'Close'].flatMap((name, at) => [rowOf(name, 'a', at), rowOf(name, 'b', at)])
  model = loadModel((await train(rows, { seed: 1, purposes: ['ground'], data: { hash: '0'.repeat(64), name: 'test' } })).bytes)
  await page.close()

  function rowOf(name: string, turn: string, at: number): Row {
    const node = observation.nodes.find((one) => one.name === name)
    if (node === undefined) throw new Error(`no ${name}`)
    const target = { node: node.id, role: node.role, name, box: node.box }
    const action = {
      kind: 'click',
      target,
      argument: '',
      modifiers: [],
      point: null,
      to: null,
      before: '',
      after: '',
      cause: 'pointer',
      events: [],
      rule: 'click',
    }
    return {
      episode_id: `${name}${turn}`,
      step_index: 0,
      episode_steps: 1,
      split: 'train',
      person: 'p',
      receipt: 'r',
      app: 'test',
      template: `test/${at}`,
      goal: `Press ${name}.`,
      observation: JSON.stringify(observation),
      action: JSON.stringify(action),
      action_kind: 'click',
      target_node: node.id,
      argument: '',
      outcome: 'success',
      outcome_by: 'page',
      week: '2026-W48',
    }
  }
})

afterAll(() => browser?.close())

function options(more: Partial<RunAgentOptions>): RunAgentOptions {
  return { browser, model, purpose: 'ground', url, goal: 'Press Save.', approve: 'each', ask: async () => 'stop', maxActions: 2, ...more }
}

function pageOf(): Page {
  const page = browser.contexts().at(-1)?.pages()[0]
  if (page === undefined) throw new Error('no page')
  return page
}

test('a model is not used for a purpose that its data was not given for', async () => {
  await expect(runAgent(options({ purpose: 'automate' }))).rejects.toMatchObject({ code: 'OVT-1512' })
})

test('a person is asked before an act, and nothing is done that they reject or stop', async () => {
  const asked: Proposal[] = []
  const answers: Answer[] = ['reject', 'stop']
  const report = await runAgent(
    options({
      ask: async (proposal) => {
        asked.push(proposal)
        expect(await pageOf().evaluate('document.body.innerText')).not.toContain('kept')
        return answers.shift() ?? 'stop'
      },
    }),
  )
  expect(asked[0]).toMatchObject({ kind: 'click', name: 'Save', risk: 'irreversible' })
  expect(asked[1]).not.toMatchObject({ kind: 'click', name: 'Save' })
  expect(report).toMatchObject({ end: 'stopped', takeovers: 0, steps: [{ name: 'Save', answer: 'reject', acted: 'rejected' }] })
})

test('what was approved is done', async () => {
  const shown: string[] = []
  const report = await runAgent(
    options({
      ask: async () => {
        shown.push(await pageOf().evaluate<string>('document.body.innerText'))
        return shown.length === 1 ? 'approve' : 'stop'
      },
    }),
  )
  expect(report.steps).toMatchObject([{ kind: 'click', name: 'Save', answer: 'approve', acted: 'ok' }])
  expect(shown.map((text) => text.includes('kept'))).toEqual([false, true])
})

test("a person's own touch takes the page over, and the agent waits until it is handed back", async () => {
  const changes: string[] = []
  let touched = false
  const report = await runAgent(
    options({
      ask: async () => {
        if (touched) return 'stop'
        touched = true
        await pageOf().mouse.click(400, 400)
        await new Promise((resolve) => setTimeout(resolve, 100))
        return 'approve'
      },
      onLease: (holder, lease) => {
        changes.push(holder)
        if (holder === 'person') setTimeout(() => lease.handBack(), 20)
      },
    }),
  )
  expect(changes).toEqual(['person', 'agent'])
  expect(report).toMatchObject({ end: 'stopped', takeovers: 1, steps: [] })
})
