import { parser } from '@overt/schema'
import { Batch, Event, Observation } from '@overt/schema'
import { decodeColumns } from '@overt/schema/words'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { type Stage, openStage } from '../chromium.ts'
import { overtBundle, papersFor, recordPage, startTrial } from '../trial.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

test('batches fit their schemas, and seq has no hole', async () => {
  const trial = await startTrial(stage, '<button>One</button><input aria-label=Two><select><option>3</select>', {
    record: { flushMs: 50, mode: 'ambient' },
  })
  await trial.page.click('button')
  await trial.page.fill('input', '')
  await trial.page.click('input')
  await trial.page.keyboard.type('me@example.org')
  await trial.page.waitForTimeout(200)
  await trial.page.click('button')
  await trial.stop()
  expect(trial.batches.length).toBeGreaterThan(1)
  const parse = { batch: parser(Batch), event: parser(Event), observation: parser(Observation) }
  for (const batch of trial.batches) {
    expect(parse.batch(batch)).toMatchObject({ ok: true })
    const { events, observations } = decodeColumns(batch)
    for (const event of events) expect(parse.event(event)).toMatchObject({ ok: true })
    for (const observation of observations) expect(parse.observation(observation)).toMatchObject({ ok: true })
  }
  const seqs = trial.batches.flatMap((batch) => decodeColumns(batch).events.map((event) => event.seq))
  expect(seqs).toEqual(seqs.map((_, index) => index))
  expect(JSON.stringify(trial.batches)).not.toContain('me@example.org')
  expect(trial.batches[0]).toMatchObject({ person: 'ada', purpose: 'ground', mode: 'ambient', origin: stage.origin })
  await trial.page.close()
})

test('a recording begins with what can be seen and ends with what came of the last act', async () => {
  const trial = await startTrial(stage, `<button onclick="document.body.append('Done')">Finish</button>`)
  await trial.page.click('button')
  await trial.stop()
  const events = trial.batches.flatMap((batch) => decodeColumns(batch).events)
  expect(events.map((event) => (event.kind === 'recorder' ? event.phase : event.kind))).toEqual(['start', 'click', 'stop'])
  const seen = trial.observations()
  expect(seen.find((one) => one.id === events[0]?.observation)?.nodes.map((node) => node.name)).toEqual(['Finish'])
  expect(seen.find((one) => one.id === events[2]?.observation)?.nodes.map((node) => node.name)).toEqual(['', 'Finish', 'Done'])
  await trial.page.close()
})

test('a task has a goal, masked with the same placeholders as the page, and an outcome', async () => {
  const trial = await startTrial(stage, '<input aria-label=Mail>')
  await trial.tell('startTask', { goal: 'Write to gus@example.org', template: 'own/mail', seed: 'demo-1' })
  await trial.page.click('input')
  await trial.page.keyboard.type('gus@example.org')
  await trial.tell('endTask', { outcome: 'success', by: 'page' })
  const events = await trial.events()
  expect(events.map((event) => event.kind)).toEqual(['task', 'click', 'text', 'task'])
  expect(events[0]).toMatchObject({ goal: 'Write to [EMAIL_1]', template: 'own/mail', seed: 'demo-1', phase: 'start' })
  expect(events[2]).toMatchObject({ after: '[EMAIL_1]' })
  expect(events[3]).toMatchObject({ phase: 'end', outcome: 'success', by: 'page' })
  await trial.page.close()
})

test('a permit that is refused or withdrawn buffers nothing and sends nothing', async () => {
  const trial = await startTrial(stage, '<button>Go</button>', { record: { flushMs: 60_000 } })
  await trial.page.click('button')
  await trial.page.evaluate(() => (globalThis as unknown as { abort: AbortController }).abort.abort())
  await trial.page.click('button')
  await trial.tell('flush')
  expect(trial.batches).toEqual([])
  expect(trial.states.at(-1)).toMatchObject({ state: 'stopped', reason: 'withdrawn', queued: 0 })
  const again = await trial.page.evaluate(async () => {
    const { Overt } = globalThis as unknown as { Overt: typeof import('./index.ts') }
    try {
      Overt.record({ allows: () => true, signal: new AbortController().signal } as never, { send: () => {} })
      return 'recorded'
    } catch (error) {
      return (error as { code: string }).code
    }
  })
  expect(again).toBe('OVT-1201')
  await trial.page.close()
})

