import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { afterEach, expect, test } from 'vitest'

import { openOutfit, type Outfit } from './extension.fixture.ts'

const cli = join(import.meta.dirname, '../apps/cli/src/main.ts')
const card = '4539 1488 0343 6467'
const canary = 'Kestrel-Oblong-51889'
const html = `<title>Orders</title><style>body { font: 18px sans-serif; background: #fff } p { margin: 12px }</style>
  <button>Refund</button><p>Status of these orders: shipped in three parts</p>
  <p>Paid with ${card}</p><label>Password <input type=text autocomplete=current-password value="${canary}"></label>`
let outfit: Outfit
afterEach(() => outfit.close())

/** What a check of pictures told; it fails, and tells all the same, where a picture is held back. */
async function check(against: string): Promise<{ readonly clear: number; readonly found: number; readonly unread: number }> {
  const file = join(outfit.data, '../against.txt')
  writeFileSync(file, against)
  const asked = [cli, 'pictures', 'check', '--purpose', 'ground', '--against', file, '--json', '--data', outfit.data]
  const told = await promisify(execFile)(process.execPath, asked).catch((error: unknown) => {
    if (error instanceof Error && 'stdout' in error && 'code' in error && error.code === 1) return { stdout: String(error.stdout) }
    throw error
  })
  return JSON.parse(told.stdout)
}

test('pictures that the extension took show a reader of pixels nothing that was masked, and a text that they do show is found', async () => {
  outfit = await openOutfit(html, { pixels: 'permitted' })
  await outfit.agree()
  const page = await outfit.open('/')
  await page.locator('overt-indicator').waitFor({ state: 'attached' })
  for (let turn = 0; turn < 4; turn += 1) {
    await page.mouse.move(500, 400)
    await page.hover('button')
    await page.waitForTimeout(900)
    await page.click('button')
  }
  // Longer than an event waits for its batch and a batch for its picture.
  await page.waitForTimeout(3_000)
  await expect
    .poll(async () => (await outfit.ask<{ queued: number }>({ kind: 'standing', tab: -1, origin: outfit.site })).queued, {
      timeout: 60_000,
    })
    .toBe(0)
  const masked = await check(`${card}\n${canary}\n`)
  expect(masked).toMatchObject({ found: 0, unread: 0 })
  expect(masked.clear).toBeGreaterThan(0)
  expect((await check('orders: shipped in three\n')).found).toBe(masked.clear)
})
