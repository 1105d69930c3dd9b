import { fileURLToPath } from 'node:url'

import { afterAll, beforeAll, expect, test } from 'vitest'

import { type Stage, openStage } from '../../chromium.ts'
import { compareNames } from './names.fixture.ts'

const bundle = fileURLToPath(new URL('../../dist/sense.iife.js', import.meta.url))
let stage: Stage

beforeAll(async () => {
  stage = await openStage()
}, 60_000)
afterAll(() => stage.close())

/** Every way that the standard knows to name what can be acted on, on one page. */
const ways = `<style>.gone{display:none}</style>
  <span id=a>First</span><span id=b hidden>hidden <i>but said</i></span><span id=c aria-label="By label">not this</span>
  <button aria-labelledby="a b">x</button><button aria-labelledby="c a">x</button><button id=self aria-label=Delete aria-labelledby="self a">x</button>
  <button aria-labelledby=none>Falls back</button><button title=Tip></button><button title=Tip>Text wins</button>
  <button><img alt="Picture" src=data:,></button><button><svg width=9 height=9><title>Drawn</title><path d="M0 0h9v9z"/></svg></button>
  <button>Seen <span class=gone>unseen</span><span aria-hidden=true>icon</span> end</button>
  <button><span aria-label="Named part">x</span> rest</button><button>one<div>two</div>three</button><button>un<b>broken</b></button>
  <a href=#x><img alt=Home src=data:,></a><a href=#x>Plain <em>link</em></a><a href=#x aria-label="Said so">Else</a>
  <label>Wrap <input> after</label><label for=n>For</label><input id=n><label>Two <input id=two></label><label for=two>labels</label>
  <label>Flash <input value=3 size=2 aria-label=count> times</label><input type=checkbox id=flash><label for=flash>Flash the screen</label>
  <input placeholder=Hold><input title=Tip placeholder=Hold><input aria-placeholder=Aria><textarea placeholder="Long"></textarea><input type=submit><input type=reset><input type=button value=Press>
  <input type=image alt=Go src=data:,><input type=image src=data:,><input type=file aria-label=File><input type=range aria-labelledby=a>
  <fieldset><legend>Legend</legend><input type=radio id=r><label for=r>Choice</label></fieldset>
  <div role=checkbox tabindex=0>Own <b>text</b></div><div role=combobox tabindex=0 aria-label=List>value</div><div role=textbox contenteditable aria-labelledby=a>typed</div>
  <div role=slider tabindex=0 aria-valuenow=3 aria-label=Volume></div><ul role=listbox aria-label=Towns><li role=option>Kiel <small>(city)</small></li></ul>
  <div role=tab tabindex=0><span>Tab</span><span>two</span></div><details><summary>Summary <b>here</b></summary>x</details>
  <div id=host></div><script>host.attachShadow({mode:'open'}).innerHTML='<button><slot></slot> deep</button>';host.textContent='Slotted'</script>`

/** Where we differ, with the reason: what is typed or chosen is no part of another's name, a field is told by its own; what a style sheet writes is not read, since each pseudo-element costs a style. */
const others = `<style>.before::before{content:'Star '}</style><button class=before>rated</button>
  <input type=checkbox id=flash><label for=flash>Flash <input value=3 aria-label=count> times</label>
  <input type=checkbox id=pick><label for=pick>Take <select aria-label=which><option>one<option selected>both</select> of them</label>`

async function namesOn(html: string): Promise<{ readonly same: number; readonly wrong: readonly string[] }> {
  const page = await stage.open(html, [bundle])
  const pairs = await compareNames(page)
  await page.close()
  const wrong = pairs.filter(({ ours, browsers }) => ours !== browsers)
  return { same: pairs.length - wrong.length, wrong: wrong.map(({ tag, ours, browsers }) => `${tag}: "${ours}", not "${browsers}"`) }
}

test('names are those of the browser, on every way to give one but the three below', async () => {
  const { same, wrong } = await namesOn(ways)
  expect(wrong).toEqual([])
  expect(same).toBeGreaterThan(35)
})

test('what is typed or chosen, and what a style sheet writes, is no part of another name', async () => {
  const { wrong } = await namesOn(others)
  expect(wrong).toEqual([
    'button button/button: "rated", not "Star rated"',
    'input checkbox/checkbox: "Flash count times", not "Flash 3 times"',
    'input checkbox/checkbox: "Take of them", not "Take both of them"',
  ])
})
