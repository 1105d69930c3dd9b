import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import type { Page } from 'playwright-core'
import { afterEach, describe, expect, test } from 'vitest'

import { openOutfit, type Outfit, type OutfitOptions } from './extension.fixture.ts'
import { addressOf, albumOf, type Ink, inkOf, type Rect, unmasked, zoomTo } from './extension-pixels.fixture.ts'

/** All that must not be seen is written in red; nothing else is. */
const card = '4539 1488 0343 6467'
const drawn = `<svg xmlns='http://www.w3.org/2000/svg' width='200' height='30'><text y='22' font-size='22' font-weight='900' fill='%23f00'>drawn secret</text></svg>`
const html = `<title>Orders</title><style>
    body { margin: 0; font: 16px/20px sans-serif; height: 2000px; background: #fff } p, div, input, iframe, canvas, video, img { position: absolute; left: 20px; margin: 0; color: #f00; border: 0; height: 24px; width: 300px }
    .plain, button { color: #000 } button { position: fixed; right: 20px; top: 10px } #shadowed { text-shadow: 12px 14px #f00 }
  </style>
  <button>Refund</button><p class=plain style="top:10px">Orders of this morning</p>
  <input id=field style="top:50px" autocomplete=cc-number aria-label="Card" value="${card}">
  <p id=mail style="top:90px">Write to ada.lovelace@example.org soon</p>
  <p id=card style="top:130px">Paid with ${card}</p>
  <p id=split style="top:170px">Paid with 4539 14<b>88 0343</b> 6467</p>
  <canvas id=canvas style="top:210px" width=300 height=24></canvas>
  <video id=video style="top:250px" poster="data:image/svg+xml,${drawn}"></video>
  <img id=image style="top:290px" src="data:image/svg+xml,${drawn}">
  <iframe id=foreign style="top:330px"></iframe>
  <iframe id=near style="top:370px" srcdoc="<style>body{margin:0}</style><span style='color:red'>grace.hopper@example.org</span>"></iframe>
  <div id=closed style="top:410px"></div>
  <p id=cells style="top:450px"><span style="display:inline-block;width:90px">Password:</span><span style="display:contents">tr0ub4dor&amp;3x9</span></p>
  <p id=shadowed style="top:480px">edsger.dijkstra@example.org</p>
  <input id=note style="top:530px" aria-label=Note>
  <div id=photo style="top:570px;background:url(&quot;data:image/svg+xml,${drawn}&quot;)"></div>
  <script>
    const context = document.querySelector('canvas').getContext('2d')
    context.fillStyle = '#f00'; context.font = '16px sans-serif'; context.fillText('painted secret', 0, 18)
    document.querySelector('#closed').attachShadow({ mode: 'closed' }).innerHTML = '<span>barbara.liskov@example.org</span>'
    document.querySelector('#foreign').src = location.origin.replace('127.0.0.1', 'localhost') + '/foreign'
  </script>`
const secrets = [
  'field',
  'mail',
  'card',
  'split',
  'canvas',
  'video',
  'image',
  'foreign',
  'near',
  'closed',
  'cells',
  'shadowed',
  'note',
  'photo',
] as const
const pages = { '/foreign': '<style>body{margin:0;color:red}</style>a page of someone else', '/plain': '<button>Refund</button>' }
/** Pictures to look at. */
const shots = join(import.meta.dirname, '../.cache/extension')
const indicator = 'overt-indicator'
let outfit: Outfit

const begin = async (body: string, options: OutfitOptions, path = '/'): Promise<Page> => {
  outfit = await openOutfit(body, { pages, ...options })
  await outfit.agree()
  const page = await outfit.open(path)
  await page.locator(indicator).waitFor({ state: 'attached' })
  return page
}
afterEach(() => outfit.close())

const sent = async (): Promise<void> => {
  // Longer than an event waits for its batch and a batch for its picture.
  await new Promise((later) => setTimeout(later, 3_000))
  await expect
    .poll(async () => (await outfit.ask<{ queued: number }>({ kind: 'standing', tab: -1, origin: outfit.site })).queued, {
      timeout: 60_000,
    })
    .toBe(0)
}