test("no event of the page is prevented, stopped or changed, and nothing is written into the page's own nodes", async () => {
  const html = `<form><input id=i><input type=checkbox id=c><button type=button>Go</button></form><script>
    window.seen=[];for(const type of ['pointerdown','mousedown','click','keydown','beforeinput','input','change','focusin','copy','wheel'])
      document.addEventListener(type,(event)=>seen.push(type+event.defaultPrevented))</script>`
  const drive = async (record: boolean): Promise<unknown> => {
    const page = await stage.open(html, [overtBundle])
    const before = await page.evaluate(() => document.body.outerHTML)
    if (record) await recordPage(page, await papersFor(stage.origin), {})
    await page.click('#i')
    await page.keyboard.type('hi')
    await page.keyboard.press('Control+A')
    await page.keyboard.press('Control+C')
    await page.click('#c')
    await page.click('button')
    const seen = await page.evaluate(() => [
      (globalThis as unknown as { seen: string[] }).seen,
      document.body.outerHTML === (globalThis as never),
    ])
    const after = await page.evaluate(() => document.body.outerHTML)
    expect(after).toBe(before)
    await page.close()
    return seen
  }
  expect(await drive(true)).toEqual(await drive(false))
})

test('an indicator that is removed, hidden or covered stops the recorder within two seconds', async () => {
  const ways: Readonly<Record<string, string>> = {
    'indicator.removed': `document.querySelector('overt-indicator').remove()`,
    'indicator.hidden': `document.querySelector('overt-indicator').style.setProperty('opacity','0','important')`,
    'indicator.small': `document.querySelector('overt-indicator').style.setProperty('zoom','0.1','important')`,
  }
  for (const [reason, way] of Object.entries(ways)) {
    const trial = await startTrial(stage, '<p>Page</p>')
    await trial.page.evaluate(way)
    await expect.poll(() => trial.states.at(-1), { timeout: 2_300 }).toMatchObject({ state: 'stopped', reason })
    await trial.page.close()
  }
})

test('the person pauses, resumes and stops by the keyboard alone, and the indicator is in no observation', async () => {
  const trial = await startTrial(stage, '<button>Go</button>')
  await trial.page.keyboard.press('Tab')
  await trial.page.keyboard.press('Tab')
  await trial.page.keyboard.press('Enter')
  await expect.poll(() => trial.states.at(-1)?.state).toBe('paused')
  await trial.page.click('button')
  await trial.page.keyboard.press('Tab')
  await trial.page.keyboard.press('Enter')
  await expect.poll(() => trial.states.at(-1)?.state).toBe('recording')
  await trial.page.click('button')
  const events = await trial.events()
  expect(events.filter((event) => event.kind === 'click')).toHaveLength(1)
  expect(JSON.stringify(trial.observations())).not.toMatch(/Recording|Pause|overt-indicator/)
  await trial.page.close()
})

test('a place that the permit does not reach is not recorded, and coming back is', async () => {
  const trial = await startTrial(stage, '<button>Go</button>')
  await trial.page.click('button')
  await trial.page.evaluate(() => history.pushState(null, '', '/private/letter'))
  await trial.page.click('button')
  await trial.page.evaluate(() => history.pushState(null, '', '/orders/7?token=abc#x'))
  await trial.page.click('button')
  const events = await trial.events()
  expect(events.map((event) => event.kind)).toEqual(['click', 'navigate', 'click'])
  expect(events[1]).toMatchObject({ url: `${stage.origin}/orders/7` })
  expect(JSON.stringify(trial.batches)).not.toMatch(/private|token/)
  expect(trial.batches.map((batch) => batch.path).at(-1)).toBe('/orders/7')
  await trial.page.close()
})

