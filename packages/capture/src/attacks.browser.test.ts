import { afterAll, beforeAll, expect, test } from 'vitest'

import { type Stage, openStage } from '../chromium.ts'
import { leaksOf } from '../leaks.ts'
import { type Trial, startTrial } from '../trial.ts'

// Pages that try to make the recorder take a secret along. Each is driven by trusted input, and what left is searched for four letters of it in a row.

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const card = '5500 0000 0000 0004'
const key = 'sk-live-AbCdEf0123456789AbCdEf0123456789'
const password = 'Velvet-Hammer-83!'
const record = { flushMs: 50 } as const

/** Opens a page, does something there, lets everything go and gives what left of a secret. */
async function leaksAfter(html: string, secret: string, act: (trial: Trial) => Promise<void>, open = ''): Promise<readonly string[]> {
  const trial = await startTrial(stage, html, { record })
  await act(trial)
  const events = await trial.events()
  await trial.stop()
  await trial.page.close()
  // It did record, or nothing could have leaked.
  expect(events.filter(({ kind }) => kind === 'click' || kind === 'text').length).toBeGreaterThan(0)
  return leaksOf(trial.batches, secret, open)
}

const form = `<label>Password <input id=p type=password autocomplete=current-password></label><div id=room></div><button id=b>Next</button>`

test.each<[string, string]>([
  [
    'its type is toggled while it is typed, and nothing else tells what it is',
    `p.autocomplete = ''; p.labels[0].firstChild.data = 'Enter it'; b.onclick = () => (p.type = p.type === 'text' ? 'password' : 'text')`,
  ],
  [
    'it is cloned as a text field with what its field says it is',
    `b.onclick = () => { const c = p.cloneNode(); c.type = 'text'; c.id = 'c'; c.value = p.value; room.append(c) }`,
  ],
])('attack 25: a password is not told where %s', async (_, script) => {
  const leaks = await leaksAfter(`${form}<script>${script}</script>`, password, async ({ page, tell }) => {
    await page.click('#p')
    await page.keyboard.type(password.slice(0, 9))
    await page.click('#b')
    await tell('flush')
    if ((await page.locator('#p').count()) > 0) {
      await page.click('#p')
      await page.keyboard.press('End')
      await page.keyboard.type(password.slice(9))
    }
    await page.click('#b')
    await page.mouse.wheel(0, 10)
    await page.click('body')
  })
  expect(leaks).toEqual([])
})

/** A page that shows a value in every place that a page has: `show(value)`. */
const showsEverywhere = `<button id=b>Next</button><p id=text></p><button id=named>Go</button><label>Copy <input id=copy></label>
  <textarea id=area aria-label=Notes></textarea><div id=editor contenteditable role=textbox aria-label=Body></div><img id=img width=20 height=20 alt="">
  <select id=list aria-label=List><option>None</select><div id=host></div><iframe id=frame srcdoc="<p>Inside</p>" width=300 height=60></iframe>
  <table><tr><td>Used</td><td id=cell></td></tr></table><input id=hint placeholder=Hint><script>
    const root = host.attachShadow({ mode: 'open' })
    function show(value) {
      document.title = 'Now ' + value
      text.textContent = 'It is ' + value + ', remember it'
      named.setAttribute('aria-label', 'Use ' + value)
      copy.value = value; area.value = 'Note: ' + value; editor.textContent = value
      img.alt = value; hint.placeholder = value; cell.textContent = value.toUpperCase()
      list.options[0].label = 'Pick ' + value
      root.innerHTML = ''; root.append(value)
      frame.contentDocument.body.textContent = 'Kept: ' + value
      history.pushState({}, '', '/kept/' + encodeURIComponent(value) + '/done')
    }</script>`