/** Where what is named is drawn now. */
const rectsOf = (page: Page, ...names: readonly string[]): Promise<readonly Rect[]> =>
  page.evaluate(
    (ids) =>
      ids.map((id) => {
        const { x, y, width, height } = document.querySelector(id)?.getBoundingClientRect() ?? new DOMRect()
        return { x, y, width, height }
      }),
    names,
  )

/** As a person does: there, a moment, and pressed. */
const press = async (page: Page, name: string, restMs = 900): Promise<void> => {
  await page.mouse.move(500, 400)
  await page.locator('button', { hasText: name }).hover()
  await page.waitForTimeout(restMs)
  await page.mouse.down()
  await page.mouse.up()
}

describe.each([1, 2])('on a screen with %i pixels for one', (screen) => {
  test('a stored picture shows nothing of what is secret, at any zoom and scrolled, where the screen does', async () => {
    const page = await begin(html, { pixels: 'permitted', screen })
    await page.click('#note')
    await page.keyboard.type('a note of mine')
    const seen: { readonly ratio: number; readonly open: string; readonly rects: readonly Rect[] }[] = []
    for (const [factor, scrollY] of [
      [1, 0],
      [1.25, 37],
      [0.5, 0],
    ] as const) {
      await zoomTo(outfit, factor)
      await page.evaluate((y) => scrollTo(0, y), scrollY)
      await page.waitForTimeout(1_000)
      for (let turn = 0; turn < 4; turn += 1) await press(page, 'Refund')
      seen.push({
        ratio: await page.evaluate(() => devicePixelRatio),
        open: await unmasked(outfit),
        rects: await rectsOf(page, 'button', ...secrets.map((id) => `#${id}`)),
      })
    }
    await sent()
    const looking = await outfit.context.newPage()
    const { told } = albumOf(await outfit.stored())
    mkdirSync(shots, { recursive: true })
    for (const { ratio, open, rects } of seen) {
      const before = told.filter(
        ({ event, pictured }) => event.kind === 'click' && pictured.kind === 'captured' && pictured.when === 'before',
      )
      const picture = before.map((one) => one.picture).findLast((one) => one !== undefined && Math.abs(one.pixelRatio / ratio - 1) < 0.01)
      if (picture === undefined) throw new Error(`no picture at ${ratio}: ${JSON.stringify(told.map(({ pictured }) => pictured))}`)
      writeFileSync(join(shots, `pixels-${ratio}.webp`), Buffer.from(picture.image, 'base64'))
      writeFileSync(join(shots, `pixels-${ratio}-open.png`), Buffer.from(open.split(',')[1] ?? '', 'base64'))
      const [, ...shown] = await inkOf(looking, open, picture.pixelRatio, rects)
      const [whole, button, ...hidden] = await inkOf(looking, addressOf(picture), picture.pixelRatio, rects)
      // Where the screen showed it, so that the next lines can fail; all but the last lie in the viewport at every zoom.
      expect(secrets.filter((_, at) => (shown[at + 1]?.red ?? 0) < 5).filter((id) => id !== 'photo')).toEqual([])
      expect(whole?.red).toBe(0)
      const filled = ['field', 'canvas', 'video', 'image', 'foreign', 'note']
      expect(secrets.filter((id, at) => filled.includes(id) && hidden[at]?.bright !== 0)).toEqual([])
      // What is no secret is there to be seen.
      expect(button?.bright).toBeGreaterThan((button?.pixels ?? 0) / 2)
    }
  })
})

