import type { Event } from '@overt/schema'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { type Stage, openStage } from '../chromium.ts'
import type { Trial } from '../trial.ts'
import { openMatrix } from './page.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const card = '5500 0000 0000 0004'
/** A plain word that no detector can know: it may leave only where it was pasted into a field that is recorded. */
const word = 'windmillkey'

async function open(): Promise<Trial> {
  const trial = await openMatrix(stage, 'clipboard.html')
  await trial.page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  return trial
}

const clipboard = (trial: Trial): Promise<string> => trial.page.evaluate(() => navigator.clipboard.readText())
const put = (trial: Trial, text: string): Promise<void> => trial.page.evaluate((given) => navigator.clipboard.writeText(given), text)
/** Upper ends, exclusive, as the schema's words have them: nothing, a word or two, a line or two, a page, more. */
const classOf = (text: string): number => [1, 33, 257, 4_097].filter((end) => text.length >= end).length

/** What the browser does for an entry of its menu. */
async function command(trial: Trial, name: 'copy' | 'cut' | 'paste'): Promise<void> {
  const session = await trial.page.context().newCDPSession(trial.page)
  await session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key: 'Unidentified', commands: [name] })
  await session.send('Input.dispatchKeyEvent', { type: 'keyUp', key: 'Unidentified' })
  await session.detach()
}

const told = (events: readonly Event[], trial: Trial): readonly unknown[] =>
  events.flatMap((event): readonly unknown[] => {
    const name = trial.rowOf(event)?.name
    if (event.kind === 'clipboard') return [[event.operation, name, event.sizeClass, event.content]]
    if (event.kind === 'text') return [['text', name, event.before, event.after, event.cause]]
    if (event.kind === 'drag')
      return [
        [
          'drag',
          name,
          trial
            .observations()
            .find(({ id }) => id === event.observation)
            ?.nodes.find(({ id }) => id === event.toNode)?.name,
        ],
      ]
    return event.kind === 'key' && event.chord !== 'Control+A' ? [event.chord] : []
  })

const sent = (trial: Trial): string => JSON.stringify(trial.batches)

