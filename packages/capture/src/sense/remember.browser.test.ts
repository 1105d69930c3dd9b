import { fileURLToPath } from 'node:url'

import type { ObservationNode } from '@overt/schema'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { type Stage, openStage } from '../../chromium.ts'

const bundle = fileURLToPath(new URL('../../dist/sense.iife.js', import.meta.url))
let stage: Stage

beforeAll(async () => {
  stage = await openStage()
}, 60_000)
afterAll(() => stage.close())

interface Inside {
  old?: ReturnType<Inside['OvertSense']['createSenser']>
  OvertSense: typeof import('./index.ts')
}

/** What a senser that has seen the page before sees, and one that has not. */
async function both(
  page: Page,
  lateLooks = 0,
): Promise<{ readonly old: readonly object[]; readonly fresh: readonly object[]; readonly nodes: ObservationNode[] }> {
  await page.evaluate(() => new Promise((rest) => requestAnimationFrame(() => setTimeout(rest, 20))))
  const [old, fresh] = await page.evaluate((lateLooks) => {
    const inside = globalThis as unknown as Inside // as: the bundle's global
    inside.old ??= inside.OvertSense.createSenser(document)
    // What a look reads that comes too late is remembered too.
    for (let ticks = 0; ticks < lateLooks; ticks += 1) inside.old.ahead(ticks)
    return [inside.old.sense().nodes, inside.OvertSense.createSenser(document).sense().nodes]
  }, lateLooks)
  const bare = (nodes: readonly ObservationNode[]): object[] => nodes.map((row) => ({ ...row, id: 0 }))
  return { old: bare(old ?? []), fresh: bare(fresh ?? []), nodes: old ?? [] }
}

const rows = Array.from(
  { length: 450 },
  (_, row) => `<tr><td><input type=checkbox aria-label="Pick ${row}"></td><td>Order ${row}</td><td><button>Open ${row}</button></td></tr>`,
).join('')
const lines = Array.from({ length: 60 }, (_, line) => `<p style="margin:0">Line ${line} <a href=#${line}>Go</a></p>`).join('')
const html = `<style>tr.dark button{background:red;visibility:hidden}tr.dark input{background:#00f}li ul{display:none}li:hover ul{display:block}#hint{display:none}body:has(#size:hover) #hint{display:block}.dark .only{display:none}.dark .inner{visibility:hidden}.panel{position:fixed;inset:100px;background:#fff}
  .sticky{position:sticky;top:0}#late{transition:transform .05s}</style>
  <ul><li id=menu>File<ul><li><a href=#x>Save as</a></li></ul></li></ul><div id=lines style="font-size:3px;line-height:4px">${lines}</div><label>Town <input id=town></label><p class=only>Light</p><aside style="position:fixed;right:0;bottom:0"><p id=hint>Small or large</p></aside><section id=outer><div><p>Beside <a href=#y class=inner>Inner</a></p></div></section><select id=size><option>S<option>L</select>
  <div id=late>Moves</div><div style="height:90px;overflow:auto" id=box><div style="height:400px"><button id=deep style="margin-top:200px">Deep</button></div></div>
  <table style="width:900px"><thead class=sticky><tr><th>Pick<th>Order<th>Do</thead><tbody id=list>${rows}</table>`

/** A clock that goes on each time it is read: a look with so many ticks ends after sixteen elements for each. */
const ticking = '<script>{let at=0;performance.now=()=>(at+=1)}</script>'