test('most acts have a picture of before, and each says which, or why it has none', async () => {
  const names = ['Refund', 'Ship', 'Hold', 'Close', 'Print']
  const page = await begin(
    `<title>Orders</title>${names.map((name) => `<button>${name}</button>`).join(' ')}<p id=log></p><script>
    addEventListener('click', ({ target }) => { document.querySelector('#log').textContent += target.textContent + ' ' })</script>`,
    {
      pixels: 'permitted',
    },
  )
  for (let turn = 0; turn < 3; turn += 1) for (const name of names) await press(page, name, 1_100)
  await sent()
  const batches = await outfit.stored()
  const { told, pictures, counts } = albumOf(batches)
  const clicks = told.filter(({ event }) => event.kind === 'click')
  expect(clicks).toHaveLength(15)
  const before = clicks.filter(({ pictured }) => pictured.kind === 'captured' && pictured.when === 'before')
  expect(before.length).toBeGreaterThan(clicks.length / 2)
  expect(told.filter(({ pictured, picture }) => pictured.kind === 'captured' && picture === undefined)).toEqual([])
  // One for each state of the page, not one for each event.
  expect(new Set(pictures.map(({ image }) => image)).size).toBeGreaterThan(10)
  expect(counts['picture.taken']).toBeGreaterThanOrEqual(pictures.length)
})

test('in a document that its page writes anew an act has a picture of before, too', async () => {
  const page = await begin('<title>Orders</title><button>Refund</button>', { pixels: 'permitted' })
  await page.evaluate(() => {
    document.open()
    document.write('<!doctype html><title>New</title><button>Ship</button><p></p>')
    document.close()
  })
  await page.locator(indicator).waitFor({ state: 'attached' })
  // Longer than what changes is looked at by itself: then only the person's coming closer says that it is.
  await page.waitForTimeout(6_000)
  await page.evaluate(() => document.querySelector('p')?.append('changed'))
  await press(page, 'Ship')
  await sent()
  const { told } = albumOf(await outfit.stored())
  expect(told.filter(({ event }) => event.kind === 'click').map(({ pictured }) => pictured)).toMatchObject([
    { kind: 'captured', when: 'before' },
  ])
})

test('attack 31: where the layout moves between geometry and pixels the picture is dropped and counted, and none shows what moved', async () => {
  const page = await begin(
    `<title>Orders</title><button>Refund</button><p id=mail style="position:absolute;left:20px;top:90px;color:red">ada.lovelace@example.org</p>
    <script>let at = 0; setInterval(() => { mail.style.top = (at = (at + 61) % 400) + 90 + 'px' }, 170)</script>`,
    { pixels: 'permitted' },
  )
  for (let turn = 0; turn < 12; turn += 1) await press(page, 'Refund', 700)
  const open = await unmasked(outfit)
  await sent()
  const looking = await outfit.context.newPage()
  const { pictures, counts } = albumOf(await outfit.stored())
  expect((await inkOf(looking, open, 1, []))[0]?.red).toBeGreaterThan(20)
  for (const picture of pictures) expect((await inkOf(looking, addressOf(picture), picture.pixelRatio, []))[0]?.red).toBe(0)
  expect(counts['picture.moved']).toBeGreaterThan(0)
})

test('without the browser’s permission there is no picture, and each act says why', async () => {
  const page = await begin(html, { pixels: 'agreed' })
  // Nobody but a page's recorder gets an answer.
  expect(await outfit.ask({ kind: 'picture', before: {} })).toBeNull()
  const options = await outfit.context.newPage()
  await options.goto(`chrome-extension://${outfit.id}/options.html`)
  await expect.poll(() => options.locator('#pictures:visible').textContent()).toBe('Let it take pictures')
  await options.close()
  await press(page, 'Refund')
  await sent()
  const { told, pictures } = albumOf(await outfit.stored())
  expect(pictures).toEqual([])
  expect(new Set(told.map(({ pictured }) => pictured.kind === 'unavailable' && pictured.reason))).toEqual(new Set(['no-permission']))
  expect(told.some(({ event }) => event.kind === 'click')).toBe(true)
})

