import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { findChromium, launchBrowser } from './browser.ts'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'overt browser '))
  await writeFile(join(folder, 'chromium'), '#!/bin/sh\nexit 3\n')
  await chmod(join(folder, 'chromium'), 0o755)
})

afterAll(() => rm(folder, { recursive: true, force: true }))

test('Chromium is looked for on the search path', () => {
  expect(findChromium({ PATH: folder })).toBe(join(folder, 'chromium'))
})

test('OVERT_CHROMIUM goes before the search path, and nothing replaces it where it cannot be run', () => {
  expect(findChromium({ PATH: folder, OVERT_CHROMIUM: join(folder, 'none') })).toBeUndefined()
})

test('a missing browser is told with what to do', async () => {
  await expect(launchBrowser({ executablePath: join(folder, 'none') })).rejects.toMatchObject({
    code: 'OVT-1501',
    message: expect.stringContaining('Install one'),
  })
})

test('a browser that does not start is told', async () => {
  await expect(launchBrowser({ executablePath: join(folder, 'chromium') })).rejects.toMatchObject({ code: 'OVT-1502' })
})
