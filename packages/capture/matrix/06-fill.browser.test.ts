import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { Event as Told } from '@overt/schema'
import { type CDPSession, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { type Stage, chromiumPath, openStage } from '../chromium.ts'
import { type Trial, overtBundle, papersFor, recordPage } from '../trial.ts'
import { matrixHtml, openMatrix } from './page.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const card = { number: '4539107711121314', name: 'Ada Lovelace', expiryMonth: '11', expiryYear: '2031', cvc: '417' }
const address = {
  fields: Object.entries({
    NAME_FULL: 'Ada Lovelace',
    ADDRESS_HOME_STREET_ADDRESS: '12 High Street',
    ADDRESS_HOME_CITY: 'Berlin',
    ADDRESS_HOME_ZIP: '10115',
    ADDRESS_HOME_COUNTRY: 'DE',
    EMAIL_ADDRESS: 'ada@lovelace.example',
  }).map(([name, value]) => ({ name, value })),
}
const login = { user: 'gus@office.example', password: 'Velvet-Hammer-83!' }

const told = (events: readonly Told[], trial: Trial): readonly unknown[] =>
  events.flatMap((event): readonly unknown[] => {
    if (event.kind === 'text') return [[trial.rowOf(event)?.name, event.before, event.secret ? 'secret' : event.after, event.cause]]
    if (event.kind === 'select') return [[trial.rowOf(event)?.name, event.before, event.after, event.cause]]
    return event.kind === 'key' ? [event.chord] : []
  })

/** What the page says that every field of a form holds. */
const holds = (trial: Trial, form: string): Promise<readonly string[]> =>
  trial.page
    .locator(`${form} input, ${form} select`)
    .evaluateAll((fields) => fields.map((field) => ('value' in field ? String(field.value) : '')))

/** Has Chromium's own autofill fill in the form of a field, as its drop-down does; until it has, since it reads the form in its own time. */
async function autofill(
  trial: Trial,
  field: string,
  given: { readonly card: typeof card } | { readonly address: typeof address },
): Promise<void> {
  const session = await trial.page.context().newCDPSession(trial.page)
  await session.send('DOM.enable')
  await session.send('Autofill.enable')
  const { root } = await session.send('DOM.getDocument')
  const { nodeId } = await session.send('DOM.querySelector', { nodeId: root.nodeId, selector: field })
  const { node } = await session.send('DOM.describeNode', { nodeId })
  const filled = (): Promise<boolean> => trial.page.locator(field).evaluate((element) => element.matches(':autofill'))
  for (let turn = 0; turn < 50 && !(await filled()); turn += 1) {
    await session.send('Autofill.trigger', { fieldId: node.backendNodeId, ...given }).catch(() => {})
    await trial.page.waitForTimeout(200)
  }
  expect(await filled()).toBe(true)
  await session.detach()
}

/** Writes into fields by their ids, with the events that a page may wait for. */
const filler = `((values) => {
  for (const [id, value] of Object.entries(values)) {
    const field = document.getElementById(id)
    field.focus()
    for (const type of ['keydown', 'keypress', 'keyup']) field.dispatchEvent(new KeyboardEvent(type, { bubbles: true }))
    field.value = value
    for (const type of ['input', 'change']) field.dispatchEvent(new Event(type, { bubbles: true }))
    field.blur()
  }
})`

/** Writes into fields as an extension's content script does: in a world of its own, with events that no hand made. */
async function fillIn(trial: Trial, values: Readonly<Record<string, string>>): Promise<void> {
  const session: CDPSession = await trial.page.context().newCDPSession(trial.page)
  const { frameTree } = await session.send('Page.getFrameTree')
  const { executionContextId } = await session.send('Page.createIsolatedWorld', { frameId: frameTree.frame.id, worldName: 'extension' })
  const expression = `${filler}(${JSON.stringify(values)})`
  const { exceptionDetails } = await session.send('Runtime.evaluate', { expression, contextId: executionContextId })
  expect(exceptionDetails).toBeUndefined()
  await session.detach()
}

/** A Chromium with an extension that fills in a login, as a password manager does: it waits for the focus, and reads and writes a moment later. */
async function openWithFiller(): Promise<{ readonly trial: Trial; close(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'filler-'))
  const manifest = {
    manifest_version: 3,
    name: 'Filler',
    version: '1',
    content_scripts: [{ matches: ['http://127.0.0.1/*'], js: ['fill.js'] }],
  }
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest))
  await writeFile(
    join(folder, 'fill.js'),
    `document.addEventListener('focusin', () => setTimeout(() => ${filler}(${JSON.stringify(login)}), 100), { once: true })`,
  )
  const context = await chromium.launchPersistentContext(join(folder, 'profile'), {
    executablePath: chromiumPath,
    channel: 'chromium',
    viewport: { width: 1000, height: 700 },
    ignoreDefaultArgs: ['--disable-extensions'],
    args: [
      '--no-sandbox',
      `--load-extension=${folder}`,
      `--disable-extensions-except=${folder}`,
      '--disable-features=DisableLoadExtensionCommandLineSwitch',
    ],
  })
  const page = await context.newPage()
  await page.addInitScript({ path: overtBundle })
  await page.goto(stage.serve('/filled', `<!doctype html><meta charset=utf-8><body>${await matrixHtml(stage, 'fill.html')}`))
  const trial = await recordPage(page, await papersFor(stage.origin), {})
  return {
    trial,
    close: async () => {
      await context.close()
      await rm(folder, { recursive: true, force: true, maxRetries: 10 })
    },
  }
}

