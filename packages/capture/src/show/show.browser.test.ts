import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import type { Modality } from '@overt/schema'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Page } from 'playwright-core'

import { type Stage, openStage } from '../../chromium.ts'
import { papersFor } from '../../trial.ts'

let stage: Stage
const dist = (name: string): string => readFileSync(fileURLToPath(new URL(`../../dist/${name}`, import.meta.url)), 'utf8')
beforeAll(async () => {
  stage = await openStage()
  for (const name of ['show.js', 'overt.js', 'overt-redact.js', 'overt-redact-wide.js'])
    stage.serve(`/${name}`, dist(name), 'text/javascript')
})
afterAll(() => stage.close())

/** A page that has loaded a module of ours as pages do. */
async function openWith(module: string, html: string): Promise<Page> {
  const page = await stage.open(`${html}<script type=module>import * as all from '${module}'; globalThis.Loaded = all</script>`)
  await page.waitForFunction(() => 'Loaded' in globalThis)
  return page
}

async function openCard(html = '<input id=before>', byName: readonly Modality[] = []): Promise<Page> {
  const page = await openWith('/show.js', html)
  const { manifest } = await papersFor(stage.origin)
  await page.evaluate(
    ([given, asked]) => {
      const inside = globalThis as unknown as { decision: string; ticked: readonly string[]; Loaded: typeof import('./index.ts') }
      const { consentCard } = inside.Loaded
      const first: unknown = Document.prototype.querySelector.call(document, '[id=before]')
      if (first instanceof HTMLElement) HTMLElement.prototype.focus.call(first)
      consentCard(document, {
        manifest: given,
        destination: 'This folder',
        language: 'en',
        byName: asked,
        onDecision: (decision, ticked) => void Object.assign(inside, { decision, ticked }),
      })
    },
    [manifest, byName] as const,
  )
  return page
}

const decision = (page: Page): Promise<string | undefined> => page.evaluate(() => (globalThis as unknown as { decision?: string }).decision)

test('the consent card says who, what, what for, where and how long, and never our own words', async () => {
  const page = await openCard()
  const client = await page.context().newCDPSession(page)
  const { nodes } = await client.send('Accessibility.getFullAXTree')
  const said = nodes.filter((node) => !node.ignored).map((node) => String(node.name?.value ?? ''))
  const all = said.join(' | ')
  for (const part of ['Who asks', 'What is recorded', 'What for', 'This folder', 'passwords never', '30 days']) expect(all).toContain(part)
  expect(all).not.toMatch(/manifest|receipt|permit|ledger|modalit/i)
  expect(said.filter((name) => name === 'Start' || name === 'Not now').length).toBeGreaterThanOrEqual(2)
  await page.close()
})

test('both answers are a Tab away, Escape says not now, and the focus goes back', async () => {
  const yes = await openCard()
  await yes.keyboard.press('Tab')
  await yes.keyboard.press('Enter')
  expect(await decision(yes)).toBe('start')
  expect(await yes.evaluate(() => document.activeElement?.id)).toBe('before')
  await yes.close()
  const no = await openCard()
  await no.keyboard.press('Tab')
  await no.keyboard.press('Tab')
  await no.keyboard.press('Enter')
  expect(await decision(no)).toBe('not-now')
  await no.close()
  const escaped = await openCard()
  await escaped.keyboard.press('Escape')
  expect(await decision(escaped)).toBe('not-now')
  await escaped.close()
})

// https://webidl.spec.whatwg.org/#LegacyOverrideBuiltIns
test.each(['img', 'form'])(
  'a page with <%s> of the names of all that a document has is asked like any other, and a form that had the focus has it again',
  async (tag) => {
    const plain = await stage.open('')
    const names = await plain.evaluate(() => {
      const chain = [HTMLDocument, Document, Node, EventTarget].map(({ prototype }) => prototype)
      return [...new Set(chain.flatMap((one) => Object.getOwnPropertyNames(one)))]
    })
    await plain.close()
    expect(names).toEqual(expect.arrayContaining(['createElement', 'documentElement', 'activeElement', 'defaultView']))
    const things = names.map((name) => `<${tag} name=${name}></${tag}>`).join('')
    const page = await openCard(`<form id=before tabindex=0><input name=focus></form><div hidden>${things}</div>`)
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    expect(await decision(page)).toBe('start')
    expect(await page.evaluate(() => Reflect.get(Document.prototype, 'activeElement', document)?.getAttribute('id'))).toBe('before')
    await page.close()
  },
)

