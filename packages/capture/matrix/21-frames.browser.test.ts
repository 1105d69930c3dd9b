import { type Server, createServer } from 'node:http'

import type { CDPSession, Frame } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { type Stage, openStage } from '../chromium.ts'
import { type Trial, startTrial } from '../trial.ts'
import { browserBoxes, isInside, protocolOf, seenBy, strayBoxes } from './browser-boxes.ts'

let stage: Stage
let other: Server
beforeAll(async () => {
  stage = await openStage()
  other = createServer((_, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end(foreign))
  await new Promise<void>((listening) => other.listen(0, '127.0.0.1', listening))
})
afterAll(async () => {
  other.closeAllConnections()
  other.close()
  await stage.close()
})

const foreign = '<body style="margin:0"><button style="width:100px;height:40px">walnutgrove</button><input value=junipercreek>'
const quoted = (html: string): string => html.replaceAll('&', '&amp;').replaceAll('"', '&quot;')
const framed = (name: string, html: string, attributes = ''): string =>
  `<iframe aria-label="${name}" style="width:300px;height:160px;border:3px solid;padding:4px" srcdoc="${quoted(html)}" ${attributes}></iframe>`
const button = (name: string): string =>
  `<body style="margin:0"><button aria-label="${name}" style="width:90px;height:30px;margin:5px">x</button>`

/** The labels of the frames around a frame's content, outermost first, as the browser has them. */
async function pathOf(frame: Frame): Promise<readonly string[]> {
  const around = frame.parentFrame()
  if (around === null) return []
  const own = await (await frame.frameElement()).getAttribute('aria-label')
  return [...(await pathOf(around)), own ?? '']
}

/** The frames around the row of an event, outermost first, as they were recorded. */
function recordedPath(trial: Trial, event: Parameters<Trial['rowOf']>[0]): readonly string[] {
  const nodes = seenBy(trial, event)?.nodes ?? []
  const path: string[] = []
  for (let row = trial.rowOf(event); row !== undefined; row = nodes[row.parent]) if (row.tag === 'iframe') path.unshift(row.name)
  return path
}

const clicksOf = async (trial: Trial) => (await trial.events()).flatMap((event) => (event.kind === 'click' ? [event] : []))

describe('row 21: frames: same-origin, srcdoc, sandboxed, three deep, cross-origin, moved, removed', () => {
  test('a press in a frame of the same origin is told on its row, in the coordinates of the page, with the frames around it', async () => {
    const served = stage.serve('/in-a-frame', `<!doctype html>${button('by address')}<div style="height:900px">`)
    const third = framed('third', button('three deep'), '').replace('300px;height:160px', '150px;height:60px')
    const trial = await startTrial(
      stage,
      `<iframe aria-label=address src="${served}" style="width:200px;height:100px;border:5px solid"></iframe>
      ${framed('document', button('by document'))}${framed('allowed', button('in a sandbox'), 'sandbox="allow-same-origin allow-scripts"')}
      <div style="height:170px;width:400px;overflow:auto" id=scrolled><div style="height:120px"></div>
      ${framed('first', framed('second', third).replace('300px;height:160px', '200px;height:100px'))}<div style="height:400px"></div></div>
      <x-frame style="display:block"></x-frame><iframe aria-label=blank style="width:200px;height:60px"></iframe>
      <script>
        customElements.define('x-frame', class extends HTMLElement { constructor() { super(); this.attachShadow({ mode: 'open' }).innerHTML = ${JSON.stringify(framed('shadowed', button('in a shadow root'))).replaceAll('</', '<\\/')} } })
        document.querySelector('#scrolled').scrollTop = 100
      </script>`,
    )
    const { page } = trial
    await page.evaluate((html) => {
      const inner = document.querySelector<HTMLIFrameElement>('[aria-label=blank]')?.contentDocument
      inner?.open()
      inner?.write(html)
      inner?.close()
    }, button('written'))
    const buttons = ['by address', 'by document', 'in a sandbox', 'three deep', 'in a shadow root', 'written']
    await expect.poll(() => page.frames().length).toBe(9)
    const meant: unknown[] = []
    const boxes = await browserBoxes(page)
    for (const name of buttons) {
      const holds = await Promise.all(page.frames().map((frame) => frame.locator(`[aria-label="${name}"]`).count()))
      const frame = page.frames()[holds.indexOf(1)] ?? page.mainFrame()
      await frame.locator(`[aria-label="${name}"]`).click()
      meant.push([name, await pathOf(frame)])
    }
    const clicks = await clicksOf(trial)
    expect(clicks.map((event) => [trial.rowOf(event)?.name, recordedPath(trial, event)])).toEqual(meant)
    expect(clicks.filter((event) => !isInside(trial, event))).toEqual([])
    for (const event of clicks) {
      const own = trial.rowOf(event)?.name ?? ''
      expect(strayBoxes(seenBy(trial, event), new Map([...boxes].filter(([name]) => name === own || name === 'address')))).toEqual([])
    }
    await page.close()
  })

  test('text, choices, scrolls and keys in a frame two deep are told on their rows', async () => {
    const inside = `<input aria-label=Note><label><input type=checkbox>Urgent</label><select aria-label=Size><option>Small<option>Large</select><div style="height:2000px">`
    const trial = await startTrial(stage, framed('outer', framed('inner', inside)))
    const inner = trial.page.frameLocator('iframe').frameLocator('iframe')
    await inner.locator('[aria-label=Note]').click()
    await trial.page.keyboard.type('two words')
    await inner.locator('[type=checkbox]').click()
    await inner.locator('select').selectOption('Large')
    const { left, top } = await trial.page.locator('iframe').evaluate((frame) => {
      const rect = frame.getBoundingClientRect()
      return { left: rect.left, top: rect.top }
    })
    await trial.page.mouse.move(left + 100, top + 100)
    await trial.page.mouse.wheel(0, 200)
    await trial.page.waitForTimeout(900)
    const held = await inner.locator('html').evaluate((root) => Math.round(root.scrollTop))
    const events = await trial.events()
    const told = events.flatMap((event) =>
      event.kind === 'text'
        ? [[trial.rowOf(event)?.name, event.after]]
        : event.kind === 'check'
          ? [[trial.rowOf(event)?.name, event.after]]
          : [],
    )
    expect(told).toEqual([
      ['Note', 'two words'],
      ['Urgent', true],
    ])
    const scrolls = events.flatMap((event) => (event.kind === 'scroll' ? [event] : []))
    expect(scrolls.map((event) => [event.cause, recordedPath(trial, event)])).toEqual([['pointer', ['outer', 'inner']]])
    expect([scrolls[0]?.toY, held > 0]).toEqual([held, true])
    await trial.page.close()
  })

  test('a frame of another origin, another port or a sandbox is a row with its box, and nothing of its inside leaves', async () => {
    const address = other.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const elsewhere = stage.serve('/foreign', foreign).replace('127.0.0.1', 'localhost')
    const trial = await startTrial(
      stage,
      `<button>Ours</button><iframe aria-label="another origin" src="${elsewhere}"></iframe><iframe aria-label="another port" src="http://127.0.0.1:${port}/"></iframe>
      ${framed('sandbox', foreign, 'sandbox="allow-scripts"')}`,
    )
    await trial.page.waitForLoadState()
    for (const frame of trial.page.frames().slice(1)) {
      await frame.locator('button').click()
      await frame.locator('input').click()
      await trial.page.keyboard.type('brookfield')
    }
    await trial.page.getByText('Ours').click()
    const boxes = await browserBoxes(trial.page)
    const events = await trial.events()
    expect(events.map((event) => [event.kind, trial.rowOf(event)?.name])).toEqual([['click', 'Ours']])
    expect(strayBoxes(seenBy(trial, events[0]), boxes)).toEqual([])
    expect(boxes.size).toBe(3)
    expect(JSON.stringify(trial.batches)).not.toMatch(/walnutgrove|junipercreek|brookfield/)
    await trial.page.close()
  })

  test('a frame that the permit or the site leaves out is like one of another origin, also when its address changes later', async () => {
    const meta = '<!doctype html><head><meta name=overt content=no-capture></head>'
    const trial = await startTrial(
      stage,
      `<button>Ours</button><iframe aria-label=excepted src="${stage.serve('/private/frame', foreign)}"></iframe>
      <iframe aria-label=asked src="${stage.serve('/asks-not-to', meta + foreign)}"></iframe>
      <iframe aria-label=moving src="${stage.serve('/public-frame', '<button>Open</button><p>Free to tell</p>')}"></iframe>
      <div data-overt-ignore>${framed('ignored', foreign)}</div>`,
    )
    await trial.page.waitForLoadState()
    const [moving] = trial.page.frames().filter((frame) => frame.url().endsWith('/public-frame'))
    await moving?.locator('button').click()
    await moving?.evaluate(() => {
      history.pushState(null, '', '/private/later')
      document.querySelectorAll('button, p').forEach((element) => (element.textContent = 'walnutgrove'))
    })
    for (const frame of trial.page.frames().slice(1)) {
      await frame.locator('button').click()
      if ((await frame.locator('input').count()) > 0) await frame.locator('input').fill('brookfield')
    }
    await trial.page.getByText('Ours').click()
    const events = await trial.events()
    expect(events.map((event) => [event.kind, trial.rowOf(event)?.name])).toEqual([
      ['click', 'Open'],
      ['click', 'Ours'],
    ])
    const rows = seenBy(trial, events[1])?.nodes ?? []
    expect(rows.filter(({ tag }) => tag === 'iframe').map(({ name }) => name)).toEqual(['excepted', 'asked', 'moving'])
    expect(JSON.stringify(trial.batches)).not.toMatch(/walnutgrove|junipercreek|brookfield/)
    await trial.page.close()
  })

  test('frames that are added, moved and taken away later: each press is told once, where it was', async () => {
    const trial = await startTrial(stage, '<div id=here></div><div id=there style="margin:150px 0 0 200px"></div>')
    const { page } = trial
    const add = (name: string): Promise<void> =>
      page.evaluate(
        ([html, label]) =>
          new Promise<void>((loaded) => {
            const frame = document.createElement('iframe')
            frame.setAttribute('aria-label', label)
            frame.srcdoc = html
            frame.addEventListener('load', () => loaded(), { once: true })
            document.querySelector('#here')?.append(frame)
          }),
        [
          `${button(name)}<script>document.querySelector('button').addEventListener('click', () => parent.pressed?.('${name}'))</script>`,
          name,
        ] as const,
      )
    const press = (name: string): Promise<void> => page.frameLocator(`iframe[aria-label="${name}"]`).locator('button').click()
    await add('one')
    await press('one')
    await page.evaluate(() => {
      const frame = document.querySelector('iframe')
      if (frame !== null) document.querySelector('#there')?.append(frame)
    })
    await press('one')
    await add('two')
    await page.evaluate(() =>
      Object.assign(globalThis, { pressed: (name: string) => document.querySelector(`[aria-label=${name}]`)?.remove() }),
    )
    await press('two')
    await page.evaluate(() => Object.assign(globalThis, { pressed: undefined }))
    await page.evaluate(() => (document.querySelector('iframe')?.contentWindow ?? window).location.reload())
    await press('one')
    expect(await page.locator('iframe').count()).toBe(1)
    const clicks = await clicksOf(trial)
    expect(clicks.map((event) => trial.rowOf(event)?.name)).toEqual(['one', 'one', 'two', 'one'])
    expect(clicks.filter((event) => !isInside(trial, event))).toEqual([])
    await page.close()
  })

  test('a thousand frames that come, are worked in and go leave nothing behind', async () => {
    const trial = await startTrial(stage, '<button>Ours</button><div id=here></div>')
    const session = await protocolOf(trial.page)
    await mount(trial, 100)
    const before = await countersOf(trial, session)
    await mount(trial, 1_000)
    const after = await countersOf(trial, session)
    expect(after.documents - before.documents).toBeLessThan(10)
    expect(after.jsEventListeners - before.jsEventListeners).toBeLessThan(100)
    expect(after.nodes - before.nodes).toBeLessThan(500)
    expect(after.heapBytes / before.heapBytes).toBeLessThan(1.5)
    expect((await trial.events()).filter((event) => event.kind === 'text').length).toBeGreaterThan(5)
    await trial.page.close()
  })
})

/** Puts frames up and takes them away one after the other; in every fiftieth a person types, and is still there when it goes. */
async function mount(trial: Trial, times: number): Promise<void> {
  for (let done = 0; done < times; done += 50) {
    await trial.page.evaluate(
      async ([count, html]) => {
        const here = document.querySelector('#here')
        for (let turn = 0; turn < count; turn += 1) {
          here?.replaceChildren()
          const frame = document.createElement('iframe')
          frame.srcdoc = html
          await new Promise((loaded) => {
            frame.addEventListener('load', loaded, { once: true })
            here?.append(frame)
          })
        }
      },
      [50, '<input aria-label=Note><div style="overflow:auto;height:40px"><p style="height:200px">Long</p></div>'] as const,
    )
    await trial.page.frameLocator('iframe').locator('input').click()
    await trial.page.keyboard.type('words')
  }
  await trial.page.evaluate(() => document.querySelector('#here')?.replaceChildren())
}

async function countersOf(
  trial: Trial,
  session: CDPSession,
): Promise<{ documents: number; nodes: number; jsEventListeners: number; heapBytes: number }> {
  await trial.page.getByText('Ours').click()
  await trial.tell('flush')
  // A field that is left alone is written down after five seconds.
  await trial.page.waitForTimeout(6_000)
  for (let turn = 0; turn < 3; turn += 1) await session.send('HeapProfiler.collectGarbage')
  return { ...(await session.send('Memory.getDOMCounters')), heapBytes: (await session.send('Runtime.getHeapUsage')).usedSize }
}
