import { fileURLToPath } from 'node:url'

import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { type Stage, openStage } from '../../chromium.ts'
import { startTrial } from '../../trial.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

/** Types a letter into each field of a page; gives what was told of it, `secret` where that was nothing. */
async function toldOf(html: string): Promise<readonly string[]> {
  const trial = await startTrial(stage, `${html}<button id=end>End</button>`)
  for (const field of await trial.page.locator('input,textarea').all()) {
    await field.click()
    await trial.page.keyboard.type('k')
  }
  await trial.page.click('#end')
  const events = await trial.events()
  const seen = trial.observations().flatMap(({ nodes }) => nodes.map(({ value }) => value))
  await trial.page.close()
  const told = events.flatMap((event) => (event.kind === 'text' ? [event.secret ? 'secret' : event.after] : []))
  // What is told of a field by its event is told of it by the rows, too.
  expect(seen.includes('k')).toBe(told.includes('k'))
  return told
}

const boxes = (count: number, length: number, attributes = ''): string =>
  Array.from({ length: count }, (_, at) => `<input maxlength=${length} size=${length} ${attributes.replace('#', String(at + 1))}>`).join('')
const all = (count: number): string[] => Array.from({ length: count }, () => 'secret')

test.each<readonly [where: string, html: string, count: number]>([
  ['the first of them says so', `<input maxlength=4 size=4 autocomplete=cc-number>${boxes(3, 4)}`, 4],
  ['another says so', `${boxes(3, 4)}<input maxlength=4 size=4 name=cardNumber>`, 4],
  ['their group is named so', `<div role=group aria-label="Card number">${boxes(4, 4)}</div>`, 4],
  ['a legend says so', `<fieldset><legend>Card number</legend>${boxes(4, 4, 'aria-label="Group #"')}</fieldset>`, 4],
  ['a heading stands before them', `<h3>Verification code</h3><div><div>${boxes(2, 3)}</div></div>`, 2],
  ['each stands in an element of its own', `<p>Card number</p>${boxes(4, 4).replace(/<input[^>]*>/g, '<div>$&</div>')}`, 4],
  ['only their width makes them boxes', '<p>Security code</p><input style="width:30px"><input style="width:30px">', 2],
  ['they take one character each', boxes(6, 1, 'aria-label="Digit #"'), 6],
  ['a dash stands between their halves', `<span>${boxes(2, 1)}</span><span>-</span><span>${boxes(2, 1)}</span>`, 4],
])('boxes for parts of a secret are all secret where %s', async (_, html, count) => {
  expect(await toldOf(html)).toEqual(all(count))
})

test.each<readonly [where: string, html: string]>([
  ['the words before it say so', '<div><span>Your PIN</span><input></div>'],
  ['the element before it says so', '<div>Security code</div><input>'],
  ['the cell before its own says so', '<table><tr><th>Password</th><td><input></td></tr></table>'],
  ['the words before its box say so', '<div><div>PIN</div><div><input></div></div>'],
  ['what describes it says so', '<input aria-describedby=d><span id=d>Your one-time code</span>'],
  ['discs are drawn for what is typed', '<input aria-label=Login style="-webkit-text-security:disc">'],
  ['discs are drawn once it has the focus', '<style>input:focus{-webkit-text-security:circle}</style><input aria-label=Login>'],
])('a field is secret where %s', async (_, html) => {
  expect(await toldOf(html)).toEqual(['secret'])
})

test.each<readonly [what: string, html: string, count: number]>([
  ['a search field after a heading', '<h2>Passwords</h2><input aria-label=Find>', 1],
  ['a search field after other words', '<div>Password settings</div><input type=search>', 1],
  ['a field after a question', '<p>Forgot your password?</p><input aria-label=Name>', 1],
  ['a field after a link', '<a href="#">Change password</a><input aria-label=Name>', 1],
  ['a field after another field', '<label>Name <input></label><textarea aria-label=Notes></textarea>', 2],
  ['boxes of a date', `<fieldset><legend>Date of birth</legend>${boxes(2, 2)}</fieldset>`, 2],
  ['a single box', '<label>Initial <input maxlength=1></label>', 1],
])('%s is none', async (_, html, count) => {
  expect(await toldOf(html)).toEqual(Array.from({ length: count }, () => 'k'))
})