/** Lets the page show what it holds, looks at it from several sides and gives what left of it. */
async function leaksShown(before: string, secret: string, act: (trial: Trial) => Promise<void>): Promise<readonly string[]> {
  const trial = await startTrial(stage, `${before}${showsEverywhere}`, { record })
  const { page, tell, batches } = trial
  await act(trial)
  await page.click('#b')
  await page.selectOption('#list', { index: 0 })
  await page.click('#named')
  await page.click('#copy')
  await page.keyboard.type('!')
  await page.click('#b')
  await tell('flush')
  const events = await trial.events()
  await trial.stop()
  await page.close()
  const pages = trial.observations().filter(({ nodes }) => nodes.some(({ name }) => name.startsWith('It is ')))
  // The page did show it, and what stands around it was told.
  expect(pages.length).toBeGreaterThan(0)
  expect(pages.at(-1)?.nodes.find(({ name }) => name.startsWith('It is '))?.name).toMatch(/^It is \[\w+\], remember it$/)
  expect(events.some((event) => event.kind === 'navigate' && /\/kept\/\[\w+\]\/done$/.test(event.url))).toBe(true)
  const parts = Array.from({ length: secret.length - 3 }, (_, at) => secret.slice(at, at + 4))
  const paths = batches.map(({ path }) => decodeURIComponent(path)).filter((path) => parts.some((part) => path.includes(part)))
  return [...leaksOf(batches, secret), ...paths]
}

const typed =
  (secret: string) =>
  async ({ page }: Trial): Promise<void> => {
    await page.click('#s')
    await page.keyboard.type(secret)
    await page.evaluate("show(document.querySelector('#s').value)")
  }

test.each<readonly [what: string, field: string, secret: string]>([
  ['a password', '<input id=s type=password aria-label=Password>', password],
  ['a password of plain letters', '<input id=s type=password aria-label=Password>', 'quiverdunesaltmeadow'],
  ['a short password', '<input id=s type=password aria-label=Password>', 'Brindl'],
  ['a one-time code', '<input id=s autocomplete=one-time-code aria-label=Confirm>', '749205'],
  ['a PIN', '<label>PIN <input id=s></label>', '8316'],
  ["a card's number that no check digit holds for", '<input id=s autocomplete=cc-number aria-label=Pay>', '4539107711121310'],
  ['a passphrase', '<label>Recovery phrase <textarea id=s></textarea></label>', 'copperwren hazelmist pinerush'],
])('attack 25: %s that the page shows elsewhere is masked wherever it stands', async (_, field, secret) => {
  expect(await leaksShown(field, secret, typed(secret))).toEqual([])
})

test('attack 25: so is one that nobody typed, and one that a script wrote, moved on and took away again', async () => {
  const prefilled = `<input id=s type=password aria-label=Password value="${password}">`
  expect(
    await leaksShown(prefilled, password, async ({ page }) => {
      await page.evaluate("show(document.querySelector('#s').value)")
    }),
  ).toEqual([])
  const made = '<input id=s type=password aria-label=Password><button id=g>Make one</button>'
  const script = `<script>g.onclick = () => { s.value = '${password}'; s.dispatchEvent(new Event('input', { bubbles: true })) }
    s.oninput = () => { const { value } = s; s.value = ''; s.remove(); setTimeout(() => show(value)) }</script>`
  expect(
    await leaksShown(made + script, password, async ({ page }) => {
      await page.click('#g')
      await page.waitForTimeout(200)
    }),
  ).toEqual([])
})

test('attack 25: a code of one box a digit is known as a whole', async () => {
  const boxes = [0, 1, 2, 3, 4, 5]
    .map((at) => `<input class=s maxlength=1 size=1 autocomplete=one-time-code aria-label="Digit ${at}">`)
    .join('')
  const script = `<script>for (const box of document.querySelectorAll('.s')) box.oninput = () => {
    box.nextElementSibling?.focus()
    const value = [...document.querySelectorAll('.s')].map((one) => one.value).join('')
    if (value.length === 6) { for (const one of document.querySelectorAll('.s')) one.value = ''; show(value) } }</script>`
  expect(
    await leaksShown(boxes + script, '749205', async ({ page }) => {
      await page.click('.s')
      await page.keyboard.type('749205')
    }),
  ).toEqual([])
})

