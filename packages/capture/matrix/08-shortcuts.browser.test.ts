import type { Event } from '@overt/schema'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { type Stage, openStage } from '../chromium.ts'
import { openMatrix } from './page.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const told = (events: readonly Event[]): readonly unknown[] =>
  events.map((event) => (event.kind === 'key' ? [event.chord, event.code] : event.kind === 'text' ? ['text', event.after] : event.kind))

describe('row 08: shortcuts', () => {
  test('Ctrl, Cmd and Alt chords are told once each, with code and modifiers, though the page prevents them', async () => {
    const trial = await openMatrix(stage, 'keys.html')
    await trial.page.focus('#page')
    for (const chord of ['Control+KeyS', 'Meta+KeyK', 'Alt+KeyJ', 'Control+Shift+KeyP']) await trial.page.keyboard.press(chord)
    expect(told(await trial.events())).toEqual([
      ['Control+S', 'KeyS'],
      ['Meta+K', 'KeyK'],
      ['Alt+J', 'KeyJ'],
      ['Control+Shift+P', 'KeyP'],
    ])
    await trial.page.close()
  })

  test('a key that the page stops at once is told', async () => {
    const trial = await openMatrix(stage, 'keys.html')
    await trial.page.focus('#stopped')
    await trial.page.keyboard.press('F4')
    await trial.page.keyboard.press('Control+KeyB')
    expect(told(await trial.events())).toEqual([
      ['F4', 'F4'],
      ['Control+B', 'KeyB'],
    ])
    await trial.page.close()
  })

  test('a chord of two strokes is both, in order', async () => {
    const trial = await openMatrix(stage, 'keys.html')
    await trial.page.focus('#page')
    await trial.page.keyboard.press('Control+KeyK')
    await trial.page.keyboard.press('Control+KeyC')
    expect(told(await trial.events())).toEqual([
      ['Control+K', 'KeyK'],
      ['Control+C', 'KeyC'],
    ])
    await trial.page.close()
  })

  test('a key that is held down is told once, and its repeats are counted', async () => {
    const trial = await openMatrix(stage, 'keys.html')
    await trial.page.focus('#page')
    for (let turn = 0; turn < 30; turn += 1) await trial.page.keyboard.down('F2')
    await trial.page.keyboard.up('F2')
    expect(told(await trial.events())).toEqual([['F2', 'F2']])
    expect((await trial.counters())['key.repeat']).toBe(29)
    await trial.page.close()
  })

  test('a shortcut in a field is told where it was pressed, and the text before it stays one text', async () => {
    const trial = await openMatrix(stage, 'keys.html')
    await trial.page.click('#field')
    await trial.page.keyboard.type('hello')
    await trial.page.keyboard.press('Control+KeyS')
    expect(told(await trial.events())).toEqual(['click', ['text', 'hello'], ['Control+S', 'KeyS']])
    await trial.page.close()
  })

  test('AltGr writes text: the sign is in the text and no key is told', async () => {
    const trial = await openMatrix(stage, 'keys.html')
    await trial.page.click('#field')
    const session = await trial.page.context().newCDPSession(trial.page)
    const sign = { key: '€', code: 'KeyE', text: '€', unmodifiedText: 'e', windowsVirtualKeyCode: 69 }
    await session.send('Input.dispatchKeyEvent', { type: 'keyDown', key: 'AltGraph', code: 'AltRight' })
    await session.send('Input.dispatchKeyEvent', { type: 'keyDown', ...sign })
    await session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...sign })
    await session.send('Input.dispatchKeyEvent', { type: 'keyUp', key: 'AltGraph', code: 'AltRight' })
    const value = await trial.page.inputValue('#field')
    expect(value).toBe('€')
    expect(told(await trial.events())).toEqual(['click', ['text', value]])
    await trial.page.close()
  })

  test('bare characters on the page are counted, never told', async () => {
    const trial = await openMatrix(stage, 'keys.html')
    await trial.page.focus('#page')
    await trial.page.keyboard.type('jk')
    expect(told(await trial.events())).toEqual([])
    expect((await trial.counters())['key.character']).toBe(2)
    await trial.page.close()
  })
})
