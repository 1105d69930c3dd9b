import { build } from 'esbuild'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { openStage, type Stage } from '../../chromium.ts'
import { overtBundle, papersFor, type Papers } from '../../trial.ts'
import type { Geometry } from './gauge.ts'

let stage: Stage
let papers: Papers
let script: string

beforeAll(async () => {
  stage = await openStage()
  const sample = await papersFor(stage.origin, ['actions', 'text', 'structure', 'pixels'])
  papers = sample
  const { outputFiles } = await build({
    stdin: {
      contents: `export { createGauge } from './gauge.ts'; export * from '@overt/privacy'`,
      resolveDir: import.meta.dirname,
    },
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'Gauging',
  })
  script = outputFiles[0]?.text ?? ''
})
afterAll(() => stage.close())

interface Measured {
  readonly geometry: Geometry | string
  /** Elements marked `hide` of which something lies in no area, and those marked `show` of which something lies in one. */
  readonly open: readonly string[]
  readonly covered: readonly string[]
}

/** Measures a page: what it marks `hide` has to lie in an area, and what it marks `show` in none. */
async function measure(html: string, budgetMs = 5_000): Promise<Measured> {
  const page = await stage.open(`<style>body{margin:0;font:16px/24px sans-serif}</style>${html}`, [overtBundle])
  await page.addScriptTag({ content: `${script};globalThis.Gauging = Gauging` })
  const measured = await page.evaluate(
    async ([{ receipt, manifest, keys }, budget]) => {
      interface Inside {
        readonly Gauging: typeof import('./gauge.ts') & typeof import('@overt/privacy')
      }
      const { Gauging } = globalThis as unknown as Inside // as: put there above
      const { createGauge, createPlaceholderMap, decide, redactionVersion, redactText, redactUrl } = Gauging
      const decision = await decide(receipt, manifest, 'ground', Date.now(), { keys })
      if (!decision.ok) throw new Error(decision.reason)
      const map = createPlaceholderMap()
      const redactor = { redactionVersion, createPlaceholderMap, redactText, redactUrl }
      const gauge = createGauge(decision.value, document, { redactor, map: () => map, stirred: () => {}, budgetMs: budget })
      dispatchEvent(new Event('gauged'))
      const geometry = await gauge.measure()
      const areas = typeof geometry === 'string' ? [] : geometry.areas
      const named = (mark: string): Element[] => [
        ...document.querySelectorAll(`[${mark}]`),
        ...[...document.querySelectorAll('*')].flatMap(({ shadowRoot }) => [...(shadowRoot?.querySelectorAll(`[${mark}]`) ?? [])]),
      ]
      /** A grid of points over each of the boxes that its words are drawn in. */
      const points = (element: Element): { x: number; y: number }[] => {
        const range = document.createRange()
        range.selectNodeContents(element)
        const texts = [...range.getClientRects()]
        const boxes = texts.length > 0 ? texts : [element.getBoundingClientRect()]
        const steps = [0.02, 0.25, 0.5, 0.75, 0.98]
        return boxes.flatMap((box) =>
          steps.flatMap((at) => steps.map((down) => ({ x: box.left + box.width * at, y: box.top + box.height * down }))),
        )
      }
      const isIn = ({ x, y }: { x: number; y: number }): boolean =>
        areas.some(({ left, top, right, bottom }) => x >= left && x <= right && y >= top && y <= bottom)
      return {
        geometry,
        open: named('hide')
          .filter((element) => !points(element).every(isIn))
          .map((element) => element.outerHTML),
        covered: named('show')
          .filter((element) => points(element).some(isIn))
          .map((element) => element.outerHTML),
      }
    },
    [papers, budgetMs] as const,
  )
  await page.close()
  return measured
}

const mail = 'ada.lovelace@example.org'
const card = '4539 1488 0343 6467'
const photo = `data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='90' height='90'></svg>`

test.each([
  [
    'a text that redaction changes, and not what stands beside it',
    `<p show>Orders of today</p><p hide>Write to ${mail}</p><p show>Nothing else</p>`,
  ],
  ['a secret that is split over elements', `<p show>Orders</p><p hide>4539 14<b>88 03</b><i>43 6467</i></p>`],
  ['a secret and its label in two cells', `<table><tr><td show>Password</td><td hide>tr0ub4dor&3x9</td></tr></table>`],
  ['words of an element without a box', `<p hide><span style="display:contents">${mail}</span></p>`],
  ['a secret field, and none that is empty', `<input hide type=password value=a><input show aria-label=Name><input show type=checkbox>`],
  [
    'what was written into a field, whatever it is',
    `<input hide value="a word"><textarea hide>more words</textarea><div hide contenteditable>and more</div>`,
  ],
  [
    'a choice, a button and a hint that hold one',
    `<select hide><option>${mail}</select><input hide type=button value="${mail}"><input hide placeholder="${mail}">`,
  ],
  [
    'an open shadow root, and what is slotted into it',
    `<x-a><span hide>${mail}</span><template shadowrootmode=open><b hide>${card}</b><slot></slot></template></x-a>`,
  ],
  [
    'drawings, films and photographs, and no icon',
    `<canvas hide width=90 height=40></canvas><video hide width=90 height=40></video><img hide src="${photo}"><img show width=16 height=16 src="${photo}"><div hide style="width:90px;height:40px;background:url(&quot;${photo}&quot;)"></div><p show style="background:url(&quot;${photo}&quot;)">Words before a background</p>`,
  ],
  ['words of a drawing that is made of elements', `<svg width=300 height=40><text y=20 hide>${mail}</text></svg>`],
  [
    'a scrolled list, and nothing beside what it cuts off',
    `<div style="width:60px;overflow:hidden;white-space:nowrap;float:left">${mail}</div><p show style="margin-left:80px">Beside it</p>`,
  ],
  [
    'a field that is laid out elsewhere than its box',
    `<div style="overflow:hidden;width:10px;height:10px"><p hide style="position:absolute;left:200px;top:200px;margin:0">${mail}</p></div>`,
  ],
])('the areas cover %s', async (_, html) => {
  expect(await measure(html)).toMatchObject({ open: [], covered: [] })
})

test.each([
  ['a style writes it', `<style>p::after{content:attr(data-to)}</style><p data-to="${mail}">To </p>`],
  ['it is drawn a second time', `<div style="filter:drop-shadow(0 90px red)"><p>${mail}</p></div>`],
  [
    'the browser shows it in a bubble',
    `<form><input type=email value=ada></form><script>addEventListener('gauged', () => document.forms[0].reportValidity())</script>`,
  ],
])('nobody can tell where a secret lies, and there is no picture, where %s', async (_, html) => {
  expect((await measure(html)).geometry).toBe('unknown')
})

test('what a style writes and is no secret hinders nothing', async () => {
  expect((await measure(`<style>p::after{content:" (required)"}</style><p show>Order</p>`)).covered).toEqual([])
})

test('a page that takes too long to mask has no picture', async () => {
  const rows = Array.from({ length: 5_000 }, (_, row) => `<p>Row ${row}</p>`).join('')
  expect((await measure(rows, 0)).geometry).toBe('budget')
})

test('whoever did not agree to texts has pictures without any', async () => {
  const { modalities } = papers.receipt
  papers = await papersFor(stage.origin, ['actions', 'structure', 'pixels'])
  const { open, covered } = await measure('<p hide>Orders of today</p><button hide>Refund</button><hr show>')
  papers = await papersFor(stage.origin, [...modalities])
  expect({ open, covered }).toEqual({ open: [], covered: [] })
})