// What is left out of the window is what older browsers lack: there nothing tells that a script changed the address.
for (const [told, lacks] of [
  ['is told of', ''],
  ['finds out', `<script>Object.defineProperty(window, 'navigation', { value: undefined })</script>`],
] as const)
  test(`nothing is sent of a place that the permit does not reach by a recorder that ${told} where the page went`, async () => {
    const html = `${lacks}<button>Go</button><input aria-label=Note><p id=p>Agreed</p><div style="height:3000px">`
    const ways: Readonly<Record<string, (page: Page) => Promise<unknown>>> = {
      stop: () => Promise.resolve(),
      click: (page) => page.click('button'),
      key: (page) => page.keyboard.press('Tab'),
      type: (page) => page.keyboard.type('word'),
      scroll: (page) => page.evaluate(() => scrollTo(0, 500)),
      over: async (page) => {
        await page.hover('button')
        await page.waitForTimeout(700)
      },
    }
    for (const [way, act] of Object.entries(ways)) {
      const trial = await startTrial(stage, html)
      await trial.page.click('input')
      await trial.page.keyboard.type('hello')
      await trial.page.evaluate(() => {
        history.pushState(null, '', '/private/letter')
        document.title = 'Private'
        document.getElementById('p')?.replaceChildren('Private')
      })
      await act(trial.page)
      await trial.tell('flush')
      await trial.stop()
      const addresses = trial.batches.flatMap((batch) => {
        const { events, observations } = decodeColumns(batch)
        const moves = events.flatMap((event) => (event.kind === 'navigate' ? [event.url] : []))
        return [...moves, ...observations.map(({ url }) => url)].filter((url) => url !== batch.origin + batch.path)
      })
      expect([way, addresses]).toEqual([way, []])
      expect(JSON.stringify(trial.batches)).not.toMatch(/[Pp]rivate/)
      await trial.page.close()
    }
  })

test('back and a link within the page are told with their cause', async () => {
  const trial = await startTrial(stage, `<a href="/two" onclick="event.preventDefault();history.pushState(null,'','/two')">Two</a>`)
  await trial.page.click('a')
  await trial.page.evaluate(() => history.back())
  await trial.page.waitForTimeout(200)
  const events = await trial.events()
  expect(events.map((event) => (event.kind === 'navigate' ? event.cause : event.kind))).toEqual(['click', 'link', 'history'])
  await trial.page.close()
})

test('without the modality structure only the row acted on leaves, without text no value and no text', async () => {
  const html = '<p>Secret paragraph</p><button>Go</button><input aria-label=Field value=inside>'
  const bare = await startTrial(stage, html, { modalities: ['actions'] })
  await bare.page.click('button')
  await bare.page.click('input')
  await bare.page.keyboard.type('zebra')
  await bare.stop()
  const rows = bare.observations().flatMap((one) => one.nodes.map((node) => node.name))
  expect(new Set(rows)).toEqual(new Set(['Go', 'Field']))
  expect(JSON.stringify(bare.batches)).not.toMatch(/paragraph|inside|zebra/)
  await bare.page.close()
})

test('what happens in a frame of the same origin is told in the coordinates of the page', async () => {
  const framed = stage.serve(
    '/inner',
    '<body style="margin:0"><button style="position:absolute;left:10px;top:10px;width:80px;height:30px">Inner</button>',
  )
  const trial = await startTrial(stage, `<iframe src="${framed}" style="position:absolute;left:100px;top:100px;border:0"></iframe>`)
  await trial.page.frameLocator('iframe').locator('button').click()
  const events = await trial.events()
  expect(events[0]).toMatchObject({ kind: 'click', x: 150, y: 125 })
  expect(trial.rowOf(events[0])?.name).toBe('Inner')
  await trial.page.close()
})

const reopening = `<button id=go>Go</button><script>
go.onclick = () => {
  document.open()
  document.write('<!doctype html><title>New</title><body><button id=other>Other</button><input aria-label=Rooms>')
  document.close()
}
</script>`

test('a document that a press writes anew is recorded on at once, with a sign of its own, and what was under way is a gap', async () => {
  const trial = await startTrial(stage, reopening)
  await trial.page.click('#go')
  await trial.page.click('#other')
  await trial.page.click('input')
  await trial.page.keyboard.type('two')
  await trial.page.click('#other')
  const events = await trial.events()
  expect(events.map((event) => [event.kind, trial.rowOf(event)?.name])).toEqual([
    ['click', 'Go'],
    ['gap', undefined],
    ['click', 'Other'],
    ['click', 'Rooms'],
    ['text', 'Rooms'],
    ['click', 'Other'],
  ])
  expect(events[1]).toMatchObject({ reason: 'reopened', count: 1 })
  // Longer than a sign may be away.
  await trial.page.waitForTimeout(2_500)
  expect(trial.states.at(-1)?.state).toBe('recording')
  await trial.page.focus('input')
  await trial.page.keyboard.press('Tab')
  await trial.page.keyboard.press('Enter')
  await expect.poll(() => trial.states.at(-1)).toMatchObject({ state: 'paused', reason: 'person' })
  await trial.page.close()
})