test('attack 25: what the page shows of a password while it is typed, and the person goes on elsewhere meanwhile, leaves no beginning of it', async () => {
  const live = `<input id=s type=password aria-label=Password><button id=k onmousedown="event.preventDefault()">Keep</button><script>s.oninput = () => show(s.value)</script>`
  expect(
    await leaksShown(live, 'quiverdune-77', async ({ page, tell }) => {
      await page.click('#s')
      for (const letter of 'quiverdune-77') {
        await page.keyboard.type(letter)
        await page.click('#k')
        await tell('flush')
      }
      await page.keyboard.press('Backspace')
      await page.click('#k')
    }),
  ).toEqual([])
})

test('attack 26: a secret that is typed, deleted, cut and pasted in parts leaves no part', async () => {
  const html = `<label>Note <input id=n></label><label>Other <textarea id=o></textarea></label><button id=b>Next</button>`
  for (const [secret, open] of [
    [card, ''],
    [key, 'sk-live-'],
  ] as const) {
    const leaks = await leaksAfter(
      html,
      secret,
      async ({ page, tell }) => {
        await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
        await page.click('#n')
        await page.keyboard.type(secret)
        for (let turn = 0; turn < 6; turn += 1) await page.keyboard.press('Backspace')
        await tell('flush')
        await page.keyboard.type(secret.slice(-6))
        await page.keyboard.press('Control+A')
        await page.keyboard.press('Control+X')
        await page.click('#o')
        await page.keyboard.press('Control+V')
        await page.keyboard.press('Control+Z')
        await page.keyboard.press('Control+Shift+Z')
        await page.click('#n')
        for (const half of [secret.slice(0, 10), secret.slice(10)]) {
          await page.evaluate((text) => navigator.clipboard.writeText(text), half)
          await page.keyboard.press('Control+V')
          await tell('flush')
        }
        await page.click('#b')
      },
      open,
    )
    expect(leaks).toEqual([])
  }
})

test('attack 27: what an input method makes of a number is held until it is judged', async () => {
  const leaks = await leaksAfter('<label>Note <input id=n></label><button id=b>Next</button>', card, async ({ page, tell }) => {
    const client = await page.context().newCDPSession(page)
    await page.click('#n')
    for (const text of ['5500', '5500 0000 00']) {
      await client.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length })
      await tell('flush')
    }
    await client.send('Input.insertText', { text: '5500 0000 0000 ' })
    await tell('flush')
    await client.send('Input.imeSetComposition', { text: '0004', selectionStart: 4, selectionEnd: 4 })
    await client.send('Input.insertText', { text: '0004' })
    await page.click('#b')
  })
  expect(leaks).toEqual([])
})

test('attack 27: what a script fills in, as a password manager does, is a fill, and no secret of it is told', async () => {
  const html = `${form}<label>Card <input id=c autocomplete=cc-number></label><script>b.onfocus = () => {
    for (const [field, text] of [[p, '${password}'], [c, '${card}']]) { field.value = text; field.dispatchEvent(new InputEvent('input', { bubbles: true })); field.dispatchEvent(new Event('change', { bubbles: true })) } }</script>`
  for (const secret of [password, card])
    expect(
      await leaksAfter(html, secret, async ({ page }) => {
        await page.click('#b')
        await page.waitForTimeout(200)
        await page.click('#b')
      }),
    ).toEqual([])
})

test('attack 27: what is typed into an editor, or into a document that a page draws on a canvas, leaves no letters', async () => {
  const html = `<div id=e contenteditable role=textbox aria-label=Body style="height:40px">.</div><canvas id=v tabindex=0 width=300 height=60></canvas><button id=b>Next</button><script>
    let text = ''; v.onkeydown = ({ key }) => { if (key.length === 1) text += key; v.getContext('2d').fillText(text, 5, 20); v.dataset.text = text }</script>`
  const leaks = await leaksAfter(html, card, async ({ page, tell }) => {
    for (const field of ['#v', '#e']) {
      await page.click(field)
      await page.keyboard.type(card.slice(0, 9))
      await tell('flush')
      await page.keyboard.press('ArrowLeft')
      await page.keyboard.press('ArrowRight')
      await page.keyboard.type(card.slice(9))
      await page.click('#b')
    }
  })
  expect(leaks).toEqual([])
})

