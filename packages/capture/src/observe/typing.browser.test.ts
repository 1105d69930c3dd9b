import { decodeColumns } from '@overt/schema/words'
import type { Event } from '@overt/schema'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { type Stage, openStage } from '../../chromium.ts'
import { leaksOf } from '../../leaks.ts'
import { type Trial, startTrial } from '../../trial.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const card = '5500 0000 0000 0004'
const key = 'sk-live-AbCdEf0123456789AbCdEf0123456789'
const page = `<label>Note <input id=n style="width:90px"></label><button id=b>Next</button>
  <label>Long <textarea id=t style="height:20px;width:60px"></textarea></label>
  <div contenteditable id=c aria-label=Body style="width:60px;height:20px;overflow:auto;border:1px solid">.</div>
  <div style="height:3000px"></div>`

const texts = (events: readonly Event[]): readonly string[] =>
  events.flatMap((event) => (event.kind === 'text' ? [event.before, event.after] : []))

/** Milliseconds between two keys: batches, which go every 50, go while a part stands. */
const keyMs = 12

/** Types a secret with a pause in it, scrolls, and lets batches go; `leave` ends it. */
async function typeInParts(trial: Trial, field: string, secret: string): Promise<void> {
  await trial.page.click(field)
  await trial.page.keyboard.type(`my ${secret.slice(0, 12)}`, { delay: keyMs })
  await trial.page.mouse.wheel(0, 40)
  await trial.page.waitForTimeout(250)
  await trial.page.keyboard.type(secret.slice(12, -1), { delay: keyMs })
  await trial.page.keyboard.press('ArrowLeft')
  await trial.page.keyboard.press('ArrowRight')
  await trial.page.keyboard.press('Escape')
  await trial.page.keyboard.press('Control+B')
  await trial.tell('flush')
  await trial.page.keyboard.type(`${secret.slice(-1)} x`, { delay: keyMs })
  await trial.tell('flush')
}

for (const [field, leave] of [
  ['#n', 'Tab'],
  ['#n', 'Enter'],
  ['#n', 'click'],
  ['#t', 'click'],
  ['#t', 'Tab'],
  ['#c', 'click'],
  ['#c', 'Tab'],
] as const)
  test(`no part of a number or a key leaves ${field} while it is typed, nor at its end by ${leave}`, async () => {
    for (const [secret, open] of [
      [card, ''],
      [key, 'sk-live-'],
    ] as const) {
      const trial = await startTrial(stage, page, { record: { flushMs: 50 } })
      await typeInParts(trial, field, secret)
      if (leave === 'click') await trial.page.click('#b')
      else await trial.page.keyboard.press(leave)
      const events = await trial.events()
      await trial.stop()
      expect(leaksOf(trial.batches, secret, open)).toEqual([])
      expect(texts(events).at(-1)).toMatch(/^\.?my \[(?:CARD|SECRET)_\d\] x$/)
      expect(events.filter((event) => event.kind === 'scroll' && event.node !== -1)).toEqual([])
      await trial.page.close()
    }
  })

test('what may be half a number waits longer than the idle time, and is told when the field is left', async () => {
  const trial = await startTrial(stage, page, { record: { flushMs: 50 } })
  await trial.page.click('#n')
  await trial.page.keyboard.type('5500 0000')
  await trial.page.waitForTimeout(5_400)
  await trial.page.keyboard.type(' 0000 0004')
  await trial.page.click('#t')
  await trial.page.keyboard.type('a quiet word')
  await trial.page.waitForTimeout(5_400)
  await trial.tell('flush')
  const early = trial.batches.flatMap((batch) => decodeColumns(batch).events)
  expect(leaksOf(trial.batches, card)).toEqual([])
  expect(texts(early)).toEqual(['', '[CARD_1]', '', 'a quiet word'])
  await trial.page.close()
})

test('a number pasted in two halves is one number', async () => {
  const trial = await startTrial(stage, page, { record: { flushMs: 50 } })
  await trial.page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await trial.page.click('#n')
  for (const half of ['5500 0000 ', '0000 0004']) {
    await trial.page.evaluate((text) => navigator.clipboard.writeText(text), half)
    await trial.page.keyboard.press('Control+V')
    await trial.tell('flush')
  }
  await trial.page.click('#b')
  const events = await trial.events()
  expect(leaksOf(trial.batches, card)).toEqual([])
  expect(events.flatMap((event) => (event.kind === 'text' ? [event.after, event.cause] : []))).toEqual(['[CARD_1]', 'paste'])
  await trial.page.close()
})

