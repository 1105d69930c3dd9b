import type { Event } from '@overt/schema'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { type Stage, openStage } from '../chromium.ts'
import { leaksOf } from '../leaks.ts'
import type { Trial } from '../trial.ts'
import { openMatrix } from './page.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

/** Id, and where a person clicks to write. */
const editors = [
  ['plain', '#plain'],
  ['tiptap', '#tiptap .ProseMirror'],
  ['lexical', '#lexical'],
  ['quill', '#quill .ql-editor'],
  ['codemirror', '#codemirror .cm-content'],
] as const
/** Those that draw their own text and take it by the EditContext API. */
const drawn = [
  ['context', '#context', 'editors.ts'],
  ['monaco', '#monaco .view-lines', 'monaco.ts'],
] as const

const card = '5500 0000 0000 0004'
const told = (events: readonly Event[]): readonly unknown[] =>
  events.map((event) =>
    event.kind === 'text' ? [event.before, event.after, event.cause] : event.kind === 'key' ? event.chord : event.kind,
  )

/** What the editor itself says that it holds. */
const holds = (trial: Trial, id: string): Promise<string> => trial.page.evaluate(`held[${JSON.stringify(id)}]()`)

/** The name that the browser gives the element that has the focus. */
async function focusedName(trial: Trial): Promise<unknown> {
  const session = await trial.page.context().newCDPSession(trial.page)
  const { nodes } = await session.send('Accessibility.getFullAXTree')
  const focused = nodes.filter(({ properties }) => properties?.some(({ name, value }) => name === 'focused' && value.value === true))
  const name: unknown = focused.at(-1)?.name?.value
  if (name === undefined || name === '') throw new Error('nothing that has a name has the focus')
  return name
}

/** What comes of the text and the keys, done again in an empty field. */
function replayed(events: readonly Event[]): string {
  return events.reduce((text, event) => {
    if (event.kind === 'text') return text + event.after
    if (event.kind !== 'key') return text
    return event.chord === 'Enter' ? `${text}\n` : event.chord === 'Backspace' ? text.slice(0, -1) : text
  }, '')
}

/** Writes two lines and mends one of them. */
async function write(trial: Trial, selector: string): Promise<void> {
  await trial.page.click(selector)
  await trial.page.keyboard.type('Hello youz')
  await trial.page.keyboard.press('Backspace')
  await trial.page.keyboard.press('Enter')
  await trial.page.keyboard.type('and me')
}

