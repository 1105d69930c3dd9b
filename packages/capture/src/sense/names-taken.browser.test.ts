import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import type { Event } from '@overt/schema'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { type Stage, openStage } from '../../chromium.ts'
import { startTrial } from '../../trial.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
}, 60_000)
afterAll(() => stage.close())

// https://webidl.spec.whatwg.org/#LegacyOverrideBuiltIns
test.each(['children', 'closest'])('presses on a form with a field called %s are told, and those elsewhere', async (name) => {
  const trial = await startTrial(
    stage,
    `<form style="padding:40px" onsubmit="return false"><input name=${name} aria-label=Guests></form><button id=go>Go</button>`,
  )
  const box = await trial.page.locator('form').boundingBox()
  for (let turn = 0; turn < 6; turn += 1) await trial.page.mouse.click((box?.x ?? 0) + 10, (box?.y ?? 0) + 10)
  await trial.page.click('#go')
  const events = await trial.events()
  expect(events.filter(({ kind }) => kind === 'click')).toHaveLength(7)
  expect(trial.rowOf(events.at(-1))).toMatchObject({ name: 'Go' })
  expect(Object.keys(await trial.counters()).filter((reason) => /^(?:failed|off)\./.test(reason))).toEqual([])
  await trial.page.close()
})

test.each(['img', 'form'])('a page with <%s name=title> is told, by its own title', async (tag) => {
  const trial = await startTrial(stage, `<${tag} name=title></${tag}><button>Go</button>`)
  await trial.page.click('button')
  expect((await trial.events()).map(({ kind }) => kind)).toEqual(['click'])
  expect(trial.observations().at(-1)?.title).toBe('Trial')
  await trial.page.close()
})

test.each(['hidden', 'getElementsByTagName'])('a picture called %s hides no indicator that is taken away', async (name) => {
  const trial = await startTrial(stage, `<img name=${name}><button>Go</button>`)
  await trial.page.evaluate(() => document.querySelector('overt-indicator')?.remove())
  await expect.poll(() => trial.states.at(-1)?.state, { timeout: 10_000 }).toBe('stopped')
  expect(trial.states.at(-1)?.reason).toBe('indicator.removed')
  await trial.page.close()
})

test('an observer that is switched off is told as a gap, shown as what is lost, and all others go on', async () => {
  const trial = await startTrial(stage, '<button>Go</button><input type=checkbox>')
  // What no recorder can do without: here only presses of the pointer ask for it.
  await trial.page.evaluate(() => {
    Object.defineProperty(PointerEvent.prototype, 'isPrimary', {
      get: () => {
        throw new Error('mine')
      },
    })
  })
  for (let turn = 0; turn < 5; turn += 1) await trial.page.mouse.click(300, 300)
  const events = await trial.events()
  expect(events.filter((event) => event.kind === 'gap')).toMatchObject([{ reason: 'off.pointerdown', count: 1 }])
  await trial.page.keyboard.press('Control+K')
  expect((await trial.events()).at(-1)).toMatchObject({ kind: 'key', chord: 'Control+K' })
  await trial.page.close()
})

const sources = globSync(fileURLToPath(new URL('../**/*.ts', import.meta.url)), { exclude: (path) => path.endsWith('.test.ts') })
/** What the recorder looks for in things that may not have it. */
const soughtNames = sources.flatMap((path) => [...readFileSync(path, 'utf8').matchAll(/'(\w+)' in /g)].flatMap(([, name = '']) => name))

/** Every name that such an object, or what it is made after, has something by, and that the recorder looks for. */
async function namesOf(kind: 'HTMLFormElement' | 'HTMLDocument'): Promise<readonly string[]> {
  const page = await stage.open('')
  const had = await page.evaluate((name) => {
    const names: string[] = []
    for (let at: unknown = Reflect.get(globalThis, name).prototype; at instanceof Object || at !== null; at = Object.getPrototypeOf(at))
      names.push(...Object.getOwnPropertyNames(at))
    return names
  }, kind)
  await page.close()
  return [...new Set([...had, ...soughtNames])]
}

