import type { Event } from '@overt/schema'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { type Stage, openStage } from '../../chromium.ts'
import { startTrial } from '../../trial.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const kinds = (events: readonly Event[]): string[] => events.map((event) => event.kind)

test('typed text is one event when the field is left, and no key is told', async () => {
  const trial = await startTrial(stage, '<input id=i aria-label=Note value=old><button>Go</button>')
  await trial.page.click('#i')
  await trial.page.keyboard.press('End')
  await trial.page.keyboard.type(' and new')
  await trial.page.keyboard.press('Backspace')
  await trial.page.click('button')
  const events = await trial.events()
  expect(kinds(events)).toEqual(['click', 'text', 'click'])
  expect(events[1]).toMatchObject({ before: 'old', after: 'old and ne', cause: 'typed', secret: false })
  expect(trial.rowOf(events[1])).toMatchObject({ name: 'Note', value: 'old' })
  expect(trial.rowOf(events[2])).toMatchObject({ name: 'Go' })
  await trial.page.close()
})

test('Enter that sends a form comes after the text, once, with the form', async () => {
  const trial = await startTrial(stage, '<form onsubmit="event.preventDefault()"><input aria-label=Search><button>Find</button></form>')
  await trial.page.click('input')
  await trial.page.keyboard.type('gus')
  await trial.page.keyboard.press('Enter')
  const events = await trial.events()
  expect(kinds(events)).toEqual(['click', 'text', 'key', 'submit'])
  expect(events[2]).toMatchObject({ chord: 'Enter', code: 'Enter' })
  expect(events[3]).toMatchObject({ cause: 'keyboard' })
  await trial.page.close()
})

test('Enter in a field of many lines is text where it makes a line, and a key where the page takes it', async () => {
  const trial = await startTrial(
    stage,
    `<textarea id=a></textarea><textarea id=b onkeydown="if(event.key==='Enter'){event.preventDefault();this.value=''}"></textarea>`,
  )
  await trial.page.click('#a')
  await trial.page.keyboard.type('one\ntwo')
  await trial.page.click('#b')
  await trial.page.keyboard.type('sent')
  await trial.page.keyboard.press('Enter')
  const events = await trial.events()
  expect(kinds(events)).toEqual(['click', 'text', 'click', 'text', 'key'])
  expect(events[1]).toMatchObject({ after: 'one\ntwo' })
  expect(events[3]).toMatchObject({ after: 'sent' })
  await trial.page.close()
})

test('a pasted text is told as pasted, and the clipboard by kind and size class only', async () => {
  const trial = await startTrial(stage, '<input id=a value="blue whale"><input id=b>')
  await trial.page.click('#a')
  await trial.page.keyboard.press('Control+A')
  await trial.page.keyboard.press('Control+C')
  await trial.page.click('#b')
  await trial.page.keyboard.press('Control+V')
  const events = await trial.events()
  expect(kinds(events)).toEqual(['click', 'key', 'clipboard', 'click', 'clipboard', 'text'])
  expect(events[2]).toMatchObject({ operation: 'copy', content: '', sizeClass: 1 })
  expect(events[5]).toMatchObject({ after: 'blue whale', cause: 'paste' })
  await trial.page.close()
})

test('an editable element commits its text', async () => {
  const trial = await startTrial(stage, '<div contenteditable aria-label=Body style="width:300px;height:80px"></div>')
  await trial.page.click('div')
  await trial.page.keyboard.type('hello you')
  const events = await trial.events()
  expect(kinds(events)).toEqual(['click', 'text'])
  expect(events[1]).toMatchObject({ after: 'hello you' })
  await trial.page.close()
})

test('a native select is one event, by letters and Enter or by arrows', async () => {
  const trial = await startTrial(stage, '<select aria-label=Size><option>Small<option>Medium<option>Large</select><button>Go</button>')
  await trial.page.focus('select')
  await trial.page.keyboard.press('ArrowDown')
  await trial.page.keyboard.press('ArrowDown')
  await trial.page.click('button')
  await trial.page.focus('select')
  await trial.page.keyboard.type('Sm')
  const events = await trial.events()
  expect(kinds(events)).toEqual(['select', 'click', 'select'])
  expect(events[0]).toMatchObject({ before: 'Small', after: 'Large', cause: 'keyboard' })
  expect(events[2]).toMatchObject({ before: 'Large', after: 'Small' })
  expect(trial.rowOf(events[0])).toMatchObject({ role: 'combobox', name: 'Size', value: 'Small' })
  await trial.page.close()
})

test('a native select opened with the mouse makes no phantom clicks', async () => {
  const trial = await startTrial(stage, '<select aria-label=Size><option>Small<option>Medium<option>Large</select>')
  const box = await trial.page.locator('select').boundingBox()
  await trial.page.mouse.click((box?.x ?? 0) + 10, (box?.y ?? 0) + 5)
  await trial.page.keyboard.type('Large')
  await trial.page.keyboard.press('Enter')
  const events = await trial.events()
  expect(kinds(events)).toEqual(['select'])
  expect(events[0]).toMatchObject({ before: 'Small', after: 'Large' })
  await trial.page.close()
})

