import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Browser, Page } from 'playwright-core'

import { launchBrowser } from '../act/browser.ts'
import { openEye } from '../decide/eye.ts'
import { openSuite, tasksOf } from './suite.ts'

const miniwob = fileURLToPath(new URL('fixtures/miniwob', import.meta.url))
let browser: Browser
let page: Page
let folder: string

beforeAll(async () => {
  browser = await launchBrowser()
  page = await browser.newPage()
  folder = await mkdtemp(join(tmpdir(), 'overt-suite-'))
})

afterAll(async () => {
  await browser?.close()
  await rm(folder, { recursive: true, force: true })
})

test.each([
  ['a folder that is not there', 'no/such/folder', 'OVT-1504'],
  ['a folder without pages of MiniWoB++', 'miniwob:/', 'OVT-1504'],
])('%s is told as missing', async (_, name, code) => {
  await expect(openSuite(name)).rejects.toMatchObject({ code })
})

test.each([
  ['{', 'OVT-1505'],
  ['{"v":1,"tasks":[]}', 'OVT-1505'],
  ['{"v":1,"tasks":[{"name":"a","page":"a.html","maxActions":0,"families":[]}]}', 'OVT-1505'],
  ['{"v":2,"tasks":[{"name":"a","page":"a.html","maxActions":3,"families":[]}]}', 'OVT-1505'],
])('a suite described as %s is refused', async (text, code) => {
  await writeFile(join(folder, 'suite.json'), text)
  await expect(openSuite(folder)).rejects.toMatchObject({ code })
})

test('a task that is not in the suite is refused, a page without overtTask too', async () => {
  await writeFile(join(folder, 'suite.json'), '{"v":1,"tasks":[{"name":"a","page":"a.html","maxActions":3,"families":[]}]}')
  await writeFile(join(folder, 'a.html'), '<p>no task</p>')
  const suite = await openSuite(folder)
  expect(() => tasksOf(suite, ['b'])).toThrow(expect.objectContaining({ code: 'OVT-1506' }))
  const [task] = suite.tasks
  await expect(task && suite.reset(page, task, 'x')).rejects.toMatchObject({ code: 'OVT-1507' })
  await suite.close()
}, 15_000)

test('a MiniWoB++ page is reset by seed, and only a raw reward of 1 is success', async () => {
  for (const name of [`miniwob:${miniwob}`, `miniwob:${miniwob}/miniwob`]) {
    const suite = await openSuite(name)
    const [task] = suite.tasks
    if (task === undefined) throw new Error('no task')
    expect(task.name).toBe('click-one')
    const { instruction } = await suite.reset(page, task, 'seed')
    expect((await suite.reset(page, task, 'seed')).instruction).toBe(instruction)
    expect(await suite.outcome(page)).toEqual({ done: false, reward: 0 })
    const wanted = /Click on (\w+)/.exec(instruction)?.[1] ?? ''
    await page.click(`button:text-is("${wanted}")`)
    expect(await suite.outcome(page)).toEqual({ done: true, reward: 1 })
    await suite.reset(page, task, 'seed')
    await page.click(`button:text-is("${wanted === 'Delta' ? 'Alpha' : 'Delta'}")`)
    expect(await suite.outcome(page)).toEqual({ done: true, reward: 0 })
    await suite.close()
  }
})

test('what MiniWoB++ lays over a page is not seen', async () => {
  const suite = await openSuite(`miniwob:${miniwob}`)
  const [task] = suite.tasks
  if (task === undefined) throw new Error('no task')
  await suite.reset(page, task, 'seed')
  const eye = await openEye(page)
  const names = (await eye.observe()).nodes.map((node) => node.name).filter((name) => name !== '')
  expect(names).toEqual(['Alpha', 'Beta', 'Gamma', 'Delta'])
  await eye.close()
  await suite.close()
})
