import { afterAll, beforeAll, expect, test } from 'vitest'

import { type Stage, openStage } from '../../chromium.ts'
import { leaksOf } from '../../leaks.ts'
import { startTrial } from '../../trial.ts'

// Pages that put another field in the place of the one that somebody is typing into.

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const card = '5500 0000 0000 0004'
const input = `const i = document.createElement('input'); i.setAttribute('aria-label', 'Note'); i.value = v; i.id = 'n'`
const focus = 'const n = document.querySelector("#n"); n.focus(); n.setSelectionRange?.(99, 99)'
const echo = 'o.textContent = "Paying with " + v'
const page = (script: string): string =>
  `<div id=r></div><p id=o></p><button id=b>Next</button><script>let v = ''; ${script}; draw()</script>`
const anew = page(`const draw = () => { ${input}; i.oninput = () => { v = i.value; ${echo}; draw(); ${focus} }; r.replaceChildren(i) }`)
const pages: Readonly<Record<string, string>> = {
  'at every key': anew,
  'at every key, where the focus comes later': page(
    `const draw = () => { ${input}; i.oninput = () => { v = i.value; ${echo}; draw(); setTimeout(() => { ${focus} }) }; r.replaceChildren(i) }`,
  ),
  'at every key, an editable element': page(
    `const draw = () => { r.innerHTML = '<div id=n contenteditable role=textbox aria-label=Note style="border:1px solid">' + v + '</div>'
      n.oninput = () => { v = n.textContent; ${echo}; draw(); n.focus(); getSelection().selectAllChildren(n); getSelection().collapseToEnd() } }`,
  ),
  'once, in the middle': page(
    `const draw = () => { ${input}; i.oninput = () => { v = i.value; ${echo}; if (v.length === 12) { draw(); ${focus} } }; r.replaceChildren(i) }`,
  ),
  'by Tab, which the page keeps': page(
    `const draw = () => { ${input}; i.oninput = () => { v = i.value; ${echo} }; r.replaceChildren(i)
      i.onkeydown = (event) => { if (event.key === 'Tab') { event.preventDefault(); draw(); ${focus} } } }`,
  ),
}

for (const [when, html] of Object.entries(pages))
  for (const secret of [card, 'DE89370400440532013000', 'ghp_16C7e42F292c6912E7710c838347Ae178B4a'])
    test(`a field that is drawn anew ${when} is one field, and no part of ${secret} leaves`, async () => {
      const trial = await startTrial(stage, html, { record: { flushMs: 50 } })
      await trial.page.click('#n')
      for (const letter of secret.slice(0, 12)) {
        await trial.page.keyboard.type(letter)
        await trial.page.waitForFunction('document.activeElement.id === "n"')
      }
      if (when.startsWith('by Tab')) await trial.page.keyboard.press('Tab')
      await trial.tell('flush')
      for (const letter of secret.slice(12)) {
        await trial.page.keyboard.type(letter)
        await trial.page.waitForFunction('document.activeElement.id === "n"')
      }
      await trial.page.click('#b')
      const events = await trial.events()
      await trial.stop()
      await trial.page.close()
      const told = events.flatMap((event) => (event.kind === 'text' ? [[event.before, event.after]] : []))
      expect(told).toEqual([['', expect.stringMatching(/^\[[A-Z]+_1\]$/)]])
      expect(leaksOf(trial.batches, secret, secret.startsWith('ghp_') ? 'ghp_' : '')).toEqual([])
    })

test('in an ambient session what the page repeats of it is masked too', async () => {
  const trial = await startTrial(stage, anew, { record: { mode: 'ambient', flushMs: 50 } })
  await trial.page.click('#n')
  await trial.page.keyboard.type(card)
  await trial.page.click('#b')
  await trial.stop()
  await trial.page.close()
  expect(trial.observations().some(({ nodes }) => nodes.length > 2)).toBe(true)
  expect(leaksOf(trial.batches, card)).toEqual([])
})

test('where nobody can tell whether the field goes on, what stands in it counts as typed unseen', async () => {
  const turned = `const draw = () => { ${input}; i.oninput = () => { v = i.value; ${echo}; if (v.length === 14) { v = '(' + v.slice(5) + ')'; draw() } }; r.replaceChildren(i) }`
  const trial = await startTrial(stage, page(turned), { record: { flushMs: 50 } })
  await trial.page.click('#n')
  await trial.page.keyboard.type(card.slice(0, 14))
  await trial.page.click('#b')
  await trial.page.click('#n')
  await trial.page.keyboard.press('End')
  await trial.page.keyboard.type(' x')
  await trial.tell('flush')
  const half = trial.batches.length
  await trial.page.keyboard.type(' y')
  await trial.stop()
  await trial.page.close()
  expect(half).toBeGreaterThan(0)
  expect(leaksOf(trial.batches, card)).toEqual([])
})

test('words go on in the field that comes for theirs, and end with it', async () => {
  const trial = await startTrial(stage, anew)
  await trial.page.click('#n')
  await trial.page.keyboard.type('two left boots')
  await trial.page.click('#b')
  await trial.page.click('#n')
  await trial.page.keyboard.press('End')
  await trial.page.keyboard.type(' soon')
  await trial.page.click('#b')
  const events = await trial.events()
  await trial.page.close()
  expect(events.flatMap((event) => (event.kind === 'text' ? [[event.before, event.after]] : []))).toEqual([
    ['', 'two left boots'],
    ['two left boots', 'two left boots soon'],
  ])
})