test('lines of a list are one select each, without a click', async () => {
  const trial = await startTrial(stage, '<select multiple size=3 aria-label=Many><option>A<option>B<option>C</select>')
  await trial.page.click('option:nth-child(2)')
  await trial.page.click('option:nth-child(3)', { modifiers: ['Control'] })
  const events = await trial.events()
  expect(new Set(kinds(events))).toEqual(new Set(['select']))
  expect(events.at(-1)).toMatchObject({ after: 'B\u001fC', cause: 'pointer' })
  await trial.page.close()
})

test('check boxes and radio buttons are one event, by box, label or key', async () => {
  const trial = await startTrial(
    stage,
    '<input type=checkbox id=a aria-label=A><label id=l><input type=checkbox id=b>B</label><input type=radio name=r id=c aria-label=C><input type=radio name=r id=d aria-label=D>',
  )
  await trial.page.click('#a')
  await trial.page.locator('#l').click({ position: { x: 24, y: 8 } })
  await trial.page.click('#c')
  await trial.page.keyboard.press('ArrowRight')
  await trial.page.focus('#a')
  await trial.page.keyboard.press('Space')
  const events = await trial.events()
  expect(
    events.map((event) => (event.kind === 'check' ? [event.before, event.after, event.cause, trial.rowOf(event)?.name] : event.kind)),
  ).toEqual([
    [false, true, 'pointer', 'A'],
    [false, true, 'label', 'B'],
    [false, true, 'pointer', 'C'],
    [false, true, 'keyboard', 'D'],
    [true, false, 'keyboard', 'A'],
  ])
  await trial.page.close()
})

test('sliders, dates and numbers tell their final value', async () => {
  const trial = await startTrial(
    stage,
    '<input type=range id=r min=0 max=100 value=0 aria-label=Volume style="width:200px"><input type=date id=d aria-label=Day><input type=number id=n aria-label=Count value=1>',
  )
  await trial.page.click('#r', { position: { x: 100, y: 8 } })
  await trial.page.click('#d', { position: { x: 10, y: 8 } })
  await trial.page.keyboard.type('11232026')
  await trial.page.click('#n', { position: { x: 10, y: 8 } })
  await trial.page.keyboard.press('Control+A')
  await trial.page.keyboard.type('42')
  const events = await trial.events()
  const values = events.filter((event) => event.kind === 'value')
  expect(values.map(({ before, after }) => [before, after])).toEqual([
    ['0', '50'],
    ['', '2026-11-23'],
    ['1', '42'],
  ])
  expect(kinds(events)).toEqual(['value', 'click', 'value', 'click', 'key', 'value'])
  await trial.page.close()
})

test('shortcuts are told once, in one spelling; characters and AltGr never', async () => {
  const trial = await startTrial(stage, `<p tabindex=0>Page</p><input id=i>`)
  await trial.page.focus('p')
  await trial.page.keyboard.press('Control+s')
  await trial.page.keyboard.press('Control+Shift+K')
  await trial.page.keyboard.press('j')
  await trial.page.keyboard.press('Escape')
  await trial.page.keyboard.press('F2')
  await trial.page.keyboard.press('Tab')
  const events = await trial.events()
  expect(events.map((event) => (event.kind === 'key' ? event.chord : event.kind))).toEqual([
    'Control+S',
    'Control+Shift+K',
    'Escape',
    'F2',
    'Tab',
    'focus',
  ])
  expect((await trial.counters())['key.character']).toBe(1)
  await trial.page.close()
})

test('attack 25: no byte of a password leaves, not even when it is revealed', async () => {
  const canary = 'Tr0ub4dor-canary'
  const trial = await startTrial(
    stage,
    '<input type=password id=p aria-label=Password><input id=c autocomplete=cc-number aria-label=Card><button onclick="p.type=\'text\'">Show</button>',
  )
  await trial.page.click('#p')
  await trial.page.keyboard.type(canary)
  await trial.page.click('button')
  await trial.page.click('#p')
  await trial.page.keyboard.type(canary)
  await trial.page.click('#c')
  await trial.page.keyboard.type('4539107711121314')
  const events = await trial.events()
  expect(events.filter((event) => event.kind === 'text').map(({ before, after, secret }) => [before, after, secret])).toEqual([
    ['', '', true],
    ['', '', true],
    ['', '', true],
  ])
  await trial.stop()
  const wire = JSON.stringify(trial.batches)
  for (const part of ['Tr0ub4dor', 'canary', '4539']) expect(wire).not.toContain(part)
  await trial.page.close()
})