test('attack 28: a number that is typed or shown in other signs is the same number', async () => {
  const odd = Array.from(card, (digit) => (digit === ' ' ? ' ' : String.fromCodePoint((digit.codePointAt(0) ?? 0) + 0xfee0))).join('')
  const joined = Array.from(card).join('\u200b')
  for (const text of [odd, joined, `\u202e${card}\u202c`]) {
    const html = `<p>Paid by ${text}</p><button aria-label="Pay by ${text}">Pay</button><label>Note <input id=n></label><button id=b>Next</button>`
    const leaks = await leaksAfter(html, card, async ({ page, batches }) => {
      await page.click('#n')
      await page.keyboard.insertText(text)
      await page.click('#b')
      await expect.poll(() => batches.length, { timeout: 20_000 }).toBeGreaterThan(0)
      const strings = batches.flatMap((batch) => batch.strings).map((one) => one.normalize('NFKC').replaceAll(/[^0-9]/g, ''))
      expect(strings.filter((one) => one.includes('5500') || one.includes('0004'))).toEqual([])
    })
    expect(leaks).toEqual([])
  }
})

test('attack 29: a number that is typed in pieces, one a field and one a batch, leaves no piece', async () => {
  const boxes = [0, 1, 2, 3].map((at) => `<input id=n${at} aria-label="Card number part ${at + 1}" maxlength=4 size=4>`).join('')
  const leaks = await leaksAfter(`${boxes}<button id=b>Next</button>`, card, async ({ page, tell }) => {
    for (const [at, part] of card.split(' ').entries()) {
      await page.click(`#n${at}`)
      await page.keyboard.type(part)
      await tell('flush')
      await page.waitForTimeout(100)
    }
    await page.click('#b')
  })
  expect(leaks).toEqual([])
})

const iban = 'DE89 3704 0044 0532 0130 00'
const spans = (secret: string, tag = 'span', between = ' '): string =>
  secret
    .split(' ')
    .map((part) => `<${tag}>${part}</${tag}>`)
    .join(between)
const digits = (secret: string, one: (digit: string) => string): string => Array.from(secret.replaceAll(' ', ''), one).join('')

test.each<readonly [where: string, secret: string, html: string]>([
  ['spans of a line', card, `<p>Paid by ${spans(card)}, thanks</p>`],
  ['spans with nothing between them', card, `<p>${spans(card, 'span', '')}</p>`],
  ['parts of different length', card, '<p>Paid by 5500 00<b>00 0000</b> 0004</p>'],
  ['an American card’s groups', '3782 822463 10005', `<p>${spans('3782 822463 10005', 'b')}</p>`],
  ['blocks below each other', card, `<section>Card ${spans(card, 'div', '')}</section>`],
  ['cells of a table between other numbers', card, `<table><tr><td>1</td>${spans(card, 'td', '')}<td>12.50</td></tr></table>`],
  ['cells of a table', iban, `<table><tr><th>IBAN</th>${spans(iban, 'td', '')}</tr><tr><th>BIC</th><td>COBADEFFXXX</td></tr></table>`],
  ['buttons', card, `<p>${spans(card, 'button')}</p>`],
  [
    'boxes of one digit',
    card,
    `<div style="display:flex">${digits(card, (digit) => `<div style="border:1px solid;padding:4px">${digit}</div>`)}</div>`,
  ],
  [
    'boxes of one letter',
    iban,
    `<div style="display:flex">${digits(iban, (one) => `<div style="border:1px solid;padding:4px">${one}</div>`)}</div>`,
  ],
  ['fields of two digits', card, `<p>${card.replaceAll(' ', '').replace(/../g, '<input size=2 maxlength=2 value=$& aria-label=Box>')}</p>`],
  [
    'the slots of a shadow root',
    card,
    `<x-line>${spans(card, 'span', '')}</x-line><script>customElements.define('x-line', class extends HTMLElement {
    connectedCallback() { this.attachShadow({ mode: 'open' }).innerHTML = '<p>Card <slot></slot></p>' } })</script>`,
  ],
  ['an address of mail and what marks a part of it', 'ada.lovelace@example.com', '<p>Ask ada.love<mark>lace@exam</mark>ple.com now</p>'],
  [
    'a token in two halves',
    'ghp_16C7e42F292c6912E7710c838347Ae178B4a',
    '<p><code>ghp_16C7e42F292c6912E</code><code>7710c838347Ae178B4a</code></p>',
  ],
  ['groups of a social security number', '536 22 8761', `<p>SSN ${spans('536 22 8761')}</p>`],
])('attack 29: a number that a page shows in %s is masked in each', async (_, secret, html) => {
  const trial = await startTrial(stage, `${html}<p>Again ${secret} here</p><button id=b>Next</button>`, { record })
  await trial.page.click('#b')
  await trial.events()
  await trial.stop()
  await trial.page.close()
  const seen = trial.observations().map(({ nodes }) => nodes.flatMap(({ name, value }) => [name, value]))
  const words = seen.flat()
  const [, placeholder = ''] = words.map((text) => /^Again (\[\w+\]) here$/.exec(text)).find((match) => match !== null) ?? []
  expect(placeholder).not.toBe('')
  // Each part is told by a placeholder: that of the whole, but in cells and beside a label, where the parts are told by their kind and the whole as a secret.
  for (const texts of seen) expect(texts.filter((text) => /\[[A-Z_]+_1\]/.test(text)).length).toBeGreaterThan(2)
  const parts = secret.split(/[ .@]/).filter((part) => part.length > 1)
  expect(words.filter((text) => parts.some((part) => text.includes(part)))).toEqual([])
  expect(leaksOf(trial.batches, secret)).toEqual([])
})