test('where a site or a path is not agreed to for pictures there is none, and nothing of another tab is ever taken', async () => {
  const page = await begin(html, { pixels: 'permitted' }, '/plain')
  await press(page, 'Refund')
  const behind = await outfit.open('/')
  await behind.locator(indicator).waitFor({ state: 'attached' })
  // It is in front from here on, and shows what no picture of this test may show: nothing of it is masked.
  const front = await outfit.context.newPage()
  await front.goto(`${outfit.site.replace('127.0.0.1', 'localhost')}/foreign`)
  await front.bringToFront()
  for (let turn = 0; turn < 3; turn += 1) await press(behind, 'Refund')
  await sent()
  const batches = await outfit.stored()
  const plain = albumOf(batches.filter(({ path }) => path === '/plain'))
  expect(plain.pictures).toEqual([])
  expect(plain.told.filter(({ event }) => event.kind === 'click').map(({ pictured }) => pictured)).toMatchObject([{ reason: 'place' }])
  const clicks = albumOf(batches.filter(({ path }) => path === '/')).told.filter(({ event }) => event.kind === 'click')
  expect(clicks).toHaveLength(3)
  const looking = await outfit.context.newPage()
  for (const picture of albumOf(batches).pictures)
    expect((await inkOf(looking, addressOf(picture), picture.pixelRatio, []))[0]?.red).toBe(0)
})

/** Two drawings in red, words over the first, and others that nobody can read. */
const drawing = `<title>Plan</title><style>
    body { margin: 0; font: 16px/20px sans-serif } canvas, video, img, iframe, p { position: absolute; left: 20px; margin: 0; border: 0; width: 300px }
    canvas { height: 100px } video, img, iframe { height: 24px } button { position: fixed; right: 20px; top: 10px }
  </style><button>Refund</button>
  <canvas id=plan style="top:20px" width=300 height=100 aria-label="Plan of the hall"></canvas>
  <p id=over style="top:60px;color:#f00;width:max-content">ada.lovelace@example.org</p>
  <canvas id=told style="top:140px" width=300 height=100><p>Paid with ${card}</p></canvas>
  <video id=film style="top:260px" poster="data:image/svg+xml,${drawn}"></video>
  <img id=photo style="top:300px" src="data:image/svg+xml,${drawn}">
  <iframe id=foreign style="top:340px"></iframe>
  <script>
    for (const canvas of document.querySelectorAll('canvas')) {
      const context = canvas.getContext('2d')
      context.fillStyle = '#f00'; context.font = '900 16px sans-serif'
      for (const top of [18, 58, 92]) context.fillText('canary walnutgrove 7731', 2, top)
    }
    document.querySelector('#foreign').src = location.origin.replace('127.0.0.1', 'localhost') + '/foreign'
  </script>`

/** What can be seen of a page of drawings in the pictures of what was done to it, newest first, and all that left. */
const work = async (options: OutfitOptions): Promise<{ readonly seen: readonly (readonly Ink[])[]; readonly said: string }> => {
  const page = await begin(drawing, { pixels: 'permitted', ...options })
  for (let turn = 0; turn < 4; turn += 1) await press(page, 'Refund', 1_100)
  const open = await unmasked(outfit)
  const rects = await rectsOf(page, '#plan', '#over', '#told', '#film', '#photo', '#foreign')
  await sent()
  const batches = await outfit.stored()
  const looking = await outfit.context.newPage()
  const shown = await inkOf(looking, open, 1, rects)
  // Where the screen showed it, so that the next lines can fail.
  expect(shown.map(({ red }) => red > 20)).toEqual(shown.map(() => true))
  const { pictures } = albumOf(batches)
  expect(pictures.length).toBeGreaterThan(0)
  const seen = await Promise.all(pictures.toReversed().map((one) => inkOf(looking, addressOf(one), one.pixelRatio, rects)))
  return { seen, said: JSON.stringify(batches) }
}

test('a drawing that its person agreed to by name is in the pictures, and only it: what lies over it, one that its page says a secret of, films, photographs and other origins are not', async () => {
  const { seen } = await work({ drawings: 'agreed' })
  for (const [whole, plan, over, ...others] of seen) {
    expect(plan?.red).toBeGreaterThan(20)
    expect(over?.bright).toBe(0)
    expect(others.map(({ bright }) => bright)).toEqual([0, 0, 0, 0])
    expect(whole?.red).toBe(plan?.red)
  }
  await outfit.startServer()
  const popup = await outfit.own()
  const tab = await popup.evaluate(async (origin) => {
    const { chrome } = globalThis as unknown as {
      chrome: { tabs: { query(of: object): Promise<readonly { id: number; url?: string }[]> } }
    } // as: an extension's page has it
    return (await chrome.tabs.query({})).find(({ url }) => url?.startsWith(origin))?.id ?? -1
  }, outfit.site)
  await popup.goto(`chrome-extension://${outfit.id}/popup.html?tab=${tab}`)
  await expect.poll(() => popup.textContent('#reveals')).toContain('what pages draw themselves')
})

