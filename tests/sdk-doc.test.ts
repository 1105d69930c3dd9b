import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { afterEach, beforeEach, expect, test } from 'vitest'

import { build } from '../packages/capture/build.ts'
import { type Stage, openStage } from '../packages/capture/chromium.ts'

const house = join(import.meta.dirname, '..')
const cli = join(house, 'apps/cli/src/main.ts')
const page = readFileSync(join(house, 'docs/spec/sdk.md'), 'utf8')
let folder = ''
let stage: Stage
let server: ChildProcess | undefined

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'overt-sdk-doc-'))
  await build()
  stage = await openStage()
})

afterEach(async () => {
  await stage.close()
  const gone = new Promise((resolve) => (server === undefined ? resolve(0) : server.once('exit', resolve)))
  server?.kill('SIGTERM')
  await gone
  rmSync(folder, { recursive: true, force: true })
})

/** Starts a server on any free port and returns its address. */
function up(): Promise<string> {
  const child = spawn(process.execPath, [cli, 'up', '--port', '0', '--data', join(folder, 'data')])
  server = child
  return new Promise((resolve, reject) => {
    let said = ''
    const hear = (chunk: Buffer): void => {
      said += chunk.toString()
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0]
      if (url !== undefined) resolve(url)
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.once('exit', () => reject(new Error(`the server ended: ${said}`)))
  })
}

test('the example of docs/spec/sdk.md, as it stands, records into a server that the person has enrolled with', async () => {
  const url = await up()
  const here = (text: string): string => text.replaceAll('http://127.0.0.1:4747', url).replaceAll('http://127.0.0.1:8080', stage.origin)
  const block = here(/```sh\n([\s\S]*?)```/.exec(page)?.[1] ?? '')
  const commands = block.replaceAll(/\.\/overt (\w+ \w+)/g, `"${process.execPath}" "${cli}" $1 --data "${join(folder, 'data')}"`)
  await promisify(execFile)('sh', ['-euc', commands], { cwd: folder })
  for (const file of ['device.json', 'keys.json']) stage.serve(`/${file}`, readFileSync(join(folder, file), 'utf8'), 'application/json')
  stage.serve('/overt.iife.js', readFileSync(join(house, 'packages/capture/dist/overt.iife.js'), 'utf8'), 'text/javascript')
  const html = here(/```html\n([\s\S]*?)```/.exec(page)?.[1] ?? '')
  expect(html).toContain('data-enrolment')
  const shown = await stage.browser.newPage()
  await shown.goto(stage.serve('/orders', html))
  await shown.waitForSelector('overt-indicator', { state: 'attached' })
  const answered = shown.waitForResponse((response) => response.url() === `${url}/v1/batches` && response.request().method() === 'POST')
  await shown.click('#order')
  await shown.keyboard.type('1042')
  await shown.click('button')
  expect((await answered).status()).toBe(200)
  await shown.close()
})