describe('row 07: cut, copy, paste by keys, menu, drag', () => {
  for (const [copy, cut, paste] of [
    ['Control+C', 'Control+X', 'Control+V'],
    ['Control+Insert', 'Shift+Delete', 'Shift+Insert'],
  ] as const)
    test(`by ${copy}, ${cut} and ${paste}: one event each with its size, no key, no content, and the text where it was pasted`, async () => {
      const trial = await open()
      await trial.page.click('#from')
      await trial.page.keyboard.press('Control+A')
      await trial.page.keyboard.press(copy)
      const copied = await clipboard(trial)
      await trial.page.click('#to')
      await trial.page.keyboard.press(paste)
      await trial.page.click('#from')
      await trial.page.keyboard.press('Control+A')
      await trial.page.keyboard.press(cut)
      expect([copied, await trial.page.inputValue('#to'), await trial.page.inputValue('#from')]).toEqual(['blue whale', 'blue whale', ''])
      expect(told(await trial.events(), trial)).toEqual([
        ['copy', 'From', classOf(copied), ''],
        ['paste', 'To', classOf(copied), ''],
        ['text', 'To', '', copied, 'paste'],
        ['cut', 'From', classOf(copied), ''],
        ['text', 'From', copied, '', 'typed'],
      ])
      await trial.page.close()
    })

  test("by the browser's menu: the same events", async () => {
    const trial = await open()
    await trial.page.click('#from')
    await trial.page.keyboard.press('Control+A')
    await command(trial, 'cut')
    const copied = await clipboard(trial)
    await trial.page.click('#to')
    await command(trial, 'paste')
    expect([copied, await trial.page.inputValue('#to'), await trial.page.inputValue('#from')]).toEqual(['blue whale', 'blue whale', ''])
    expect(told(await trial.events(), trial)).toEqual([
      ['cut', 'From', 1, ''],
      ['text', 'From', copied, '', 'typed'],
      ['paste', 'To', 1, ''],
      ['text', 'To', '', copied, 'paste'],
    ])
    await trial.page.close()
  })

  test("by a page's own buttons: the click, what it did, and what the field held before", async () => {
    const trial = await open()
    await trial.page.click('#copy')
    const copied = await clipboard(trial)
    await trial.page.click('#cut')
    expect([copied, await trial.page.inputValue('#from')]).toEqual(['blue whale', ''])
    expect(told(await trial.events(), trial)).toEqual([
      ['copy', 'From', 1, ''],
      ['cut', 'From', 1, ''],
      ['text', 'From', copied, '', expect.anything()],
    ])
    await trial.page.close()
  })

  test('the size is that of what was copied, in classes', async () => {
    const trial = await open()
    for (const length of [5, 40, 300, 5_000]) {
      await trial.page.locator('#from').evaluate((field, count) => Object.assign(field, { value: 'ab '.repeat(count / 3) }), length)
      await trial.page.click('#from')
      await trial.page.keyboard.press('Control+A')
      await trial.page.keyboard.press('Control+C')
      const copied = await clipboard(trial)
      const events = await trial.events()
      expect(events.findLast((event) => event.kind === 'clipboard')).toMatchObject({ operation: 'copy', sizeClass: classOf(copied) })
    }
    await trial.page.close()
  })

  test('text of the page that is selected and copied is told by its size', async () => {
    const trial = await open()
    await trial.page.click('#text', { clickCount: 3 })
    await trial.page.keyboard.press('Control+C')
    expect((await clipboard(trial)).trim()).toBe('Paragraph to read')
    expect(told(await trial.events(), trial)).toEqual([['copy', 'Paragraph to read', 1, '']])
    await trial.page.close()
  })

  for (const [from, to, copied] of [
    ['#from', '#to', false],
    ['#rich', '#to', true],
    ['#text', '#rich', true],
  ] as const)
    test(`a word that is dragged from ${from} to ${to} is a drag, a text where it came to, and ${copied ? 'no other' : 'one where it is gone'}`, async () => {
      const trial = await open()
      const text = (selector: string): Promise<string> =>
        trial.page.locator(selector).evaluate((field) => ('value' in field ? String(field.value) : (field.textContent ?? '')))
      const before = [await text(from), await text(to)]
      await trial.page.dblclick(from, { position: { x: 12, y: 10 } })
      const boxes = await Promise.all([from, to].map((selector) => trial.page.locator(selector).boundingBox()))
      const [[x, y], [toX, toY]] = boxes.map((box) => [(box?.x ?? 0) + 12, (box?.y ?? 0) + 10]) as [[number, number], [number, number]]
      await trial.page.mouse.move(x, y)
      if (copied) await trial.page.keyboard.down('Control')
      await trial.page.mouse.down()
      await trial.page.mouse.move(x + 8, y + 4, { steps: 3 })
      await trial.page.mouse.move(toX, toY, { steps: 6 })
      await trial.page.mouse.move(toX + 1, toY)
      await trial.page.mouse.up()
      if (copied) await trial.page.keyboard.up('Control')
      await trial.page.waitForFunction(
        ([selector, was]) => {
          const field = document.querySelector(selector ?? '')
          return field !== null && ('value' in field ? field.value : field.textContent) !== was
        },
        [to, before[1]] as const,
      )
      const after = [await text(from), await text(to)]
      const events = await trial.events()
      const name = { '#from': 'From', '#to': 'To', '#rich': 'Rich', '#text': 'Paragraph to read' }
      const tidy = (one: string | undefined): string => (one ?? '').replace(/\s+/g, ' ')
      const gone = copied ? [] : [['text', name[from], before[0], after[0], 'pointer']]
      const came = ['text', name[to], before[1], tidy(after[1]), 'paste']
      expect(after[0] === before[0]).toBe(copied)
      expect(told(events, trial)).toEqual([['drag', name[from], name[to]], ...gone, came])
      await trial.page.close()
    })

  test('what is in the clipboard never leaves, but where it was pasted into a field that is recorded', async () => {
    const trial = await open()
    await put(trial, word)
    await trial.page.click('#plain')
    await trial.page.keyboard.press('Control+V')
    await trial.page.click('#password')
    await trial.page.keyboard.press('Control+V')
    const events = await trial.events()
    expect(await trial.page.inputValue('#password')).toBe(word)
    const pasted = told(events, trial)
    expect(pasted).toContainEqual(['paste', 'Password', 0, ''])
    expect(events.find((event) => event.kind === 'text')).toMatchObject({ before: '', after: '', secret: true, cause: 'paste' })
    expect(sent(trial)).not.toContain(word)
    // What was in a secret field is masked in any other.
    await trial.page.click('#to')
    await trial.page.keyboard.press('Control+V')
    expect(told(await trial.events(), trial).at(-1)).toEqual(['text', 'To', '', '[SECRET_1]', 'paste'])
    await put(trial, 'tarpaulin')
    await trial.page.click('#to')
    await trial.page.keyboard.press('Control+A')
    await trial.page.keyboard.press('Control+V')
    await trial.page.click('#plain')
    expect(told(await trial.events(), trial)).toContainEqual(['text', 'To', '[SECRET_1]', 'tarpaulin', 'paste'])
    expect(sent(trial)).not.toContain(word)
    await trial.page.close()
  })

  test('what is pasted, cut or dragged is redacted as what is typed is', async () => {
    const trial = await open()
    await put(trial, `my ${card}`)
    await trial.page.click('#to')
    await trial.page.keyboard.press('Control+V')
    await trial.page.click('#plain')
    await trial.page.click('#to')
    await trial.page.keyboard.press('Control+A')
    await trial.page.keyboard.press('Control+X')
    await trial.page.click('#rich')
    await command(trial, 'paste')
    expect(await trial.page.innerText('#rich')).toContain(card)
    const texts = (await trial.events()).flatMap((event) => (event.kind === 'text' ? [event.before, event.after] : []))
    expect(texts.filter((text) => /\[(?:CARD|SECRET)_1\]/.test(text))).toHaveLength(3)
    expect(sent(trial)).not.toContain(card)
    expect(sent(trial)).not.toContain(card.replaceAll(' ', ''))
    await trial.page.close()
  })
})