const at = (top: number, height = 30): string => `position:absolute;left:10px;width:200px;top:${top}px;height:${height}px`
const pageWith = ({ fields = '', things = '' }): string => `<div hidden>${things}</div>
<form onsubmit="event.preventDefault()" style="position:absolute;left:0;top:0;width:500px;height:200px;overflow:auto;border:1px solid">
<input aria-label=Rooms style="${at(5)}"><select aria-label=City style="${at(45)}"><option>Rome<option>Oslo</select><button style="${at(85)}">Find</button>
<div style="${at(0, 600)};width:1px"></div>${fields}</form>
<form contenteditable aria-label=Note style="${at(220, 40)};border:1px solid">${fields}</form><button style="${at(300)}">Go</button><div style="${at(0, 3000)};width:1px"></div>`

/** What is told of a person at work on a page, and what went wrong. */
async function workOn(html: string) {
  const trial = await startTrial(stage, html)
  const { mouse, keyboard } = trial.page
  for (let turn = 0; turn < 6; turn += 1) await mouse.click(400, 150)
  await mouse.click(60, 20)
  await keyboard.type('two')
  await keyboard.press('Tab')
  await keyboard.press('ArrowDown')
  await mouse.click(60, 20)
  await keyboard.press('Enter')
  await mouse.click(60, 100)
  await mouse.click(150, 240)
  await keyboard.type('x')
  await mouse.click(60, 315)
  const events: Event[] = []
  for (const [x, y] of [
    [400, 150],
    [700, 500],
  ] as const) {
    const before = events.length
    await mouse.move(x, y)
    await mouse.wheel(0, 200)
    await expect
      .poll(async () => {
        events.splice(0, Infinity, ...(await trial.events()))
        return events.slice(before).map(({ kind }) => kind)
      })
      .toContain('scroll')
  }
  const told = events.map((event) => {
    const { observation: _, node: __, gap: ___, ...what } = event
    const { role, name, tag } = trial.rowOf(event) ?? {}
    return { ...what, role, name, tag }
  })
  const [seen] = trial.observations()
  const wrong = Object.keys(await trial.counters()).filter((reason) => /^(?:failed|off|lost|dropped)\./.test(reason))
  const state = trial.states.at(-1)?.state
  await trial.page.close()
  return {
    told,
    wrong,
    state,
    title: seen?.title,
    rows: seen?.nodes.map(({ role, name, tag, box, states }) => ({ role, name, tag, box, states })),
  }
}

const named = (names: readonly string[], tag: string, prefix = ''): string =>
  names.map((name) => `<${tag} name=${prefix}${name}></${tag}>`).join('')
/** What is told of it where nothing of the page has a name that is anything else's. */
const kinds =
  'click click click click click click click text key focus select click key submit click submit click text click scroll scroll'.split(' ')

test('forms whose fields have the names of all that a form has are recorded like any other', async () => {
  const names = await namesOf('HTMLFormElement')
  expect(names).toEqual(expect.arrayContaining(['hasAttribute', 'childNodes', 'closest', 'nodeType', 'localName', 'value', '__proto__']))
  const taken = await workOn(pageWith({ fields: named(names, 'input type=hidden') }))
  expect(taken).toMatchObject({ wrong: [], state: 'recording' })
  expect(taken.told.map(({ kind }) => kind)).toEqual(kinds)
  expect(taken).toEqual(await workOn(pageWith({ fields: named(names, 'input type=hidden', 'plain-') })))
})

test.each(['img', 'form'])('a page with <%s> of the names of all that a document has is recorded like any other', async (tag) => {
  const names = await namesOf('HTMLDocument')
  expect(names).toEqual(expect.arrayContaining(['elementFromPoint', 'activeElement', 'hidden', 'title', 'nodeType', 'addEventListener']))
  const taken = await workOn(pageWith({ things: named(names, tag) }))
  expect(taken).toMatchObject({ wrong: [], state: 'recording', title: 'Trial' })
  expect(taken.told.map(({ kind }) => kind)).toEqual(kinds)
  expect(taken).toEqual(await workOn(pageWith({ things: named(names, tag, 'plain-') })))
})