describe('row 04: contenteditable, ProseMirror, Lexical, Quill, EditContext, Monaco, CodeMirror', () => {
  for (const [id, selector] of editors) {
    test(`${id}: lines that are typed and mended are one text, what the editor holds in the end, in the editor by its name`, async () => {
      const trial = await openMatrix(stage, 'editors.ts')
      await write(trial, selector)
      const [held, name] = [await holds(trial, id), await focusedName(trial)]
      const events = await trial.events()
      expect(held).toBe('Hello you\nand me')
      expect(told(events)).toEqual(['click', ['', held, 'typed']])
      expect(trial.rowOf(events[1])).toMatchObject({ name })
      await trial.page.close()
    })

    test(`${id}: what is selected and typed over is one text from what stood there`, async () => {
      const trial = await openMatrix(stage, 'editors.ts')
      await trial.page.click(selector)
      await trial.page.keyboard.type('one two')
      const before = await holds(trial, id)
      await trial.events()
      await trial.page.click(selector, { position: { x: 40, y: 12 } })
      await trial.page.keyboard.press('End')
      await trial.page.keyboard.press('Control+Shift+ArrowLeft')
      await trial.page.keyboard.type('three')
      const held = await holds(trial, id)
      expect(held).toBe('one three')
      const texts = (await trial.events()).flatMap((event) => (event.kind === 'text' ? [[event.before, event.after]] : []))
      expect(texts).toEqual([
        ['', before],
        [before, held],
      ])
      await trial.page.close()
    })

    test(`${id}: nothing of a number leaves that is typed with a line between its halves`, async () => {
      const trial = await openMatrix(stage, 'editors.ts', { record: { flushMs: 50 } })
      await trial.page.click(selector)
      await trial.page.keyboard.type(card.slice(0, 10))
      await trial.tell('flush')
      await trial.page.keyboard.press('Enter')
      await trial.page.keyboard.type(card.slice(10))
      await trial.tell('flush')
      const texts = (await trial.events()).filter((event) => event.kind === 'text')
      await trial.stop()
      expect(texts).toHaveLength(1)
      expect(leaksOf(trial.batches, card)).toEqual([])
      await trial.page.close()
    })
  }

  for (const [id, selector, page] of drawn) {
    test(`${id}: what is written is told once, with the keys between, and makes again what the editor holds`, async () => {
      const trial = await openMatrix(stage, page)
      await write(trial, selector)
      const [held, name] = [await holds(trial, id), await focusedName(trial)]
      const events = await trial.events()
      expect(held).toBe('Hello you\nand me')
      expect(told(events)).toEqual(['click', ['', 'Hello youz', 'typed'], 'Backspace', 'Enter', ['', 'and me', 'typed']])
      expect(replayed(events)).toBe(held)
      expect(trial.rowOf(events[1])).toMatchObject({ role: 'textbox', name })
      await trial.page.close()
    })

    test(`${id}: nothing of a number leaves, whatever keys are pressed between its parts`, async () => {
      const trial = await openMatrix(stage, page, { record: { flushMs: 50 } })
      await trial.page.click(selector)
      await trial.page.keyboard.type(card.slice(0, 12))
      await trial.page.keyboard.press('ArrowLeft')
      await trial.tell('flush')
      await trial.page.keyboard.press('ArrowRight')
      await trial.page.keyboard.type(`${card.slice(12, -1)}7`)
      await trial.page.keyboard.press('Backspace')
      await trial.page.keyboard.type(card.slice(-1))
      await trial.tell('flush')
      expect(await holds(trial, id)).toBe(card)
      const texts = (await trial.events()).flatMap((event) => (event.kind === 'text' ? [event.after] : []))
      await trial.stop()
      expect(new Set(texts)).toEqual(new Set(['[OTHER_1]']))
      expect(leaksOf(trial.batches, card)).toEqual([])
      await trial.page.close()
    })

    test(`${id}: once half a number was cut off, what is written then is told, but for what may go on with it`, async () => {
      const trial = await openMatrix(stage, page, { record: { flushMs: 50 } })
      await trial.page.click(selector)
      await trial.page.keyboard.type(`it goes by ${card.slice(0, 12)}`)
      await trial.page.keyboard.press('ArrowLeft')
      await trial.page.keyboard.press('ArrowRight')
      await trial.page.keyboard.type(`${card.slice(12)} before the end of the week `)
      await trial.page.keyboard.press('Enter')
      await trial.page.keyboard.type('and this is what comes after it')
      await trial.tell('flush')
      expect(await holds(trial, id)).toBe(`it goes by ${card} before the end of the week \nand this is what comes after it`)
      const texts = (await trial.events()).flatMap((event) => (event.kind === 'text' ? [event.after] : []))
      await trial.stop()
      expect(texts).toEqual([
        'it goes by [OTHER_1]',
        '[OTHER_1] before the end of the week ',
        '[OTHER_1] this is what comes after [OTHER_1]',
      ])
      expect(leaksOf(trial.batches, card)).toEqual([])
      await trial.page.close()
    })
  }

  test('what the EditContext of Monaco holds is not what the editor holds: no text before can be read from it', async () => {
    const trial = await openMatrix(stage, 'monaco.ts')
    await write(trial, '#monaco .view-lines')
    const context = await trial.page.evaluate<string>('document.activeElement.editContext.text')
    const held = await holds(trial, 'monaco')
    expect(context).not.toBe('')
    expect([held, ...held.split('\n')]).not.toContain(context)
    await trial.page.close()
  })
})
