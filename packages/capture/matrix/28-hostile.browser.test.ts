import { readFileSync } from 'node:fs'

import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { type Stage, openStage } from '../chromium.ts'
import { type Endpoint, openEndpoint, recordContext } from './recorded.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const zone = readFileSync(new URL('bundles/zone.umd.js', import.meta.resolve('zone.js/package.json')), 'utf8')

/** A page that writes down all that it sees of itself. */
const page = `<form onsubmit="event.preventDefault()"><input id=i aria-label=Note><select id=s aria-label=Size><option>Small<option>Large</select>
  <input type=checkbox id=c aria-label=Urgent><button id=b>Go</button></form><div id=editable contenteditable style="width:300px;height:40px"></div><script>
  log = []
  for (const type of ['pointerdown','mousedown','click','keydown','beforeinput','input','change','focusin','focusout','submit','copy'])
    for (const capture of [true, false]) document.addEventListener(type, (event) => log.push([type, event.target.id, event.defaultPrevented, capture].join()), capture)
  setTimeout(() => log.push('timer'), 0); Promise.resolve().then(() => log.push('promise'))
  </script>`

const hostilities: Readonly<Record<string, string>> = {
  'Zone.js that came first': `${zone}
    globalThis.zoned = []
    const page = Zone.current.fork({ name: 'page', onScheduleTask: (parent, current, target, task) => { zoned.push(task.source); return parent.scheduleTask(target, task) },
      onInvokeTask: (parent, current, target, task, self, given) => { zoned.push('run ' + task.source); return parent.invokeTask(target, task, self, given) } })
    globalThis.Zone.__page = page`,
  'a page that adds to prototypes as prototype.js does': `
    Array.prototype.toJSON = function () { return '[' + this.map((one) => JSON.stringify(one)).join(', ') + ']' }
    String.prototype.toJSON = function () { return JSON.stringify(String(this)) }
    Object.prototype.extra = 'extra'; Array.prototype.each = function (act) { for (let at = 0; at < this.length; at++) act(this[at]) }
    Element.prototype.visible = function () { return true }; Element.prototype.select = function () { return [] }
    Function.prototype.bind = function (self, ...given) { const act = this; return function (...more) { return act.apply(self, [...given, ...more]) } }
    document.getElementsByClassName = () => []`,
  'frozen prototypes': `for (const it of [Object, Array, Function, String, Map, Set, Promise, Element, Node, EventTarget, Event, Error]) Object.freeze(it.prototype)`,
}

const overrides = `
  overridden = []
  const over = (holder, name) => { const real = holder[name]; holder[name] = function (...given) { overridden.push(name); if (name === 'addEventListener' || name === 'removeEventListener') return; throw new Error('mine: ' + name) } }
  over(JSON, 'stringify'); over(Date, 'now'); over(performance, 'now'); over(Math, 'random'); over(globalThis, 'fetch'); over(globalThis, 'setTimeout')
  over(globalThis, 'clearTimeout'); over(globalThis, 'setInterval'); over(globalThis, 'queueMicrotask'); over(EventTarget.prototype, 'addEventListener'); over(EventTarget.prototype, 'removeEventListener')
  real.call(window, 'pointerdown', (event) => event.stopImmediatePropagation(), true); real.call(window, 'click', (event) => event.stopImmediatePropagation(), true)
  real.call(window, 'keydown', (event) => event.stopImmediatePropagation(), true); real.call(window, 'input', (event) => event.stopImmediatePropagation(), true)`

/** The same trusted run on a page, with or without a recorder; `after` runs in the page when it is there. */
async function run(endpoint: Endpoint | null, before: string, after = ''): Promise<unknown> {
  const context = await stage.browser.newContext()
  if (endpoint === null) await context.addInitScript({ content: before })
  else await recordContext(context, stage.origin, endpoint.url, { before })
  const tab = await context.newPage()
  await tab.goto(stage.serve('/hostile', `<!doctype html><meta charset=utf-8><title>Hostile</title><body>${page}`))
  if (endpoint !== null)
    await tab
      .locator('overt-indicator')
      .waitFor({ state: 'attached', timeout: 5_000 })
      .catch(async () => {
        throw new Error(`did not begin: ${String(await tab.evaluate('JSON.stringify([globalThis.refused, typeof Overt])'))}`)
      })
  await tab.evaluate(`{ const real = EventTarget.prototype.addEventListener; ${after} }`)
  await drive(tab)
  const log: unknown = await tab.evaluate('[log, globalThis.zoned ?? [], globalThis.overridden ?? []]')
  if (endpoint !== null) await tab.evaluate('recording()')
  await context.close()
  return log
}

async function drive(tab: Page): Promise<void> {
  await tab.click('#i')
  await tab.keyboard.type('hi')
  await tab.click('#c')
  await tab.focus('#s')
  await tab.keyboard.press('ArrowDown')
  await tab.click('#editable')
  await tab.keyboard.type('yo')
  await tab.click('#b')
  await tab.waitForTimeout(700)
}

const kinds = (endpoint: Endpoint): string[] => endpoint.events().map((event) => event.kind)
const all = ['recorder', 'navigate', 'click', 'text', 'check', 'select', 'click', 'text', 'click', 'submit', 'recorder']

describe('row 28: hostile pages', () => {
  test.each(Object.entries(hostilities))('%s: all is recorded, and the page sees what it sees without a recorder', async (_, before) => {
    const endpoint = await openEndpoint()
    const recorded = await run(endpoint, before)
    expect(kinds(endpoint)).toEqual(all)
    expect(endpoint.events().find((event) => event.kind === 'text')).toMatchObject({ before: '', after: 'hi' })
    expect(recorded).toEqual(await run(null, before))
    endpoint.close()
  })

  test('natives that the page replaces and events that it stops after document start: all is recorded, and none of its own is called', async () => {
    const endpoint = await openEndpoint()
    const recorded = await run(endpoint, '', overrides)
    const events = kinds(endpoint)
    for (const kind of ['click', 'text', 'check', 'select']) expect(events).toContain(kind)
    expect(recorded).toEqual(await run(null, '', overrides))
    endpoint.close()
  })
})
