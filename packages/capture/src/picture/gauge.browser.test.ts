import { build } from 'esbuild'
import type { Modality } from '@overt/schema'
import type { Page } from 'playwright-core'
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

interface Inside {
  readonly Gauging: typeof import('./gauge.ts') & typeof import('@overt/privacy')
  gauge: import('./gauge.ts').Gauge
}

/** Measures a page: what it marks `hide` has to lie in an area, and what it marks `show` in none. `act`: what is done to it meanwhile. */
async function measure(html: string, budgetMs = 5_000, act: (page: Page) => Promise<unknown> = () => Promise.resolve()): Promise<Measured> {
  const page = await stage.open(`<style>body{margin:0;font:16px/24px sans-serif}</style>${html}`, [overtBundle])
  await page.addScriptTag({ content: `${script};globalThis.Gauging = Gauging` })
  await page.evaluate(
    async ([{ receipt, manifest, keys }, budget]) => {
      const inside = globalThis as unknown as Inside // as: put there above
      const { Gauging } = inside
      const { createGauge, createPlaceholderMap, decide, redactionVersion, redactText, redactUrl } = Gauging
      const decision = await decide(receipt, manifest, 'ground', Date.now(), { keys })
      if (!decision.ok) throw new Error(decision.reason)
      const map = createPlaceholderMap()
      const redactor = { redactionVersion, createPlaceholderMap, redactText, redactUrl }
      inside.gauge = createGauge(decision.value, document, { redactor, map: () => map, stirred: () => {}, budgetMs: budget })
    },
    [papers, budgetMs] as const,
  )
  await act(page)
  const measured = await page.evaluate(async () => {
    const { gauge } = globalThis as unknown as Inside // as: put there above
    dispatchEvent(new Event('gauged'))
    const geometry = await gauge.measure()
    const areas = typeof geometry === 'string' ? [] : geometry.areas
    const named = (mark: string): Element[] => [
      ...document.querySelectorAll(`[${mark}]`),
      ...[...document.querySelectorAll('*')].flatMap(({ shadowRoot }) => [...(shadowRoot?.querySelectorAll(`[${mark}]`) ?? [])]),
    ]
    /** A grid of points over each of the boxes that its words are drawn in. */
    const points = (element: Element): { x: number; y: number }[] => {
      const range = new Range()
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
  })
  await page.close()
  return measured
}

/** The same for a person who agreed to more, or less. */
async function measureWith(modalities: readonly Modality[], ...given: Parameters<typeof measure>): Promise<Measured> {
  const usual = papers
  papers = await papersFor(stage.origin, [...modalities])
  const measured = await measure(...given)
  papers = usual
  return measured
}

const mail = 'ada.lovelace@example.org'
const card = '4539 1488 0343 6467'
/** Names by which a form or a document answers with what is in it. */
const taken =
  'childNodes children getBoundingClientRect hasAttribute getAttribute textContent isContentEditable shadowRoot ownerDocument parentElement parentNode defaultView createRange documentElement getElementsByTagName localName'.split(
    ' ',
  )
const photo = `data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='90' height='90'></svg>`

test.each([
  [
    'a text that redaction changes, and not what stands beside it',
    `<p show>Orders of today</p><p hide>Write to ${mail}</p><p show>Nothing else</p>`,
  ],
  ['a secret that is split over elements', `<p show>Orders</p><p hide>4539 14<b>88 03</b><i>43 6467</i></p>`],
  ['a secret and its label in two cells', `<table><tr><td show>Password</td><td hide>tr0ub4dor&3x9</td></tr></table>`],
  [
    'what stands in a form whose fields are called as what is asked of it',
    `<form style="position:relative">${taken.map((name) => `<input type=hidden name=${name}>`).join('')}<p hide>Write to ${mail}</p><input hide value="a word"></form><p show>Orders</p>`,
  ],
  [
    'a page whose pictures are called as what is asked of it',
    `${taken.map((name) => `<img name=${name} width=0 height=0>`).join('')}<p hide>Write to ${mail}</p><p show>Orders</p>`,
  ],
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
  const html = '<p hide>Orders of today</p><button hide>Refund</button><hr show><canvas hide width=90 height=40></canvas>'
  expect(await measureWith(['actions', 'structure', 'pixels', 'drawings'], html)).toMatchObject({ open: [], covered: [] })
})

const byName = ['actions', 'text', 'structure', 'pixels', 'drawings'] as const
const chart = '<canvas show width=90 height=40 aria-label="Sales by month"><p>January 12</p></canvas>'
const framed = `<style>body{margin:0}</style><canvas width=90 height=40></canvas>`

test('whoever agreed to drawings by name has those of the page in its pictures, each alone, and nothing else that nobody can read', async () => {
  const others = `<video hide width=90 height=40></video><img hide src="${photo}"><object hide width=90 height=40></object><iframe hide src="http://localhost:1/"></iframe>`
  const html = `${chart}<iframe show width=90 height=40 style="border:0" srcdoc='${framed}'></iframe>${others}<p hide>Write to ${mail}</p>`
  expect(await measureWith(byName, html)).toMatchObject({ open: [], covered: [], geometry: { shown: 2 } })
  expect(await measure(html.replaceAll(' show ', ' hide '))).toMatchObject({ open: [], covered: [], geometry: { shown: 0 } })
})

test('films are agreed to by their own name, and what a camera or a screen feeds is never shown', async () => {
  const fed = `<video hide id=fed width=90 height=40></video><canvas id=source hide width=9 height=9></canvas>`
  const html = `<video show width=90 height=40 aria-label="How to refund"></video>${fed}`
  const feed = (page: Page): Promise<void> =>
    page.evaluate(() => {
      const [source, film] = [document.querySelector('canvas'), document.querySelector<HTMLVideoElement>('#fed')]
      source?.getContext('2d')
      Object.assign(film ?? {}, { srcObject: source?.captureStream() })
    })
  expect(await measureWith(['actions', 'text', 'pixels', 'films'], html, 5_000, feed)).toMatchObject({ open: [], covered: [] })
})

test.each([
  ['its name', `<canvas hide width=90 height=40 aria-label="Card ${card}"></canvas>`],
  ['the texts in it', `<canvas hide width=90 height=40><table><tr><td>${mail}</td></tr></table></canvas>`],
  ['a label of something in it', `<canvas hide width=90 height=40><button aria-label="Call ${mail}"></button></canvas>`],
  ['what stands before it', `<p>Password: <canvas hide width=90 height=40 aria-label="tr0ub4dor&amp;3x9"></canvas></p>`],
  ['a secret field in it', `<canvas hide width=90 height=40><input type=password></canvas>`],
  ['what someone wrote into a field in it', `<canvas hide width=90 height=40><textarea>a note of mine</textarea></canvas>`],
  [
    'a root in it that may hold anything',
    `<canvas hide width=90 height=40><x-a><template shadowrootmode=open>${mail}</template></x-a></canvas>`,
  ],
  ['a photograph behind it', `<canvas hide width=90 height=40 style="background:url(&quot;${photo}&quot;)"></canvas>`],
  ['what lies over it', `<canvas width=300 height=80></canvas><p hide style="position:absolute;left:9px;top:9px;margin:0">${mail}</p>`],
])('a drawing that was agreed to is masked all the same for %s', async (_, html) => {
  expect(await measureWith(byName, html)).toMatchObject({ open: [], covered: [] })
})

test.each([
  ['into a drawing', `<canvas hide tabindex=0 width=90 height=40></canvas>`, 'canvas', 'a'],
  ['into a field that is not seen', `<canvas hide width=90 height=40></canvas><textarea style="opacity:0"></textarea>`, 'textarea', 'a'],
  [
    'into a frame that is not seen',
    `<canvas hide width=90 height=40></canvas><iframe style="position:absolute;left:-999px" srcdoc="<body contenteditable>"></iframe>`,
    'iframe',
    'a',
  ],
  ['into a field that shows it', `${chart}<input aria-label=Note>`, 'input', 'a'],
  ['as a shortcut', `${chart}<p tabindex=0>Orders</p>`, 'p', 'Control+b'],
])(
  'attack 27: what is written %s is drawn by nobody else, and only then a drawing is masked for it, for good',
  async (_, html, at, key) => {
    const measured = await measureWith(byName, html, 5_000, async (page) => {
      await page.focus(at)
      await page.keyboard.press(key)
    })
    expect(measured).toMatchObject({ open: [], covered: [] })
  },
)

test.each(['-webkit-box-reflect:below', 'filter:drop-shadow(0 90px red)', 'filter:url(#moved)', 'overflow:visible;object-fit:none'])(
  'where what is masked is drawn outside of its box too (%s) there is no picture',
  async (style) => {
    const html = `<svg width=0 height=0><filter id=moved><feOffset dy=90 /></filter></svg><canvas width=90 height=40 style="${style}"></canvas>`
    expect((await measure(html)).geometry).toBe('unknown')
    expect((await measureWith(byName, html)).geometry).not.toBe('unknown')
  },
)

/** Writes a document anew: that takes all listeners. */
const rewrite = `const write = (page, html) => { page.open(); page.write(html); page.close() };`
const inner = '<body style="margin:0"><canvas width=90 height=40 tabindex=0></canvas>'

test.each([
  ['a page', '<canvas hide tabindex=0 width=90 height=40></canvas>', `write(document, document.body.innerHTML)`, ''],
  [
    'a frame',
    `<iframe hide width=90 height=40 style="border:0" srcdoc='${inner}'></iframe>`,
    `write(document.querySelector('iframe').contentDocument, '${inner}')`,
    'iframe',
  ],
])('what is typed into a drawing of %s that was written anew is masked like any other', async (_, html, way, frame) => {
  const measured = await measureWith(byName, html, 5_000, async (page) => {
    await page.evaluate(`{ const { gauge } = globalThis; gauge.measure() }`)
    await page.evaluate(`{ ${rewrite} ${way} }`)
    await (frame === '' ? page.locator('canvas') : page.frameLocator(frame).locator('canvas')).focus()
    await page.keyboard.press('a')
  })
  expect(measured).toMatchObject({ open: [], covered: [] })
})

test('a page that was written anew stirs by its scrolling, and has no picture while the browser shows a bubble', async () => {
  const form = '<form><input type=email value=ada></form><div style="height:3000px"></div>'
  let stirred = 0
  const measured = await measure(form, 5_000, async (page) => {
    await page.evaluate(`{ ${rewrite} write(document, document.body.innerHTML) }`)
    stirred = await page.evaluate(async () => {
      const { gauge } = globalThis as unknown as Inside // as: put there by measure
      const drawn = (): Promise<unknown> => new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)))
      await drawn()
      const before = gauge.settle()
      scrollTo(0, 500)
      await drawn()
      return gauge.settle() - before
    })
    await page.evaluate(() => document.forms[0]?.reportValidity())
  })
  expect(stirred).toBeGreaterThan(0)
  expect(measured.geometry).toBe('unknown')
})