const acts: Readonly<Record<string, (page: Page) => Promise<unknown>>> = {
  'nothing happened': () => Promise.resolve(),
  'the page was scrolled': (page) => page.mouse.wheel(0, 410),
  'it was scrolled by a part of a pixel': (page) => page.evaluate('scrollBy(0, 12.5)'),
  'it was scrolled far': (page) => page.evaluate('scrollTo(0, 4000)'),
  'it was scrolled back': (page) => page.evaluate('scrollTo(0, 0)'),
  'rows that were scrolled away say something else': (page) =>
    page.evaluate('for (let at = 100; at < 240; at += 1) list.rows[at].cells[1].firstChild.data += " was moved"'),
  'and look different': (page) => page.evaluate('for (let at = 140; at < 200; at += 1) list.rows[at].className = "dark only"'),
  'it was scrolled to them': (page) => page.evaluate('scrollTo(0, 4000)'),
  'and back again': (page) => page.evaluate('scrollTo(0, 0)'),
  'a container was scrolled': (page) => page.evaluate('box.scrollTop = 190'),
  'text was typed': (page) => page.fill('#town', 'Kiel'),
  'a script set a field': (page) => page.evaluate('town.value = "Lyon"'),
  'a menu opened under the pointer': (page) => page.hover('#menu'),
  'the pointer left it': (page) => page.mouse.move(900, 600),
  'what is hovered reveals something elsewhere': (page) => page.hover('#size'),
  'and hides it': (page) => page.mouse.move(900, 600),
  'a box was ticked': (page) => page.check('[aria-label="Pick 1"]'),
  'another label was chosen': (page) => page.selectOption('#size', 'L'),
  'a class far outside changed': (page) => page.evaluate('document.body.className = "dark"'),
  'a class further out changed': (page) => page.evaluate('document.body.className = ""; outer.className = "dark"'),
  'text changed in place': (page) => page.evaluate('list.rows[2].cells[1].firstChild.data = "Refunded"'),
  'many lines say something else': (page) => page.evaluate('for (const { firstChild } of lines.children) firstChild.data += " was paid"'),
  'many lines look different': (page) =>
    page.evaluate('for (const { lastChild, style } of lines.children) { style.color = "red"; lastChild.hidden = true }'),
  'what one cell holds moved those of other rows': (page) =>
    page.evaluate('list.rows[2].cells[1].textContent = "An order with a much longer name than all"'),
  'a row was taken away': (page) => page.evaluate('list.rows[1].remove()'),
  'rows came in front': (page) =>
    page.evaluate(
      'list.prepend(...[1,2].map((at) => { const row = list.rows[at].cloneNode(true); row.cells[1].textContent = "New"; return row }))',
    ),
  'something moved by itself': (page) => page.evaluate('late.style.transform = "translateX(50px)"'),
  'a field takes on other colours': (page) =>
    page.evaluate(
      'town.style.cssText = "transition:background-color .06s;background-color:#fff"; requestAnimationFrame(() => { town.style.backgroundColor = "red" })',
    ),
  'it has them': (page) => page.waitForTimeout(120),
  'a box takes on other colours for a while': (page) =>
    page.evaluate(
      'menu.style.cssText = "transition:background-color 30s;background-color:#00f"; menu.offsetTop; menu.style.backgroundColor = "red"; new Promise((drawn) => setTimeout(drawn, 60))',
    ),
  'it has them at once': (page) => page.evaluate('menu.getAnimations()[0].finish()'),
  'most rows went': (page) => page.evaluate('for (const row of list.rows) row.style.display = row.rowIndex % 7 ? "none" : ""'),
  'most rows were chosen': (page) => page.evaluate('for (const row of list.rows) row.ariaSelected = "true"'),
  'they came again': (page) => page.evaluate('for (const row of list.rows) row.style.display = ""'),
  'a panel lay over it': (page) =>
    page.evaluate('document.body.insertAdjacentHTML("beforeend", "<div class=panel id=panel><button>Close</button></div>")'),
  'the panel went': (page) => page.evaluate('panel.remove()'),
  'the window was made smaller': (page) => page.setViewportSize({ width: 700, height: 500 }),
}

test.each([0, 24])(
  'what is remembered is what a first look would see, whatever happened, and after %i looks of which most come too late',
  async (lateLooks) => {
    const page = await stage.open(ticking + html, [bundle])
    await both(page)
    for (const [name, act] of Object.entries(acts)) {
      await act(page)
      const { old, fresh } = await both(page, lateLooks)
      expect(old, name).toEqual(fresh)
    }
    await page.close()
  },
  120_000,
)

test('of a long list the near rows are there, and neither those far away nor the page that is appended after it are lost to each other', async () => {
  const page = await stage.open(html, [bundle])
  const names = (nodes: readonly ObservationNode[]): readonly string[] => nodes.map(({ name }) => name)
  const top = names((await both(page)).nodes)
  expect(top).toContain('Open 3')
  expect(top).not.toContain('Open 250')
  await page.evaluate('document.querySelectorAll("tr")[251].scrollIntoView()')
  const below = names((await both(page)).nodes)
  expect(below).toContain('Open 252')
  expect(below).not.toContain('Open 60')
  await page.close()
})

test('a sensing over its budget gives what was seen before, marked stale, and the next one that has time is fresh', async () => {
  const page = await stage.open(html, [bundle])
  const statuses = await page.evaluate(() => {
    const { OvertSense } = globalThis as unknown as Inside // as: the bundle's global
    const senser = OvertSense.createSenser(document, { budgetMs: 0 })
    const first = senser.sense()
    document.body.className = 'dark'
    const late = senser.sense()
    const again = senser.ahead(1_000)
    return [first.status, late.status, late.nodes === first.nodes, again.status, again.nodes.some((node) => node.name === 'Light')]
  })
  expect(statuses).toEqual(['fresh', 'stale', true, 'fresh', false])
  await page.close()
})

