import { existsSync } from 'node:fs'
import { createServer, type Server } from 'node:http'

import type { ObservationNode, Step } from '@overt/schema'
import { build } from 'esbuild'
import { chromium, type Browser, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'

// A recorded page is somebody else's words. Whatever they are, the viewer shows them and does nothing with them.

const browsers = [process.env['OVERT_CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
/** What the page of the test asks for itself. */
const own: ReadonlySet<string> = new Set(['/', '/viewer.js', '/favicon.ico'])
const asked: string[] = []
let browser: Browser
let server: Server
let origin: string
let script: string

beforeAll(async () => {
  const contents = `export * from './index.ts'`
  const options = { bundle: true, write: false, format: 'iife', globalName: 'Viewing' } as const
  const { outputFiles } = await build({ stdin: { contents, resolveDir: import.meta.dirname }, ...options })
  script = outputFiles[0]?.text ?? ''
  // No policy for content: what holds here holds wherever the viewer is put.
  server = createServer(({ url = '/' }, response) => {
    if (!own.has(url)) asked.push(url)
    response.setHeader('content-type', url === '/viewer.js' ? 'text/javascript' : 'text/html')
    response.end(url === '/viewer.js' ? script : '<!doctype html><title>viewer</title><div id=host></div><script src=/viewer.js></script>')
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
  browser = await chromium.launch({ executablePath: browsers.find((path) => path && existsSync(path)) ?? '', args: ['--no-sandbox'] })
})
afterAll(async () => {
  await browser.close()
  server.closeAllConnections()
  server.close()
})

/** `CALL` would be seen by the page, and `BEACON` by the server. */
const replay = (text: string): string => text.replaceAll('CALL', 'top.ran=1').replaceAll('BEACON', `${origin}/beacon`)

const markup = {
  'script, event handlers and addresses that are script': [
    '<script>CALL</script>',
    '</div></span></template></style><script src="BEACON.js"></script>',
    '<img src=x onerror="CALL"><svg onload="CALL">',
    '<a href="javascript:CALL">Refund</a>',
    // oxlint-disable-next-line no-script-url -- it is what is tried
    'javascript:CALL',
    '<iframe src="javascript:parent.ran=1"></iframe>',
    'data:text/html,<script>CALL</script>',
  ],
  'base, meta refresh and forms that leave': [
    '<base href="BEACON/">',
    '<meta http-equiv="refresh" content="0;url=BEACON">',
    '<link rel=stylesheet href="BEACON.css"><link rel=prefetch href="BEACON">',
    '<form action="BEACON"><button autofocus onfocus="CALL">Refund</button></form>',
  ],
  'srcdoc, object, embed and beacons of style': [
    '<iframe srcdoc="<script>parent.ran=1</script><img src=BEACON>"></iframe>',
    '<object data="BEACON"></object><embed src="BEACON">',
    '<style>@import url(BEACON); *{background:url(BEACON)}</style>',
    'x;background:url(BEACON)',
    '0px;background-image:url("BEACON")',
    '</style><style>div[title^="a"]{background:url(BEACON)}</style>',
    '<video poster="BEACON"><source src="BEACON"></video><img srcset="BEACON 1x">',
  ],
  'text that is markup once it was parsed and written again, xlink, foreignObject': [
    '<svg></p><style><a id="</style><img src=1 onerror=CALL>">',
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=CALL&gt;">',
    '<noscript><p title="</noscript><img src=x onerror=CALL>">',
    '<svg><a xlink:href="javascript:CALL"><text>Refund</text></a><use xlink:href="BEACON#a"/></svg>',
    '<svg><foreignObject><iframe srcdoc="<script>parent.ran=1</script>"></iframe></foreignObject></svg>',
    '<svg><animate attributeName=href values=javascript:CALL /><set attributeName=onmouseover to=CALL /></svg>',
    '" onmouseover="CALL" style="background:url(BEACON)" x="',
    '\'"><img src=x onerror=CALL>',
    '&lt;img src=x onerror=CALL&gt;',
    '\u0000<scr\u0000ipt>CALL</scr\u0000ipt>',
    '[EMAIL_1]<img src=x onerror=CALL>[SECRET_2]',
  ],
  'the same in titles, addresses, labels and what was typed': [
    '</title><script>CALL</script>',
    'https://office.example/<img src=x onerror=CALL>',
    '=HYPERLINK("BEACON","Refund")',
    '<plaintext><xmp><textarea><script>CALL</script>',
  ],
} as const

/** One step with a text in every place that has one; what the types say is a number is a text too, as in a file from anywhere. */
function stepOf(text: string): Step {
  const bad = text as never // as: nobody checks the types of a file
  const row = { tag: text, inputType: text, name: text, value: text, options: [text], look: text, keys: text }
  const roles = ['button', 'textbox', 'link', 'text', 'checkbox', 'dialog', text]
  const nodes = roles.map((role, at): ObservationNode => {
    const states = at === 1 ? ['focused', bad] : [bad]
    return { ...row, id: at, parent: at === 3 ? 5 : -1, role, states: states as never, box: [10, 10 + at * 50, 200, 30] } // as: so are words
  })
  const odd: ObservationNode = { ...row, id: 90, parent: -1, role: 'link', states: [], box: [bad, bad, bad, bad] }
  const target = { node: 0, role: text, name: text, box: [10, 10, 80, 30] } as Step['action']['target'] // as: a tuple
  return {
    index: 0,
    observation: {
      id: 0,
      url: text,
      title: text,
      viewport: { width: 800, height: 600, scrollX: 0, scrollY: 0, pixelRatio: 1 },
      status: 'stale',
      nodes: [...nodes, odd],
    },
    action: {
      kind: 'type',
      target,
      argument: text,
      modifiers: [text],
      point: [20, 20],
      to: target,
      before: text,
      after: text,
      cause: 'import',
      events: [],
      rule: text,
    },
    change: 'page',
  }
}

interface InPage {
  readonly Viewing: typeof import('./index.ts')
  readonly ran?: number
}

/** Shows steps in every way that there is, and says what of the page is not a plain box or text. */
async function show(page: Page, steps: readonly Step[]): Promise<readonly string[]> {
  return page.evaluate((given) => {
    const { mountViewer, describeAction } = (globalThis as unknown as InPage).Viewing // as: the bundle put it there
    const host = document.querySelector<HTMLElement>('#host')
    if (host === null) return ['no host']
    const strange: string[] = []
    const plain = new Set(['DIV', 'SPAN', 'P'])
    const looked = (): void => {
      for (const element of host.shadowRoot?.querySelectorAll('*') ?? []) {
        const attributes = element.getAttributeNames().filter((name) => !['class', 'title', 'style'].includes(name))
        if (!plain.has(element.tagName)) strange.push(element.tagName)
        strange.push(...attributes.map((name) => `${element.tagName} ${name}`))
        if (/url\(/i.test(element.getAttribute('style') ?? '')) strange.push(`style ${element.getAttribute('style')}`)
      }
    }
    for (const extent of ['page', 'target'] as const) {
      const marks = given.map(({ action }) => ({ node: 1, kind: 'candidate' as const, label: action.argument, strength01: 0.5 }))
      const viewer = mountViewer(host, { steps: given, extent, marks })
      for (const at of given.keys())
        for (const when of ['before', 'after'] as const) {
          viewer.show(at, when)
          looked()
        }
      if (extent === 'page') viewer.dispose()
    }
    document.title = given.map(({ action, observation }) => Object.values(describeAction(action, observation.nodes)).join(' ')).join(' ')
    return strange
  }, steps)
}

test.each(Object.entries(markup))('attacks 1, 2, 4 and 5: nothing of a recording runs, loads or leads anywhere: %s', async (_, texts) => {
  const page = await browser.newPage()
  const went: string[] = []
  page.on('framenavigated', (frame) => went.push(frame.url()))
  page.on('dialog', (dialog) => (went.push(dialog.message()), void dialog.dismiss()))
  page.on('popup', (popup) => went.push(popup.url()))
  await page.goto(origin)
  const hostile = texts.map(replay)
  expect(await show(page, hostile.map(stepOf))).toEqual([])
  const text = await page.evaluate(() => document.querySelector('#host')?.shadowRoot?.textContent ?? '')
  // It was there: as text, letter by letter but for what stands for a masked value.
  expect(text).toContain(
    hostile
      .at(-1)
      ?.split(/\[[A-Z]+_\d\]/)
      .at(0),
  )
  for (const y of [20, 70, 120, 170, 220, 270, 320]) await page.mouse.click(40, y)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.waitForTimeout(300)
  expect(await page.evaluate(() => (globalThis as unknown as InPage).ran ?? 'nothing ran')).toBe('nothing ran')
  expect({ asked, went }).toEqual({ asked: [], went: [`${origin}/`] })
  await page.close()
})

test('attack 1: what would run if it were markup does run where it is put as markup: the test can fail', async () => {
  const page = await browser.newPage()
  await page.goto(origin)
  await page.evaluate((text) => void (document.body.innerHTML = text), replay('<img src=x onerror="CALL"><img src="BEACON">'))
  await expect.poll(() => page.evaluate(() => (globalThis as unknown as InPage).ran), { timeout: 10_000 }).toBe(1)
  await expect.poll(() => asked.splice(0), { timeout: 10_000 }).toContain('/beacon')
  await page.close()
})
