import type { Event } from '@overt/schema'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { type Stage, openStage } from '../../chromium.ts'
import { overtBundle, papersFor, recordPage, startTrial } from '../../trial.ts'

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

test('what a button writes or takes back comes after the press of it, by that, and not by typing', async () => {
  const trial = await startTrial(
    stage,
    `<div contenteditable aria-label=Letter style="min-height:40px">Dear all, </div>
    <button onmousedown="event.preventDefault()" onclick="document.execCommand('insertText',false,'kind regards')">Sign</button>
    <button onmousedown="event.preventDefault()" onclick="setTimeout(()=>document.execCommand('undo'))">Undo</button>`,
  )
  await trial.page.click('div')
  await trial.page.keyboard.type('best and ')
  await trial.page.click('text=Sign')
  await trial.page.click('text=Undo')
  await trial.page.waitForFunction(() => !document.querySelector('div')?.innerText.includes('kind'))
  await trial.page.click('div')
  await trial.page.keyboard.type('PS')
  const events = await trial.events()
  expect(events.map((event) => (event.kind === 'text' ? event.cause : trial.rowOf(event)?.name))).toEqual([
    'Letter',
    'typed',
    'Sign',
    'pointer',
    'Undo',
    'pointer',
    'Letter',
    'typed',
  ])
  await trial.page.close()
})

for (const [how, clears] of [
  ['pointer', 'click'],
  ['keyboard', 'key'],
] as const)
  test(`a search field that is cleared by the ${how} is told so, after what was typed and the ${clears}, and what is typed next is another text`, async () => {
    const trial = await startTrial(stage, '<input type=search aria-label=Find style="width:200px">')
    await trial.page.click('input')
    await trial.page.keyboard.type('hello')
    const box = await trial.page.locator('input').boundingBox()
    if (how === 'keyboard') await trial.page.keyboard.press('Escape')
    else await trial.page.mouse.click((box?.x ?? 0) + 190, (box?.y ?? 0) + (box?.height ?? 0) / 2)
    expect(await trial.page.inputValue('input')).toBe('')
    await trial.page.keyboard.type('bye')
    const events = await trial.events()
    expect(events.map((event) => (event.kind === 'text' ? [event.before, event.after, event.cause] : event.kind))).toEqual([
      'click',
      ['', 'hello', 'typed'],
      clears,
      ['hello', '', how],
      ['', 'bye', 'typed'],
    ])
    await trial.page.close()
  })

test('a number that was typed comes before the tap that leaves its field', async () => {
  const context = await stage.browser.newContext({ hasTouch: true })
  const page = await context.newPage()
  await page.addInitScript({ path: overtBundle })
  await page.goto(stage.serve('/taps', '<!doctype html><input id=a aria-label=A><input id=b aria-label=B>'))
  const trial = await recordPage(page, await papersFor(stage.origin), {})
  await page.tap('#a')
  await page.keyboard.type('12345')
  await page.tap('#b')
  await page.keyboard.type('678')
  const events = await trial.events()
  expect(events.map((event) => (event.kind === 'text' ? event.after : trial.rowOf(event)?.name))).toEqual(['A', '12345', 'B', '678'])
  await context.close()
})

test('a page that scrolls in answer to a key has scrolled after it', async () => {
  const trial = await startTrial(stage, `<p tabindex=0 onkeydown="window.scrollTo(0, 900)">Down</p><div style="height:3000px"></div>`)
  await trial.page.focus('p')
  await trial.page.keyboard.down('Enter')
  await trial.page.waitForFunction(() => scrollY === 900)
  await trial.page.keyboard.up('Enter')
  await trial.page.waitForTimeout(300)
  expect(kinds(await trial.events())).toEqual(['key', 'scroll'])
  await trial.page.close()
})