test('what is agreed to by name stands in the card as a box that nobody has ticked, and is told only where the person ticks it', async () => {
  const ticked = (page: Page): Promise<unknown> => page.evaluate(() => (globalThis as unknown as { ticked?: unknown }).ticked)
  const press = async (page: Page, ...keys: readonly string[]): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key)
  }
  const untouched = await openCard('<input>', ['drawings', 'films'])
  await press(untouched, 'Tab', 'Tab', 'Tab', 'Enter')
  expect([await decision(untouched), await ticked(untouched)]).toEqual(['start', []])
  await untouched.close()
  const chosen = await openCard('<input>', ['drawings', 'films'])
  await press(chosen, 'Tab', 'Space')
  const client = await chosen.context().newCDPSession(chosen)
  const { nodes } = await client.send('Accessibility.getFullAXTree')
  const boxes = nodes.filter(({ role }) => role?.value === 'checkbox')
  expect(boxes.map(({ name }) => String(name?.value))).toEqual([
    expect.stringMatching(/draw.*nothing private blacked out/),
    expect.stringMatching(/films.*nothing private blacked out/),
  ])
  await press(chosen, 'Tab', 'Tab', 'Enter')
  expect([await decision(chosen), await ticked(chosen)]).toEqual(['start', ['drawings']])
  await chosen.close()
})

test("attack 23: the page's own script can't answer for the person", async () => {
  const page = await openCard()
  const reached = await page.evaluate(() => document.querySelector('overt-consent')?.shadowRoot ?? null)
  expect(reached).toBeNull()
  await page.evaluate(() =>
    document.querySelector('overt-consent')?.dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true })),
  )
  expect(await decision(page)).toBeUndefined()
  await page.close()
})

async function recordWith(redactorUrl: string | null, owner = 'gus@example.org'): Promise<{ page: Page; sent: () => Promise<string> }> {
  const page = await openWith('/overt.js', `<p>Owner, ${owner}</p><button>Go</button>`)
  const papers = await papersFor(stage.origin)
  await page.evaluate(
    async ([{ receipt, manifest, keys }, url]) => {
      const inside = globalThis as unknown as { stop: unknown; sent: unknown[]; Loaded: typeof import('../sdk.ts') }
      const { decide, record } = inside.Loaded
      inside.sent = []
      const allowed = await decide(receipt, manifest, 'ground', Date.now(), { keys })
      if (!allowed.ok) throw new Error(allowed.reason)
      inside.stop = record(allowed.value, { send: (batch) => void inside.sent.push(batch), ...(url === null ? {} : { redactorUrl: url }) })
    },
    [papers, redactorUrl] as const,
  )
  await page.click('button')
  return {
    page,
    sent: () =>
      page.evaluate(async () => {
        const inside = globalThis as unknown as { stop(): Promise<void>; sent: unknown[] }
        await inside.stop()
        return JSON.stringify(inside.sent)
      }),
  }
}

test('the module fetches its redactor from beside it; without one, names and texts leave masked', async () => {
  const whole = await recordWith(null)
  const sent = await whole.sent()
  expect(sent).toContain('Owner, [EMAIL_1]')
  expect(sent).toContain('"Go"')
  await whole.page.close()
  const without = await recordWith('/nowhere.js')
  const masked = await without.sent()
  expect(masked).not.toMatch(/Owner|gus@|"Go"/)
  expect(masked).toContain('[OTHER_1]')
  expect(masked).toContain('redactor.missing')
  await without.page.close()
})

test('a site may serve the wide redactor in its place: names leave masked that the other has no room for', async () => {
  const few = await recordWith(null, 'Eustace Penhaligon')
  expect(await few.sent()).toContain('Owner, Eustace Penhaligon')
  await few.page.close()
  const wide = await recordWith('/overt-redact-wide.js', 'Eustace Penhaligon')
  const sent = await wide.sent()
  expect(sent).toContain('Owner, [PERSON_1]')
  expect(sent).not.toContain('Penhaligon')
  await wide.page.close()
})
