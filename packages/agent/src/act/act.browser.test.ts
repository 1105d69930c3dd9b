import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Browser, Page } from 'playwright-core'
import type { Observation, ObservationNode } from '@overt/schema'

import { openEye, type Eye } from '../decide/eye.ts'
import { act } from './act.ts'
import { launchBrowser } from './browser.ts'

let browser: Browser
let page: Page
let eye: Eye

beforeAll(async () => {
  browser = await launchBrowser()
  page = await (await browser.newContext({ viewport: { width: 800, height: 600 } })).newPage()
  eye = await openEye(page)
})

afterAll(() => browser?.close())

beforeEach(() => page.goto('about:blank'))

async function draw(html: string): Promise<Observation> {
  await page.setContent(`${html}<script>
    window.heard = []
    for (const type of ['click','dblclick','contextmenu','auxclick','input','change','keydown','mouseover','wheel','drop'])
      addEventListener(type, (event) => heard.push([type, event.target.id ?? '', event.isTrusted, event.key ?? '', event.detail].join(' ')), true)
  </script>`)
  return eye.observe()
}

function nodeOf(observation: Observation, name: string, role?: string): ObservationNode {
  const node = observation.nodes.find((one) => one.name === name && (role === undefined || one.role === role))
  if (node === undefined) throw new Error(`no node "${name}" in ${observation.nodes.map((one) => `${one.role}:${one.name}`).join(', ')}`)
  return node
}

async function heard(type: string): Promise<readonly string[]> {
  const all = await page.evaluate<string[]>('heard')
  return all.filter((line) => line.startsWith(`${type} `))
}

test.each([
  ['click', 'click a true  1'],
  ['double_click', 'dblclick a true  2'],
  ['right_click', 'contextmenu a true  0'],
  ['middle_click', 'auxclick a true  1'],
  ['hover', 'mouseover a true  0'],
])('%s reaches its element as trusted input', async (kind, line) => {
  const observation = await draw('<button id=b>Other</button><button id=a>Mine</button>')
  expect(await act(eye, { kind, node: nodeOf(observation, 'Mine').id, argument: '' }, observation)).toEqual({ ok: true })
  expect(await page.evaluate('heard')).toContainEqual(line)
  expect((await page.evaluate<string[]>('heard')).some((one) => one.includes(' b '))).toBe(false)
})

test('typing replaces what stood in a field, key by key', async () => {
  const observation = await draw('<label>Town <input id=a value=Kiel></label>')
  await act(eye, { kind: 'type', node: nodeOf(observation, 'Town', 'textbox').id, argument: 'Bremen 2' }, observation)
  expect(await page.inputValue('#a')).toBe('Bremen 2')
  expect((await heard('input')).length).toBeGreaterThan(7)
  await act(eye, { kind: 'type', node: nodeOf(observation, 'Town', 'textbox').id, argument: '' }, observation)
  expect(await page.inputValue('#a')).toBe('')
})

test('typing puts back what a placeholder stands for', async () => {
  const observation = await draw('<label>Mail <input id=a></label>')
  await act(eye, { kind: 'type', node: nodeOf(observation, 'Mail', 'textbox').id, argument: '[EMAIL_1]' }, observation, (text) =>
    text.replace('[EMAIL_1]', 'ada@example.org'),
  )
  expect(await page.inputValue('#a')).toBe('ada@example.org')
})

test('typing fills native dates and times', async () => {
  const observation = await draw('<label>Day <input type=date id=d></label><label>Hour <input type=time id=t></label>')
  await act(eye, { kind: 'type', node: nodeOf(observation, 'Day', 'textbox').id, argument: '2026-03-14' }, observation)
  await act(eye, { kind: 'type', node: nodeOf(observation, 'Hour', 'textbox').id, argument: '14:05' }, observation)
  expect([await page.inputValue('#d'), await page.inputValue('#t')]).toEqual(['2026-03-14', '14:05'])
})

test('an option is chosen in the popup, with one change event that the browser made', async () => {
  const observation = await draw('<label>Level <select id=a><option>Low<option>High<option>High water<option>Higher</select></label>')
  for (const label of ['High water', 'Higher', 'High', 'Low']) {
    expect(
      await act(eye, { kind: 'select_option', node: nodeOf(observation, 'Level', 'combobox').id, argument: label }, observation),
    ).toEqual({
      ok: true,
    })
    expect(await page.evaluate('a.value')).toBe(label)
  }
  expect(await heard('change')).toEqual(Array(4).fill('change a true  '))
})

test('an option that is not there is refused', async () => {
  const observation = await draw('<label>Level <select id=a><option>Low<option>High</select></label>')
  expect(
    await act(eye, { kind: 'select_option', node: nodeOf(observation, 'Level', 'combobox').id, argument: 'Medium' }, observation),
  ).toEqual({
    ok: false,
    reason: 'no-such-option',
  })
})

