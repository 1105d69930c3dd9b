import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Browser, Page } from 'playwright-core'

import { launchBrowser } from '../act/browser.ts'
import { driveSolve } from './solve.ts'
import { openSuite, tasksOf, type Suite, type SuiteTask } from './suite.ts'

const families = ['select', 'dropdown', 'autocomplete', 'grid', 'search-row-edit', 'dialog', 'date', 'shortcuts']
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

function taskOf(name: string): SuiteTask {
  const [task] = tasksOf(suite, [name])
  if (task === undefined) throw new Error(`no task ${name}`)
  return task
}

test('the own suite has the eight families', () => {
  expect(suite.tasks.map((task) => task.name)).toEqual(families)
})

describe.each(families)('%s', (name) => {
  test('its scripted solution succeeds on every seed within the bound', async () => {
    for (const seed of ['one', 'two', 'three', 'four', 'five', 'six']) {
      await suite.reset(page, taskOf(name), seed)
      const acts = await driveSolve(page)
      expect({ seed, ...(await suite.outcome(page)) }).toEqual({ seed, done: true, reward: 1 })
      expect(acts).toBeLessThanOrEqual(taskOf(name).maxActions)
    }
  })

  test('the same seed draws the same page, another seed another page', async () => {
    const drawn: string[] = []
    for (const seed of ['again', 'again', 'other']) {
      const { instruction } = await suite.reset(page, taskOf(name), seed)
      drawn.push(instruction + (await page.evaluate('document.body.outerHTML')))
    }
    expect(drawn[0]).toBe(drawn[1])
    expect(drawn[0]).not.toBe(drawn[2])
  })

  test('nothing is done before anything is done', async () => {
    await suite.reset(page, taskOf(name), 'fresh')
    expect(await suite.outcome(page)).toEqual({ done: false, reward: 0 })
  })
})
