import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { type Stage, openStage } from '../chromium.ts'
import { canaryPage, cardFrame, channelsIn, secrets, useChannels } from './canaries.ts'
import { type Endpoint, openEndpoint, recordContext } from './recorded.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

interface Leaks {
  readonly endpoint: Endpoint
  readonly said: string
  readonly kept: string
  readonly actions: string[]
}

async function record(mode: 'ambient' | 'task'): Promise<Leaks> {
  const endpoint = await openEndpoint()
  const context = await stage.browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] })
  await recordContext(context, stage.origin, endpoint.url, { mode })
  stage.serve('/card-frame', cardFrame)
  const page = await context.newPage()
  const said: string[] = []
  page.on('console', (message) => said.push(message.text()))
  page.on('pageerror', (error) => said.push(error.message))
  const url = stage.serve('/canary', `<!doctype html><meta charset=utf-8><title>Canary</title><body>${canaryPage}`)
  await page.goto(`${url}?token=${secrets.query}#${secrets.hash}`)
  await page.locator('overt-indicator').waitFor({ state: 'attached' })
  await useChannels(page)
  await page.evaluate('recording()')
  const kept = await page.evaluate(async () => {
    const bases = await indexedDB.databases()
    return JSON.stringify([bases, Object.keys(localStorage), Object.keys(sessionStorage), document.cookie, await caches.keys()])
  })
  const actions = endpoint.events().map((event) => event.kind)
  await context.close()
  endpoint.close()
  return { endpoint, said: said.join('\n'), kept, actions }
}

function leaked({ endpoint, said }: Leaks): readonly string[] {
  const sent = endpoint.got.map(({ batch }) => JSON.stringify(batch)).join('\n')
  const raw = Buffer.concat(endpoint.got.map((one) => one.raw)).toString('latin1')
  const heads = JSON.stringify(endpoint.got.map(({ headers }) => headers))
  return channelsIn(
    [sent, raw, heads, said],
    endpoint.got.flatMap(({ batch }) => batch.strings),
  )
}

describe('row 26: secrets: revealed password, one-time codes one box each, card frames, secrets in label, title, URL, alt, placeholder, data-*, hidden input, comment, file name, clipboard', () => {
  test('in the default setting no secret of any channel leaves, nor is kept or logged', async () => {
    const run = await record('ambient')
    expect(Object.keys(secrets).length).toBeGreaterThanOrEqual(30)
    for (const kind of ['click', 'text', 'select', 'clipboard']) expect(run.actions).toContain(kind)
    expect(leaked(run)).toEqual([])
    expect(run.kept).toBe('[[],["token"],["token"],"",[]]')
  })

  test('in a task session too, but for a plain word that was pasted into a field that is recorded', async () => {
    const run = await record('task')
    expect(leaked(run)).toEqual(['clipboard'])
  })
})