const sense = fileURLToPath(new URL('../../dist/sense.iife.js', import.meta.url))

test('what stands around a field is asked once a look, and anew at the next one and at the next turn of the page', async () => {
  const page = await stage.open('<p>Note</p><input aria-label=Text>', [sense])
  const told = await page.evaluate(async () => {
    const { createSenser } = (globalThis as unknown as { OvertSense: typeof import('./index.ts') }).OvertSense // as: the bundle was put there
    const [field, words] = ['input', 'p'].map((tag) => document.querySelector<HTMLElement>(tag))
    if (!field || !words) throw new Error('no field')
    let asked = 0
    const { getElementsByTagName } = Element.prototype
    Element.prototype.getElementsByTagName = function count(this: Element, tag: string) {
      asked += 1
      return getElementsByTagName.call(this, tag)
    }
    const senser = createSenser(document)
    const rounds: unknown[] = []
    const ask = (): void => {
      const before = asked
      rounds.push([senser.isSecret(field, 'Text'), asked > before])
    }
    senser.sense()
    ask()
    ask()
    await Promise.resolve()
    ask()
    senser.sense()
    words.textContent = 'Card number'
    senser.sense()
    ask()
    return rounds
  })
  expect(told).toEqual([
    [false, false],
    [false, false],
    [false, true],
    // What changed is not the field, so that the look itself had no need to ask.
    [true, true],
  ])
  await page.close()
})

test('a field that becomes secret without a look is so at the next turn', async () => {
  const page = await stage.open('<p>Note</p><input aria-label=Text>', [sense])
  const told = await page.evaluate(async () => {
    const { createSenser } = (globalThis as unknown as { OvertSense: typeof import('./index.ts') }).OvertSense // as: the bundle was put there
    const [field, words] = ['input', 'p'].map((tag) => document.querySelector<HTMLElement>(tag))
    if (!field || !words) throw new Error('no field')
    const senser = createSenser(document)
    senser.sense()
    const before = senser.isSecret(field, 'Text')
    words.textContent = 'Card number'
    await Promise.resolve()
    return [before, senser.isSecret(field, 'Text')]
  })
  expect(told).toEqual([false, true])
  await page.close()
})

const becomes = [
  ['its type', `f.type = 'password'`],
  ['its autocomplete', `f.autocomplete = 'cc-number'`],
  ['its name', `f.name = 'password'`],
] as const

test.each(becomes)('a field that becomes secret by %s is so in the same turn', async (_, makes) => {
  const page = await stage.open('<p>Note</p><input id=f aria-label=Text>', [sense])
  const told = await page.evaluate(
    `{ const senser = OvertSense.createSenser(document); const before = senser.isSecret(f, 'Text'); ${makes}; [before, senser.isSecret(f, 'Text')] }`,
  )
  expect(told).toEqual([false, true])
  await page.close()
})

/** What was told of what was written into the field of a page. */
async function writtenBy(html: string, act: (page: Page) => Promise<unknown>): Promise<unknown> {
  const trial = await startTrial(stage, html)
  await act(trial.page)
  const events = await trial.events()
  await trial.stop()
  expect(JSON.stringify(trial.batches)).not.toContain('r0ub4dor')
  await trial.page.close()
  return events.flatMap((event) => (event.kind === 'text' ? [[event.before, event.after, event.secret]] : []))
}

test.each(becomes)(
  'what a script writes into a field that it has just made secret by %s is not told, though it leaves it at once',
  async (_, makes) => {
    const script = `f.focus(); document.execCommand('insertText', false, 'a'); ${makes}; f.value = 'tr0ub4dor&3x9'; f.blur()`
    expect(await writtenBy('<p>Note</p><input id=f aria-label=Text>', (page) => page.evaluate(script))).toEqual([['', '', true]])
  },
)

test.each(becomes)('what is typed into a field that becomes secret by %s at its first letter is not told', async (_, makes) => {
  const html = `<p>Note</p><input id=f aria-label=Text oninput="${makes}"><button id=end>End</button>`
  const type = async (page: Page): Promise<void> => {
    await page.click('#f')
    await page.keyboard.type('tr0ub4dor&3x9')
    await page.click('#end')
  }
  expect(await writtenBy(html, type)).toEqual([['', '', true]])
})
