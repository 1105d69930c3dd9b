import { readFileSync } from 'node:fs'

import { chromium, type Browser, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { executablePath, flags, toolRoot } from './browser.fixture.ts'
import { openTool } from './tool.ts'

interface Act {
  readonly kind: 'click' | 'type' | 'select_option'
  readonly selector: string
  readonly text?: string
}

let browser: Browser
let page: Page
let url: string
let tool: Awaited<ReturnType<typeof openTool>>

beforeAll(async () => {
  tool = await openTool(toolRoot, () => 'http://127.0.0.1:1')
  url = await tool.listen({ host: '127.0.0.1', port: 0 })
  browser = await chromium.launch({ ...executablePath, args: flags })
  page = await browser.newPage({ viewport: { width: 960, height: 720 } })
})
afterAll(async () => {
  await browser.close()
  await tool.close()
})

const { tasks }: { tasks: { name: string; page: string; maxActions: number }[] } = JSON.parse(
  readFileSync(`${toolRoot}/suite.json`, 'utf8'),
)

test.each(tasks)('$name is solved by hand movements alone, within its number of actions', async (task) => {
  await page.goto(`${url}/${task.page}`)
  await page.waitForFunction('window.overtTask')
  const { instruction } = await page.evaluate<{ instruction: string }>("window.overtTask.reset('a')")
  expect(await page.evaluate('window.overtTask.outcome()')).toEqual({ done: false, reward: 0 })
  expect(await solve(), instruction).toBeLessThanOrEqual(task.maxActions)
  await expect.poll(() => page.evaluate('window.overtTask.outcome()')).toEqual({ done: true, reward: 1 })
})

async function solve(): Promise<number> {
  await page.evaluate('void (window.solution = window.overtTask.solve())')
  for (let acts = 0; ; acts++) {
    const { done, value } = await page.evaluate<{ done: boolean; value: Act }>('window.solution.next()')
    if (done) return acts
    const element = page.locator(value.selector)
    if (value.kind === 'click') await element.click()
    else if (value.kind === 'type') await element.fill(value.text ?? '')
    else await element.selectOption({ label: value.text ?? '' })
  }
}