test('several lines of a long list are chosen, turning the wheel to reach them', async () => {
  const lines = Array.from({ length: 30 }, (_, at) => `<option>Line ${at + 1}</option>`).join('')
  const observation = await draw(`<label>Lines <select id=a multiple size=5>${lines}</select></label>`)
  expect(
    await act(
      eye,
      { kind: 'select_option', node: nodeOf(observation, 'Lines', 'listbox').id, argument: 'Line 3\u001fLine 27' },
      observation,
    ),
  ).toEqual({ ok: true })
  expect(await page.evaluate('Array.from(a.selectedOptions, (one) => one.value)')).toEqual(['Line 3', 'Line 27'])
})

test('check leaves a box alone that is as it should be', async () => {
  const observation = await draw('<label><input type=checkbox id=a checked> Paid</label>')
  const node = nodeOf(observation, 'Paid', 'checkbox').id
  await act(eye, { kind: 'check', node, argument: 'on' }, observation)
  expect(await page.isChecked('#a')).toBe(true)
  await act(eye, { kind: 'check', node, argument: 'off' }, observation)
  expect(await page.isChecked('#a')).toBe(false)
})

test('a chord is pressed where the focus is, a key for a field in that field', async () => {
  const observation = await draw('<label>Town <input id=a></label><p>Help</p>')
  await act(eye, { kind: 'key', node: -1, argument: 'Control+Shift+K' }, observation)
  await act(eye, { kind: 'key', node: nodeOf(observation, 'Town', 'textbox').id, argument: 'Enter' }, observation)
  expect(
    (await heard('keydown')).map((line) =>
      line
        .split(' ')
        .filter((_, at) => at === 1 || at === 3)
        .join(''),
    ),
  ).toEqual(['Control', 'Shift', 'K', 'aEnter'])
  expect(await act(eye, { kind: 'key', node: -1, argument: 'Control+Nonsense' }, observation)).toEqual({ ok: false, reason: 'no-such-key' })
})

test('an element outside the window is brought into view first', async () => {
  const observation = await draw('<div style="height:110vh"></div><button id=a>Far</button>')
  expect(nodeOf(observation, 'Far').states).toContain('offscreen')
  await act(eye, { kind: 'click', node: nodeOf(observation, 'Far').id, argument: '' }, observation)
  expect(await heard('click')).toEqual(['click a true  1'])
})

test('an element that went away is told, not clicked at its old place', async () => {
  const observation = await draw('<button id=a>Mine</button>')
  const node = nodeOf(observation, 'Mine').id
  await page.evaluate('a.remove()')
  expect(await act(eye, { kind: 'click', node, argument: '' }, observation)).toEqual({ ok: false, reason: 'gone' })
})

test('scroll turns the wheel over the element', async () => {
  const observation = await draw(
    '<div id=a tabindex=0 aria-label=Box role=group style="height:100px;overflow:auto"><p style="height:900px">text</p></div>',
  )
  await act(eye, { kind: 'scroll', node: nodeOf(observation, 'Box').id, argument: 'down' }, observation)
  expect(await page.evaluate<number>('a.scrollTop')).toBeGreaterThan(50)
})

test('drag carries one element onto another', async () => {
  const observation = await draw('<button draggable=true id=a>From</button><button id=b ondragover="event.preventDefault()">Onto</button>')
  await act(eye, { kind: 'drag', node: nodeOf(observation, 'From').id, argument: String(nodeOf(observation, 'Onto').id) }, observation)
  expect((await heard('drop')).length).toBe(1)
})

test('after typing into a field that suggests, the suggestions are waited for', async () => {
  const observation = await draw(`<label>Who <input id=a role=combobox></label><ul id=l></ul>
    <script>a.addEventListener('input', () => { clearTimeout(window.t); window.t = setTimeout(() => { l.innerHTML = '<li role=option>Ada</li>' }, 300) })</script>`)
  await act(eye, { kind: 'type', node: nodeOf(observation, 'Who', 'combobox').id, argument: 'Ad' }, observation)
  expect((await eye.observe()).nodes.map((node) => node.name)).toContain('Ada')
})

test('the page sees nothing of the eye', async () => {
  await draw('<p>Hello</p>')
  expect(await page.evaluate('typeof OvertSense + typeof overtSenser + typeof overtTouched')).toBe('undefinedundefinedundefined')
})

test('an eye goes on after the page has navigated', async () => {
  await draw('<p>Hello</p>')
  await page.goto('data:text/html,<button>Next</button>')
  expect((await eye.observe()).nodes.map((node) => node.name)).toEqual(['Next'])
})