test('where the page repeats what is being typed, it is masked until it is whole', async () => {
  const trial = await startTrial(
    stage,
    `<input id=n role=combobox style="width:90px" oninput="o.textContent='Search for '+value;d.textContent=value.replaceAll(' ','');document.title=value;m.value=value">
     <div role=listbox><div role=option id=o>None</div></div><p id=d></p><input id=m aria-label=Mirror><button id=b>Next</button><p tabindex=0 id=p>Text</p>`,
    { record: { flushMs: 50 } },
  )
  await trial.page.click('#n')
  for (const part of ['5500', ' 0000', ' 0000', ' 000']) {
    await trial.page.keyboard.type(part)
    await trial.page.keyboard.press('Escape')
    await trial.tell('flush')
  }
  await trial.page.evaluate(() => history.pushState(null, '', '/found'))
  await trial.page.keyboard.type('4')
  await trial.page.click('#b')
  await trial.page.click('#p')
  await trial.stop()
  expect(leaksOf(trial.batches, card)).toEqual([])
  await trial.page.close()
})

test('an ordinary number is in the observation of the click that leaves its field, and its text goes first', async () => {
  const trial = await startTrial(stage, page)
  await trial.page.click('#n')
  await trial.page.keyboard.type('1042')
  await trial.page.click('#b')
  await trial.page.click('#t')
  await trial.page.keyboard.type('R-2041')
  await trial.page.keyboard.press('Tab')
  const events = await trial.events()
  expect(events.map((event) => (event.kind === 'key' ? event.chord : event.kind))).toEqual([
    'click',
    'text',
    'click',
    'click',
    'text',
    'Tab',
    'focus',
  ])
  const seen = trial.observations().find((one) => one.id === events[2]?.observation)
  expect(seen?.nodes.find((node) => node.tag === 'input')?.value).toBe('1042')
  await trial.page.close()
})

test('a number that is cut off by a pause, a new task or the end leaves masked, and what is typed after the pause is judged whole', async () => {
  for (const cut of ['pause', 'stop', 'remove'] as const) {
    const trial = await startTrial(stage, page, { record: { flushMs: 50 } })
    await trial.page.click('#n')
    await trial.page.keyboard.type('card 5500 0000 000')
    if (cut === 'remove') await trial.page.evaluate(() => document.querySelector('#n')?.remove())
    else if (cut === 'pause') {
      await trial.tell('pause')
      await trial.page.keyboard.type('0')
      await trial.page.evaluate(() => (globalThis as unknown as { recording: { resume(): void } }).recording.resume())
      await trial.page.keyboard.press('Escape')
      await trial.page.keyboard.type(' 0004')
    }
    if (cut !== 'stop') await trial.page.click('#b')
    await trial.stop()
    expect(leaksOf(trial.batches, card)).toEqual([])
    expect(texts(trial.batches.flatMap((batch) => decodeColumns(batch).events))).toContain('[OTHER_1]')
    await trial.page.close()
  }
})

test('what was deleted counts: the rest of a number that stood whole is masked', async () => {
  const trial = await startTrial(stage, page)
  await trial.page.click('#n')
  await trial.page.keyboard.type(`is ${card}`)
  for (let count = 0; count < 5; count += 1) await trial.page.keyboard.press('Backspace')
  await trial.page.keyboard.type(' ok')
  await trial.page.click('#b')
  await trial.stop()
  expect(leaksOf(trial.batches, card)).toEqual([])
  await trial.page.close()
})

test('a field that the page writes itself, key by key, is held too', async () => {
  const trial = await startTrial(
    stage,
    `<input id=n aria-label=Note style="width:90px" onkeydown="if(event.key.length===1){event.preventDefault();this.value+=event.key}"><button id=b>Next</button>`,
    { record: { flushMs: 50 } },
  )
  await trial.page.click('#n')
  await trial.page.keyboard.type('5500 0000 0000', { delay: keyMs })
  await trial.page.keyboard.press('Escape')
  await trial.tell('flush')
  await trial.page.keyboard.type(' 0004', { delay: keyMs })
  await trial.page.click('#b')
  const events = await trial.events()
  expect(leaksOf(trial.batches, card)).toEqual([])
  expect(texts(events)).toEqual(['', '[CARD_1]'])
  await trial.page.close()
})