test('a document that is written anew while recording is paused stays paused, and its sign is there', async () => {
  const trial = await startTrial(stage, reopening)
  await trial.tell('pause')
  await trial.page.click('#go')
  await trial.page.click('#other')
  expect(await trial.events()).toEqual([])
  expect(await trial.page.locator('overt-indicator').count()).toBe(1)
  expect(trial.states.at(-1)).toMatchObject({ state: 'paused', reason: 'person' })
  await trial.tell('resume')
  await trial.page.click('#other')
  expect((await trial.events()).map(({ kind }) => kind)).toEqual(['click'])
  await trial.page.close()
})

/** Writes a document anew in as many tasks as there are parts. */
async function reopen(page: Page, parts: readonly string[], close: boolean): Promise<void> {
  await page.evaluate(() => void document.open())
  for (const part of parts) await page.evaluate((html) => document.write(html), part)
  if (close) await page.evaluate(() => document.close())
}
const optOut = '<meta name=overt content=no-capture><button id=other>Other</button>'

test('a document that is written anew and says late that it wants no capture is recorded no more from its next event on, or once it is there', async () => {
  for (const close of [true, false]) {
    const trial = await startTrial(stage, '<button id=go>Go</button>')
    await reopen(trial.page, ['<html><body><button id=early>Early</button>'], false)
    await trial.page.click('#early')
    // What is not told yet when the word comes is not told any more.
    await expect.poll(async () => (await trial.events()).length).toBe(2)
    await trial.page.evaluate((html) => document.write(html), optOut)
    if (close) await trial.page.evaluate(() => document.close())
    await trial.page.click('#other')
    await expect.poll(() => trial.states.at(-1)).toMatchObject({ state: 'paused', reason: 'place' })
    const told = (await trial.events()).map((event) => trial.rowOf(event)?.name)
    expect([close, told]).toEqual([close, [undefined, 'Early']])
    await trial.page.close()
  }
})

test('a document that is written anew and wants no capture waits for a place, and goes on where it is left', async () => {
  const trial = await startTrial(stage, '<button id=go>Go</button>')
  await reopen(trial.page, [`<html><head>${optOut}`], true)
  await expect.poll(() => trial.states.at(-1)).toMatchObject({ state: 'paused', reason: 'place' })
  await trial.page.evaluate(() => {
    document.querySelector('meta')?.remove()
    history.pushState(null, '', '/orders/7')
  })
  await expect.poll(() => trial.states.at(-1)).toMatchObject({ state: 'recording', reason: 'place' })
  await trial.page.close()
})

test('a document that is written anew is looked at once it is there', async () => {
  const trial = await startTrial(stage, '<button id=go>Go</button>')
  await reopen(trial.page, ['<html><body>', '<button id=other>Other</button>'], true)
  const [gap, loaded] = await trial.events()
  expect([gap?.kind, loaded]).toEqual(['gap', expect.objectContaining({ kind: 'navigate', cause: 'load' })])
  expect(
    trial
      .observations()
      .find(({ id }) => id === loaded?.observation)
      ?.nodes.map(({ name }) => name),
  ).toContain('Other')
  await trial.page.close()
})

test('a document that has no root yet is recorded by nobody, whatever is asked, and then as was asked last', async () => {
  for (const [asked, state] of [
    [['pause', 'resume'], 'recording'],
    [['resume', 'pause'], 'paused'],
    [['resume'], 'recording'],
  ] as const) {
    const trial = await startTrial(stage, '<button id=go>Go</button>')
    await trial.page.evaluate(() => void document.open())
    for (const method of asked) await trial.tell(method)
    expect(trial.states.at(-1)?.state).toBe('paused')
    await trial.page.evaluate(() => document.write('<html><body><button id=other>Other</button>'))
    await trial.page.locator('overt-indicator').waitFor({ state: 'attached' })
    await expect.poll(() => [asked, trial.states.at(-1)?.state]).toEqual([asked, state])
    await trial.page.close()
  }
})