test('what is acted on is told even where all else comes too late', async () => {
  const page = await stage.open(html, [bundle])
  const rows = await page.evaluate(() => {
    const { OvertSense } = globalThis as unknown as Inside // as: the bundle's global
    const senser = OvertSense.createSenser(document, { budgetMs: 0 })
    const before = senser.sense().nodes.length
    document
      .querySelector('#outer')
      ?.insertAdjacentHTML('beforeend', '<label>Card number <input id=card></label><button><i>Send</i></button>')
    const field = senser.sense(document.querySelector('#card'))
    const inside = senser.sense(document.querySelector('#outer i'))
    const known = senser.sense(document.querySelector('#town'))
    const brief = [field, inside].map(({ status, nodes }) => [status, nodes.length - before, nodes.at(-1)?.role, nodes.at(-1)?.name])
    return [...brief, [known.status, known.nodes.length - before]]
  })
  expect(rows).toEqual([
    ['stale', 1, 'textbox', 'Card number'],
    ['stale', 1, 'button', 'Send'],
    ['stale', 0],
  ])
  await page.close()
})

test('as many changes as were too many are not tried again before a look that has time has read them, and fewer are', async () => {
  const page = await stage.open(`<main>${'<p>Light <b>blue</b></p>'.repeat(150)}</main>`, [bundle])
  const asked = await page.evaluate(() => {
    const { OvertSense } = globalThis as unknown as Inside // as: the bundle's global
    const senser = OvertSense.createSenser(document, { budgetMs: 0 })
    const told = Element.prototype.getBoundingClientRect // oxlint-disable-line typescript/unbound-method -- called with its element below
    let count = 0
    Element.prototype.getBoundingClientRect = function (this: Element) {
      count += 1
      return told.call(this)
    }
    const change = (most: number): void => [...document.querySelectorAll('p')].slice(0, most).forEach((line) => line.classList.toggle('on'))
    const countOf = (look: () => { readonly status: string }): string => {
      count = 0
      const { status } = look()
      return `${status} ${count > 0}`
    }
    const looks = [() => senser.sense(), () => senser.sense(), () => senser.ahead(1_000), () => senser.sense()]
    countOf(() => senser.sense())
    const seen = looks.map((look, at) => {
      if (at !== 1) change(150)
      return countOf(look)
    })
    senser.ahead(1_000)
    change(20)
    return [...seen, countOf(() => senser.sense())]
  })
  // A look of no time at all is late after sixteen elements.
  expect(asked).toEqual(['stale true', 'stale false', 'fresh true', 'stale false', 'stale true'])
  await page.close()
})

test('what came late is nothing that was there before, whichever node a look ended after, and what was there before is', async () => {
  const page = await stage.open(`${ticking}<main></main>`, [bundle])
  const told = await page.evaluate(() => {
    const { OvertSense } = globalThis as unknown as Inside // as: the bundle's global
    const draw = (before: number, tools: readonly string[], likes: number): void => {
      const boxes = tools.map((tool) => `<div class=tool><button>${tool}</button></div>`).join('')
      document.body.innerHTML = `${'<i></i>'.repeat(before)}<button>Like ${likes}</button><div>${boxes}</div>${'<i></i>'.repeat(90)}`
    }
    return Array.from({ length: 80 }, (_, at) => {
      const before = at % 40
      draw(before, ['Cut', 'Copy', 'Paste'], 3)
      const senser = OvertSense.createSenser(document)
      const idOf = (name: string): number | undefined => senser.sense().nodes.find((node) => node.name === name)?.id
      const [cut, copy, like] = [idOf('Cut'), idOf('Copy'), idOf('Like 3')]
      draw(before, ['Undo', 'Cut', 'Copy'], 4)
      const { status } = senser.ahead(at < 40 ? 0 : 1)
      const now = [idOf('Undo'), idOf('Cut'), idOf('Copy'), idOf('Like 4')]
      senser.dispose()
      return [status, now[1] === cut, now[2] === copy, now[3] === like, [cut, copy, like, 0, undefined].includes(now[0])].join()
    })
  })
  expect(new Set(told)).toEqual(new Set(['stale,true,true,true,false']))
  await page.close()
})
