import type { Dialog } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { type Stage, openStage } from '../chromium.ts'
import { startTrial } from '../trial.ts'
import { openEndpoint, recordContext, untilRecorded } from './recorded.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

describe('row 24: alert, confirm, prompt, dialog, popover, fullscreen, beforeunload', () => {
  test('what lies under a modal dialog is said to be covered, and what is in it is not; its answer is a click in it', async () => {
    const trial = await startTrial(
      stage,
      `<button id=under style="position:fixed;left:450px;top:330px;width:100px;height:40px">Under</button><button id=open onclick="d.showModal()">Open</button>
      <dialog id=d aria-label=Sure><form method=dialog><button id=yes value=yes style="width:300px;height:200px">Yes</button></form></dialog>`,
    )
    await trial.page.click('#open')
    await trial.page.click('#yes')
    const events = await trial.events()
    const answer = events.filter((event) => event.kind === 'click')[1]
    const seen = trial.observations().find(({ id }) => id === answer?.observation)
    expect(trial.rowOf(answer)).toMatchObject({ name: 'Yes' })
    expect(seen?.nodes.find(({ name }) => name === 'Under')?.states).toContain('covered')
    expect(seen?.nodes.find(({ name }) => name === 'Yes')?.states).not.toContain('covered')
    expect(seen?.nodes.some(({ states }) => states.includes('modal'))).toBe(true)
    expect(trial.states.at(-1)?.state).toBe('recording')
    await trial.page.close()
  })

  test('a popover is seen while it is open, its choice is a click, and Escape that closes it is a key', async () => {
    const trial = await startTrial(
      stage,
      '<button id=open popovertarget=p>Menu</button><div id=p popover role=menu><button id=one role=menuitem>One</button></div>',
    )
    await trial.page.click('#open')
    await trial.page.click('#one')
    await trial.page.keyboard.press('Escape')
    const events = await trial.events()
    expect(events.map((event) => event.kind)).toEqual(['click', 'click', 'key'])
    expect(trial.rowOf(events[1])).toMatchObject({ name: 'One', role: 'menuitem' })
    expect(
      trial
        .observations()
        .find(({ id }) => id === events[0]?.observation)
        ?.nodes.some(({ name }) => name === 'One'),
    ).toBe(false)
    await trial.page.close()
  })

  test('what a native dialog is asked is not known without patching the page; what came before and after it is', async () => {
    const trial = await startTrial(
      stage,
      `<button onclick="document.querySelector('p').textContent=confirm('Really?')?'Gone':'Kept'">Delete</button><p>There</p>`,
    )
    trial.page.on('dialog', (dialog) => void setTimeout(() => void dialog.accept(), 1_200))
    await trial.page.click('button')
    await trial.page.waitForTimeout(300)
    await trial.page.click('p')
    const events = await trial.events()
    expect(events.map((event) => event.kind)).toEqual(['click', 'click'])
    expect(trial.rowOf(events[1])).toMatchObject({ name: 'Gone' })
    expect(JSON.stringify(trial.batches)).not.toContain('Really')
    await trial.page.close()
  })

  // With a test that can fail: the same ears hear an answer that a page does something with.
  test('nothing that the browser tells a page differs by the answer to a native dialog; where a page does something with it, that does', async () => {
    const ears = (): void => {
      const heard: string[] = []
      const types = [window, document, HTMLElement.prototype]
        .flatMap((one) =>
          Object.keys(Object.getOwnPropertyDescriptors(one)).concat(
            Object.keys(Object.getOwnPropertyDescriptors(Object.getPrototypeOf(one))),
          ),
        )
        .filter((name) => name.startsWith('on'))
      for (const type of new Set(types))
        for (const target of [window, document, visualViewport])
          target?.addEventListener(
            type.slice(2),
            (event) =>
              heard.push(
                `${type} ${event.constructor.name} ${event.target instanceof Element ? event.target.tagName : ''} ${document.hasFocus()}`,
              ),
            true,
          )
      new MutationObserver((records) => heard.push(...records.map(({ type }) => `mutation ${type}`))).observe(document, {
        subtree: true,
        childList: true,
        attributes: true,
        characterData: true,
      })
      for (const type of PerformanceObserver.supportedEntryTypes)
        new PerformanceObserver((list) => heard.push(...list.getEntries().map(({ entryType, name }) => `${entryType} ${name}`))).observe({
          type,
        })
      Object.assign(globalThis, { heard })
    }
    const heardBy = async (act: string, answer: (dialog: Dialog) => Promise<void>): Promise<string> => {
      const page = await stage.browser.newPage()
      await page.addInitScript(ears)
      page.on('dialog', (dialog) => void setTimeout(() => void answer(dialog), 300))
      await page.goto(stage.serve('/dialogs', `<!doctype html><title>Asks</title><button onclick="${act}">Ask</button><p>There</p>`))
      await page.waitForTimeout(300)
      await page.evaluate('heard.length = 0')
      await page.click('button')
      await page.waitForTimeout(500)
      const heard = await page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard) // as: put there above
      await page.close()
      return [...new Set(heard)].toSorted().join('\n')
    }
    const yes = (dialog: Dialog): Promise<void> => dialog.accept('yes')
    const no = (dialog: Dialog): Promise<void> => dialog.dismiss()
    for (const asked of ["confirm('Really?')", "prompt('Really?', '')", "alert('Really')"]) {
      const [one, other] = [await heardBy(asked, yes), await heardBy(asked, no)]
      expect(one).toContain('onclick PointerEvent BUTTON')
      expect(other).toBe(one)
    }
    const used =
      "document.querySelector('p').textContent = confirm('Really?') ? 'Gone' : ''; if (document.querySelector('p').textContent) title = 'x'"
    expect(await heardBy(used, no)).not.toBe(await heardBy(used, yes))
  })

  test('a page that asks before it is left: who stays goes on in it, and who leaves has the next page after it', async () => {
    const endpoint = await openEndpoint()
    const context = await stage.browser.newContext()
    await recordContext(context, stage.origin, endpoint.url)
    stage.serve('/left', '<!doctype html><title>Left</title><body><button>Arrived</button>')
    const page = await context.newPage()
    await page.goto(
      stage.serve(
        '/asks',
        `<!doctype html><title>Asks</title><body><input aria-label=Note><a href="/left">Leave</a><button>Stay</button>
        <script>globalThis.asked = 0; addEventListener('beforeunload', (event) => { asked += 1; event.preventDefault() })</script>`,
      ),
    )
    await untilRecorded(page)
    await page.fill('input', 'draft')
    const answers = [false, true]
    page.on('dialog', (dialog) => void (answers.shift() === true ? dialog.accept() : dialog.dismiss()))
    await page.click('a', { noWaitAfter: true })
    await expect.poll(() => [answers.length, page.url()], { timeout: 20_000 }).toEqual([1, `${stage.origin}/asks`])
    await page.click('button')
    await page.click('a', { noWaitAfter: true })
    await page.waitForURL('**/left')
    await untilRecorded(page)
    await page.click('button')
    await page.evaluate('recording()')
    const [asks, left] = endpoint.producers()
    expect(endpoint.producers()).toHaveLength(2)
    const clicks = (producer: string | undefined): number => endpoint.events(producer).filter(({ kind }) => kind === 'click').length
    expect([clicks(asks), clicks(left)]).toEqual([3, 1])
    expect(new Set(endpoint.got.map(({ batch }) => batch.session)).size).toBe(1)
    expect(endpoint.events(asks).every((event, at) => event.seq === at)).toBe(true)
    await context.close()
    endpoint.close()
  })

  test('fullscreen is entered by a click, and the indicator comes to the top of it', async () => {
    const trial = await startTrial(stage, `<div id=f style="background:#fff"><button onclick="f.requestFullscreen()">Full</button></div>`)
    await trial.page.click('button')
    await trial.page.waitForFunction(() => document.fullscreenElement !== null)
    await trial.page.waitForTimeout(2_100)
    expect(trial.states.at(-1)).toMatchObject({ state: 'recording', reason: 'start' })
    expect(await trial.page.locator('overt-indicator').evaluate((host) => host.matches(':popover-open'))).toBe(true)
    await trial.page.close()
  })
})
