import type { Event } from '@overt/schema'
import type { CDPSession } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { type Stage, openStage } from '../chromium.ts'
import { type Trial, startTrial } from '../trial.ts'
import { openMatrix } from './page.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const fields = {
  input: '<form onsubmit="document.title=`sent`;return false"><input id=field aria-label=Note></form>',
  textarea: '<textarea id=field aria-label=Note></textarea>',
  contenteditable: '<div id=field contenteditable aria-label=Note style="width:300px;height:40px"></div>',
}
const tail = '<div style="height:3000px"></div>'
/** How an input method comes to a word: the parts are in no other word of the tests. */
const parts = ['k', 'か', 'かn', 'かん', 'かんj', 'かんじ']

interface Desk {
  readonly trial: Trial
  readonly session: CDPSession
}

async function open(html: string): Promise<Desk> {
  const trial = await startTrial(stage, html + tail, { record: { flushMs: 50 } })
  await trial.page.click('#field')
  return { trial, session: await trial.page.context().newCDPSession(trial.page) }
}

/** What a key does that the input method takes: it is told to the page, and writes nothing. */
async function press({ session }: Desk, code: string, key = 'Process'): Promise<void> {
  await session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key, code, windowsVirtualKeyCode: 229 })
  await session.send('Input.dispatchKeyEvent', { type: 'keyUp', key, code, windowsVirtualKeyCode: 229 })
}

async function compose(desk: Desk, steps: readonly string[]): Promise<void> {
  for (const text of steps) {
    await press(desk, 'KeyK')
    await desk.session.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length })
  }
}

/** The person takes a word that the input method offers. */
async function take(desk: Desk, text: string): Promise<void> {
  await press(desk, 'Enter', 'Enter')
  await desk.session.send('Input.insertText', { text })
}

const holds = (trial: Trial): Promise<string> =>
  trial.page.locator('#field').evaluate((field) => ('value' in field ? String(field.value) : (field.textContent ?? '')))
const told = (events: readonly Event[]): readonly unknown[] =>
  events
    .filter(({ kind }) => kind !== 'scroll' && kind !== 'navigate')
    .map((event) => (event.kind === 'text' ? [event.before, event.after, event.cause] : event.kind === 'key' ? event.chord : event.kind))
/** Parts of the composition that have left, in an event or in what was seen. */
const left = ({ batches }: Trial): readonly string[] => batches.flatMap(({ strings }) => strings).filter((text) => /か|ん|じ/.test(text))

describe('row 05: IME, dead keys', () => {
  for (const [name, html] of Object.entries(fields)) {
    test(`${name}: two words of an input method among plain letters are one text, once, and its keys are none`, async () => {
      const desk = await open(html)
      const { trial } = desk
      await trial.page.keyboard.type('a')
      await compose(desk, parts)
      await take(desk, '漢字')
      await compose(desk, ['h', 'ひ'])
      await take(desk, '火')
      await trial.page.keyboard.type('b')
      const held = await holds(trial)
      expect(held).toBe('a漢字火b')
      const events = await trial.events()
      expect(told(events)).toEqual(['click', ['', held, 'typed']])
      expect(trial.rowOf(events[1])).toMatchObject({ name: 'Note' })
      expect(await trial.page.title()).toBe('Trial')
      expect(left(trial)).toEqual([])
      await trial.page.close()
    })

    test(`${name}: no part of a composition leaves before it ends, whatever happens meanwhile`, async () => {
      const desk = await open(html)
      const { trial } = desk
      await compose(desk, parts)
      await trial.page.mouse.wheel(0, 40)
      await trial.page.waitForFunction(() => scrollY > 0)
      await trial.page.evaluate(() => history.pushState(null, '', '/elsewhere'))
      await trial.tell('flush')
      // Longer than a field that is left alone is waited for.
      await trial.page.waitForTimeout(5_400)
      await trial.tell('flush')
      expect(left(trial)).toEqual([])
      await take(desk, '漢字')
      const held = await holds(trial)
      expect(held).toBe('漢字')
      expect(told(await trial.events())).toEqual(['click', ['', held, 'typed']])
      expect(left(trial)).toEqual([])
      await trial.page.close()
    })

    test(`${name}: a recording that stops in the middle of a composition tells that something was written, not what`, async () => {
      const desk = await open(html)
      await compose(desk, parts)
      await desk.trial.stop()
      expect(left(desk.trial)).toEqual([])
      expect(told(await desk.trial.events())).toEqual(['click', ['', '[OTHER_1]', 'typed']])
      await desk.trial.page.close()
    })

    test(`${name}: of a composition that is given up nothing is told`, async () => {
      const desk = await open(html)
      await compose(desk, [...parts, ''])
      expect(await holds(desk.trial)).toBe('')
      expect(told(await desk.trial.events())).toEqual(['click'])
      expect(left(desk.trial)).toEqual([])
      await desk.trial.page.close()
    })

    test(`${name}: a dead key and the letter after it are one letter of the text, and no keys`, async () => {
      const { trial, session } = await open(html)
      const dead = { key: 'Dead', code: 'Quote', windowsVirtualKeyCode: 222 }
      const letter = { key: 'é', code: 'KeyE', windowsVirtualKeyCode: 69 }
      await trial.page.keyboard.type('caf')
      for (const key of [dead, { ...letter, text: 'é', unmodifiedText: 'e' }]) {
        await session.send('Input.dispatchKeyEvent', { type: 'keyDown', ...key })
        await session.send('Input.dispatchKeyEvent', { type: 'keyUp', key: key.key, code: key.code })
      }
      const held = await holds(trial)
      expect(held).toBe('café')
      expect(told(await trial.events())).toEqual(['click', ['', held, 'typed']])
      await trial.page.close()
    })
  }

  test('an editor that draws its own text: one text, and no part of it before the composition ends', async () => {
    const trial = await openMatrix(stage, 'editors.ts', { record: { flushMs: 50 } })
    await trial.page.click('#context')
    const desk: Desk = { trial, session: await trial.page.context().newCDPSession(trial.page) }
    await compose(desk, parts)
    await trial.page.evaluate(() => history.pushState(null, '', '/elsewhere'))
    await trial.tell('flush')
    expect(left(trial)).toEqual([])
    await desk.session.send('Input.insertText', { text: '漢字' })
    const held: string = await trial.page.evaluate('held.context()')
    expect(held).toBe('漢字')
    expect(told(await trial.events())).toEqual(['click', ['', held, 'typed']])
    await trial.page.close()
  })
})