test('attack 27: without that, drawings are filled, also where pictures were agreed to and the manifest names drawings; nothing that is drawn leaves', async () => {
  const { seen, said } = await work({ drawings: 'offered' })
  for (const [whole, ...parts] of seen) {
    expect(whole?.red).toBe(0)
    expect(parts.map(({ bright }) => bright)).toEqual(parts.map(() => 0))
  }
  expect(said).not.toMatch(/walnutgrove|\w 7731|ada\.lovelace/)
})

/** Counts from here on how often the browser is asked for pixels. */
const watchCamera = async (): Promise<() => Promise<number>> => {
  const worker = await outfit.worker()
  await worker.evaluate(() => {
    const scope = globalThis as unknown as { shots: number; chrome: { tabs: { captureVisibleTab(...asked: unknown[]): unknown } } } // as: an extension's worker has it
    const { tabs } = scope.chrome
    const take = tabs.captureVisibleTab.bind(tabs)
    scope.shots = 0
    tabs.captureVisibleTab = (...asked) => {
      scope.shots += 1
      return take(...asked)
    }
  })
  return () => worker.evaluate(() => (globalThis as unknown as { shots: number }).shots) // as: put there above
}

test('from the moment that a page plays someone else’s stream, and while the person pauses, the browser is asked for no picture', async () => {
  const page = await begin(
    `<title>Call</title><button>Refund</button><button>Ship</button><p id=log></p><canvas width=9 height=9></canvas><video muted autoplay width=90></video>
    <script>addEventListener('pointerover', ({ target }) => { document.querySelector('#log').textContent = target.textContent.slice(0, 9) })</script>`,
    { pixels: 'permitted' },
  )
  await outfit.own()
  await page.bringToFront()
  const shots = await watchCamera()
  const act = async (turns: number): Promise<void> => {
    for (let turn = 0; turn < turns; turn += 1) {
      await press(page, 'Refund', 250)
      await press(page, 'Ship', 250)
    }
  }
  await expect.poll(() => act(1).then(shots), { timeout: 30_000 }).toBeGreaterThan(0)
  // What is under way is over.
  await page.waitForTimeout(2_000)
  const before = await shots()
  await page.evaluate(() => {
    const [canvas, video] = [document.querySelector('canvas'), document.querySelector('video')]
    canvas?.getContext('2d')
    if (video !== null) video.srcObject = canvas?.captureStream() ?? null
  })
  await act(6)
  expect(await shots()).toBe(before)
  await page.evaluate(() => void Object.assign(document.querySelector('video') ?? {}, { srcObject: null }))
  await expect.poll(() => act(1).then(shots), { timeout: 30_000 }).toBeGreaterThan(before)
  await page.waitForTimeout(2_000)
  const paused = await shots()
  await outfit.ask({ kind: 'pause', minutes: null })
  await page.bringToFront()
  await act(6)
  expect(await shots()).toBe(paused)
})

test('the browser gives two pictures a second and no more: a segment of ten can’t be made of them', async () => {
  await begin(html, { pixels: 'permitted' })
  await new Promise((later) => setTimeout(later, 2_000))
  const said = await (
    await outfit.worker()
  ).evaluate(async () => {
    const { chrome } = globalThis as unknown as { chrome: { tabs: { captureVisibleTab(asked: object): Promise<string> } } } // as: an extension's worker has it
    const take = (): Promise<string> =>
      chrome.tabs.captureVisibleTab({ format: 'jpeg' }).then(
        () => 'taken',
        (error: unknown) => String(error),
      )
    return Promise.all([take(), take(), take()])
  })
  expect(said.filter((one) => one === 'taken').length).toBeLessThanOrEqual(2)
  expect(said.at(-1)).toContain('MAX_CAPTURE_VISIBLE_TAB_CALLS_PER_SECOND')
})