test('attack 29: a table of numbers is none', async () => {
  const row = (cells: readonly (string | number)[]): string => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`
  const rows = Array.from({ length: 30 }, (_, at) =>
    row([4000 + at, 5100 + 7 * at, 4539 - at, 1077 + 3 * at, 4111 + at, `2026-11-${at + 1}`, (at * 12.5).toFixed(2)]),
  )
  const trial = await startTrial(stage, `<table>${rows.join('')}</table><button id=b>Next</button>`, { record })
  await trial.page.click('#b')
  await trial.events()
  await trial.stop()
  await trial.page.close()
  const words = trial.observations().flatMap(({ nodes }) => nodes.map(({ name }) => name))
  expect(words).toContain('4539')
  expect(words.filter((text) => text.includes('['))).toEqual([])
})

test('attack 30: secrets in address, title, label, errors and reports of errors leave nowhere, and the recorder says nothing of its own', async () => {
  const html = `<button id=b aria-label="Use ${key}">Use</button><label>${key} <input id=n></label><input id=f type=file aria-label=File><script>
    b.onclick = () => {
      document.title = 'Account ${key}'; history.pushState({}, '', '/reset/${key}?token=${key}#${key}')
      console.error(new Error('${key}')); reportError(new Error('${key}')); Promise.reject(new Error('${key}'))
      setTimeout(() => { const broken = null; broken['${key}'].x })
    }</script>`
  const trial = await startTrial(stage, html, { record })
  const said: string[] = []
  trial.page.on('console', (message) => said.push(message.text()))
  const faults: string[] = []
  trial.page.on('pageerror', (error) => faults.push(error.message))
  await trial.page.click('#b')
  await trial.page.setInputFiles('#f', { name: `${key}.pdf`, mimeType: 'application/pdf', buffer: Buffer.from('%PDF') })
  await trial.page.click('#n')
  await trial.page.keyboard.type('fine')
  const events = await trial.events()
  expect(events.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['click', 'navigate', 'text']))
  expect(faults.length).toBeGreaterThan(2)
  await trial.stop()
  expect(leaksOf(trial.batches, key, 'sk-live-')).toEqual([])
  const counters = JSON.stringify([await trial.counters(), trial.states, trial.batches.map((batch) => [batch.path, batch.counters])])
  expect(counters).not.toContain('AbCd')
  // The page's own words in the console, and none of ours.
  expect(said.filter((text) => !text.startsWith('Error: '))).toEqual([])
  await trial.page.close()
})
