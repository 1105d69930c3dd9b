import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Browser } from 'playwright-core'
import type { ActionKind } from '@overt/schema'

import { launchBrowser } from '../act/browser.ts'
import type { Decide } from '../decide/decide.ts'
import { openEye, type Eye } from '../decide/eye.ts'
import { runEpisode, type EpisodeResult } from './episode.ts'
import { openSuite } from './suite.ts'

const miniwob = `miniwob:${fileURLToPath(new URL('fixtures/miniwob', import.meta.url))}`
let browser: Browser
let eye: Eye
let folder: string

beforeAll(async () => {
  browser = await launchBrowser()
  eye = await openEye(await browser.newPage())
  folder = await mkdtemp(join(tmpdir(), 'overt-episode-'))
})

afterAll(async () => {
  await browser?.close()
  await rm(folder, { recursive: true, force: true })
})

async function episode(name: string, decide: Decide): Promise<EpisodeResult> {
  const suite = await openSuite(name)
  const [task] = suite.tasks
  if (task === undefined) throw new Error('no task')
  const result = await runEpisode(eye, suite, task, 'seed', decide)
  await suite.close()
  return result
}

const sure = (kind: ActionKind, node: number, argument = ''): ReturnType<Decide> => [{ action: { kind, node, argument }, p01: 1 }]

test('a policy that does as it is told succeeds, and its trace says what it did', async () => {
  const result = await episode(miniwob, ({ nodes }, goal) =>
    sure('click', nodes.find((node) => node.name !== '' && goal.includes(node.name))?.id ?? -1),
  )
  expect(result).toMatchObject({ success: true, end: 'done', trace: [{ kind: 'click', role: 'button', acted: 'ok' }] })
})

test('a policy that does something else fails', async () => {
  const result = await episode(miniwob, ({ nodes }, goal) =>
    sure('click', nodes.find((node) => node.name !== '' && !goal.includes(node.name))?.id ?? -1),
  )
  expect(result).toMatchObject({ success: false, end: 'done' })
})

test('giving up and acting without end are failures of their own kind', async () => {
  expect(await episode(miniwob, () => [])).toMatchObject({ success: false, end: 'gave-up', trace: [] })
  expect(await episode(miniwob, () => sure('done', -1))).toMatchObject({ success: false, end: 'gave-up' })
  const idle = await episode(miniwob, () => sure('click', 999_999))
  expect(idle).toMatchObject({ success: false, end: 'bound' })
  expect(idle.trace.every((step) => step.acted === 'gone')).toBe(true)
})

test('a policy sees one placeholder in goal and page, and the page gets what it stands for', async () => {
  await writeFile(join(folder, 'suite.json'), '{"v":1,"tasks":[{"name":"mail","page":"mail.html","maxActions":3,"families":["mail"]}]}')
  await writeFile(
    join(folder, 'mail.html'),
    `<p>Ada: ada@example.org</p><label>To <input id=to></label><button onclick="done = true">Send</button><script>
      let done = false
      window.overtTask = {
        reset: () => ({ instruction: 'Write to ada@example.org and send it.' }),
        outcome: () => ({ done, reward: to.value === 'ada@example.org' ? 1 : 0 }),
      }</script>`,
  )
  const seen: string[] = []
  const result = await episode(folder, ({ nodes }, goal, history) => {
    seen.push(goal, ...nodes.map((node) => node.name))
    const [placeholder = ''] = /\[EMAIL_\d+\]/.exec(goal) ?? []
    const field = nodes.find((node) => node.role === 'textbox')
    if (history.length === 0) return sure('type', field?.id ?? -1, placeholder)
    return sure('click', nodes.find((node) => node.name === 'Send')?.id ?? -1)
  })
  expect(seen).toContain('Ada: [EMAIL_1]')
  expect(seen.join(' ')).not.toContain('example.org')
  expect(JSON.stringify(result)).not.toContain('example.org')
  expect(result.success).toBe(true)
})
