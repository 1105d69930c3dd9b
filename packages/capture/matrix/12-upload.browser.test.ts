import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { CDPSession } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { type Stage, openStage } from '../chromium.ts'
import type { Trial } from '../trial.ts'
import { openMatrix } from './page.ts'

let stage: Stage
let folder: string
beforeAll(async () => {
  stage = await openStage()
  folder = await mkdtemp(join(tmpdir(), 'overt-canary-'))
  await writeFile(join(folder, 'canary-divorce.pdf'), 'x'.repeat(2_000))
  await writeFile(join(folder, 'canary-scan.png'), 'x'.repeat(200_000))
})
afterAll(async () => {
  await stage.close()
  await rm(folder, { recursive: true, force: true })
})

/** What the browser's own chooser does when the person has chosen: the events that follow are trusted. */
async function choose(trial: Trial, press: string, input: string, names: readonly string[]): Promise<CDPSession> {
  const session = await trial.page.context().newCDPSession(trial.page)
  const opened = trial.page.waitForEvent('filechooser')
  await trial.page.click(press)
  await opened
  const { result } = await session.send('Runtime.evaluate', { expression: `document.querySelector('${input}')` })
  const files = names.map((name) => join(folder, name))
  await session.send('DOM.setFileInputFiles', { files, ...(result.objectId === undefined ? {} : { objectId: result.objectId }) })
  await trial.page.waitForTimeout(100)
  return session
}

async function expectNoNames(trial: Trial): Promise<void> {
  await trial.stop()
  expect(await trial.page.evaluate('seen')).toBeGreaterThan(0)
  expect(JSON.stringify(trial.batches)).not.toContain('canary')
  await trial.page.close()
}

describe('row 12: file upload', () => {
  test('a file input tells how many, what sort and what size class, and no name', async () => {
    const trial = await openMatrix(stage, 'files.html')
    await choose(trial, '#plain', '#plain', ['canary-divorce.pdf', 'canary-scan.png'])
    const events = await trial.events()
    expect(events.map((event) => event.kind)).toEqual(['click', 'upload'])
    expect(events[1]).toMatchObject({ count: 2, sort: 'mixed', sizeClass: 2, how: 'input', cause: 'pointer' })
    expect(trial.rowOf(events[1])?.name).toBe('Scan')
    await expectNoNames(trial)
  })

  test('a hidden input behind a button tells of the button that was pressed', async () => {
    const trial = await openMatrix(stage, 'files.html')
    await choose(trial, 'button', '#hidden', ['canary-divorce.pdf'])
    const events = await trial.events()
    expect(events.map((event) => event.kind)).toEqual(['click', 'upload'])
    expect(events[1]).toMatchObject({ count: 1, sort: 'document', sizeClass: 1, how: 'input' })
    expect(trial.rowOf(events[1])?.name).toBe('Attach')
    await expectNoNames(trial)
  })

  test('a folder is told as one', async () => {
    const trial = await openMatrix(stage, 'files.html')
    await choose(trial, '#folder', '#folder', [''])
    const upload = (await trial.events()).find((event) => event.kind === 'upload')
    expect(upload).toMatchObject({ count: 2, sort: 'mixed', how: 'folder' })
    await expectNoNames(trial)
  })

  test('files that are dropped are one upload where they fell', async () => {
    const trial = await openMatrix(stage, 'files.html')
    const session = await trial.page.context().newCDPSession(trial.page)
    const box = await trial.page.locator('#drop').boundingBox()
    const point = { x: (box?.x ?? 0) + 20, y: (box?.y ?? 0) + 20 }
    const data = { items: [], files: [join(folder, 'canary-scan.png')], dragOperationsMask: 1 }
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) await session.send('Input.dispatchDragEvent', { type, ...point, data })
    await trial.page.waitForTimeout(100)
    const events = await trial.events()
    expect(events.map((event) => event.kind)).toEqual(['upload'])
    expect(events[0]).toMatchObject({ count: 1, sort: 'image', sizeClass: 2, how: 'drop' })
    expect(trial.rowOf(events[0])?.name).toBe('Drop files here')
    await expectNoNames(trial)
  })
})