const sent = (trial: Trial): string => JSON.stringify(trial.batches)

describe('row 06: autofill, password managers', () => {
  test("an address that Chromium's autofill fills in is a fill of every field, by its name, redacted, and no typing", async () => {
    const trial = await openMatrix(stage, 'fill.html')
    await trial.page.click('#name')
    await autofill(trial, '#name', { address })
    expect(await holds(trial, '#ship')).toEqual(['Ada Lovelace', '12 High Street', 'Berlin', '10115', 'DE', 'ada@lovelace.example'])
    await trial.page.click('button')
    const fills = told(await trial.events(), trial)
    expect(fills).toEqual([
      ['Full name', '', '[PERSON_1]', 'fill'],
      ['Street', '', '[ADDRESS_1]', 'fill'],
      ['City', '', 'Berlin', 'fill'],
      ['Zip', '', '10115', 'fill'],
      ['Country', 'None', 'Germany', 'fill'],
      ['Email', '', '[EMAIL_1]', 'fill'],
    ])
    for (const own of ['ada@lovelace', 'Lovelace', 'High Street']) expect(sent(trial)).not.toContain(own)
    await trial.page.close()
  })

  test('a card that it fills in is a fill of every field, and nothing of its number, date and code is read', async () => {
    const trial = await openMatrix(stage, 'fill.html')
    await trial.page.click('#number')
    await autofill(trial, '#number', { card })
    const [, number, expiry, cvc] = await holds(trial, '#pay')
    expect([number, cvc]).toEqual([card.number, card.cvc])
    await trial.page.click('button')
    const events = await trial.events()
    for (const name of ['Card number', 'Expires', 'CVC']) expect(told(events, trial)).toContainEqual([name, '', 'secret', 'fill'])
    expect(events.flatMap((event) => (event.kind === 'text' && event.cause !== 'fill' ? [event] : []))).toEqual([])
    await trial.stop()
    for (const secret of [card.number, expiry ?? '', `"${card.cvc}"`]) expect(sent(trial)).not.toContain(secret)
    await trial.page.close()
  })

  test('the keys that autofill tells of are none, and keys are recorded after it', async () => {
    const trial = await openMatrix(stage, 'fill.html')
    await autofill(trial, '#name', { address })
    await autofill(trial, '#number', { card })
    await trial.page.click('#city')
    await trial.page.keyboard.press('End')
    await trial.page.keyboard.type(' West')
    await trial.page.keyboard.press('Control+S')
    const events = told(await trial.events(), trial)
    expect(events.slice(-2)).toEqual([['City', 'Berlin', 'Berlin West', 'typed'], 'Control+S'])
    expect(Object.keys(await trial.counters()).filter((name) => /^(?:failed|off)\./.test(name))).toEqual([])
    await trial.page.close()
  })

  test('what was typed before autofill took over is a text of its own', async () => {
    const trial = await openMatrix(stage, 'fill.html')
    await trial.page.click('#name')
    await trial.page.keyboard.type('Ad')
    await autofill(trial, '#name', { address })
    const own = told(await trial.events(), trial).filter((one) => Array.isArray(one) && one[0] === 'Full name')
    expect(await trial.page.inputValue('#name')).toBe('Ada Lovelace')
    expect(own).toEqual([
      ['Full name', '', 'Ad', 'typed'],
      ['Full name', 'Ad', '[PERSON_1]', 'fill'],
    ])
    await trial.page.close()
  })

  test('what a content script writes is a fill, redacted, and of a password only that it was filled in', async () => {
    const trial = await openMatrix(stage, 'fill.html')
    await trial.page.click('#user')
    await fillIn(trial, login)
    expect(await holds(trial, '#login')).toEqual([login.user, login.password, ''])
    await trial.page.click('button')
    const events = await trial.events()
    expect(told(events, trial)).toEqual([
      ['User', '', '[EMAIL_1]', 'fill'],
      ['Password', '', 'secret', 'fill'],
    ])
    await trial.stop()
    expect(sent(trial)).not.toContain(login.user)
    expect(sent(trial)).not.toContain(login.password)
    await trial.page.close()
  })

  test("what an extension's content script writes when its field has the focus is a fill too", async () => {
    const { trial, close } = await openWithFiller()
    await trial.page.click('#user')
    await expect.poll(() => holds(trial, '#login'), { timeout: 20_000 }).toEqual([login.user, login.password, ''])
    await trial.page.click('button')
    expect(told(await trial.events(), trial)).toEqual([
      ['User', '', '[EMAIL_1]', 'fill'],
      ['Password', '', 'secret', 'fill'],
    ])
    await trial.stop()
    for (const secret of Object.values(login)) expect(sent(trial)).not.toContain(secret)
    await close()
  })

  test('what is typed before and after a content script writes is told apart from it', async () => {
    const trial = await openMatrix(stage, 'fill.html')
    await trial.page.click('#city')
    await trial.page.keyboard.type('Be')
    await trial.page.waitForTimeout(300)
    await trial.page.evaluate(() => {
      const field = document.querySelector<HTMLInputElement>('#city')
      if (field !== null) field.value = 'Berlin'
      field?.dispatchEvent(new Event('input', { bubbles: true }))
    })
    await trial.page.keyboard.press('End')
    await trial.page.keyboard.type(' East')
    expect(await trial.page.inputValue('#city')).toBe('Berlin East')
    expect(told(await trial.events(), trial)).toEqual([
      ['City', '', 'Be', 'typed'],
      ['City', 'Be', 'Berlin', 'fill'],
      ['City', 'Berlin', 'Berlin East', 'typed'],
    ])
    await trial.page.close()
  })

  test('what a page makes of each letter that is typed is typed, and an event without a change is nothing', async () => {
    const trial = await openMatrix(stage, 'fill.html')
    await trial.page.evaluate(() => document.querySelector('#city')?.dispatchEvent(new Event('input', { bubbles: true })))
    await trial.page.click('#plate')
    await trial.page.keyboard.type('abc')
    expect(await trial.page.inputValue('#plate')).toBe('ABC')
    expect(told(await trial.events(), trial)).toEqual([['Plate', '', 'ABC', 'typed']])
    await trial.page.close()
  })

  test("nothing in the event of a script tells whether it is the page's own or another's that fills in", async () => {
    const trial = await openMatrix(stage, 'fill.html')
    await trial.page.evaluate(() => {
      const heard: Record<string, unknown>[] = []
      Object.assign(globalThis, { heard })
      document.addEventListener('input', (event) => {
        const facts: Record<string, unknown> = {}
        for (const name in event) facts[name] = name === 'timeStamp' ? 0 : String(Reflect.get(event, name)) // oxlint-disable-line typescript/no-base-to-string -- all that it says
        heard.push(facts)
      })
    })
    await fillIn(trial, { city: 'Kiel' })
    await trial.page.evaluate(`${filler}({ city: 'Lyon' })`)
    const heard = await trial.page.evaluate<readonly Record<string, unknown>[]>('heard')
    expect(heard).toHaveLength(2)
    expect(heard[0]).toMatchObject({ isTrusted: 'false', type: 'input' })
    expect(heard[1]).toEqual(heard[0])
    await trial.page.close()
  })
})
