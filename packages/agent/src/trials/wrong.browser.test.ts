import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Browser, Page } from 'playwright-core'

import { launchBrowser } from '../act/browser.ts'
import { openSuite, tasksOf, type Suite } from './suite.ts'

let browser: Browser
let suite: Suite
let page: Page

beforeAll(async () => {
  browser = await launchBrowser()
  suite = await openSuite('own')
  page = await (await browser.newContext({ viewport: suite.viewport })).newPage()
})

afterAll(async () => {
  await browser?.close()
  await suite?.close()
})

const submit = (): Promise<void> => page.click('button.main')

const wrong: Readonly<Record<string, () => Promise<void>>> = {
  select: submit,
  dropdown: submit,
  autocomplete: submit,
  grid: submit,
  date: submit,
  'search-row-edit': async () => {
    await page.fill('input[type=search]', 'a')
    await page.click('tbody button')
    await submit()
  },
  dialog: async () => {
    await page.click('tbody button')
    await page.fill('.dialog input', '7')
    await submit()
    await submit()
  },
  shortcuts: async () => {
    await page.click('tbody tr:last-child td')
    const chord = await page.getAttribute('.keys li', 'aria-keyshortcuts')
    await page.keyboard.press((chord ?? '').replace(/\+([A-Z])$/, (_, letter: string) => `+${letter.toLowerCase()}`))
  },
}

test.each(Object.entries(wrong))('%s: a wrong submission ends the episode without a reward', async (name, act) => {
  const [task] = tasksOf(suite, [name])
  if (task === undefined) throw new Error(`no task ${name}`)
  await suite.reset(page, task, 'wrong')
  await act()
  expect(await suite.outcome(page)).toEqual({ done: true, reward: 0 })
})

test('what happens after the end changes nothing', async () => {
  const [task] = tasksOf(suite, ['select'])
  if (task === undefined) throw new Error('no task select')
  await suite.reset(page, task, 'late')
  await submit()
  await page.evaluate('window.solution = overtTask.solve()')
  for (;;) {
    const step = await page.evaluate<{ kind: string; selector: string; text: string } | undefined>('solution.next().value')
    if (step === undefined) break
    if (step.kind === 'select') await page.selectOption(step.selector, { label: step.text })
    else await page.click(step.selector)
  }
  expect(await suite.outcome(page)).toEqual({ done: true, reward: 0 })
})
