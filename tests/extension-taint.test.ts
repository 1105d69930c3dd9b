import { decodeColumns } from '@overt/schema/words'
import { afterAll, beforeAll, expect, test } from 'vitest'

import type { Standing } from '../apps/extension/src/talk/message.ts'
import { leaksOf } from '../packages/capture/leaks.ts'
import { openOutfit, type Outfit } from './extension.fixture.ts'

const password = 'Velvet-Hammer-83!'
const code = '749205'
const card = '5500 0000 0000 0004'
const groups = card
  .split(' ')
  .map((part) => `<span>${part}</span>`)
  .join(' ')
const page = `<title>Sign in</title><h1>Sign in</h1><form><input id=s type=password aria-label=Password><input id=c autocomplete=one-time-code aria-label=Code><button>Go</button></form>
  <p id=told></p><button id=named>Use</button><label>Copy <input id=copy></label><p>Paid by ${groups}</p><table><tr>${groups.replaceAll('span', 'td')}</tr></table><button id=b>Next</button><script>
    document.forms[0].onsubmit = (event) => {
      event.preventDefault()
      const value = s.value + ' and ' + c.value
      s.value = c.value = ''; document.forms[0].remove()
      document.title = value; told.textContent = 'It was ' + value; named.setAttribute('aria-label', 'Use ' + value); copy.value = value
      history.pushState({}, '', '/was/' + encodeURIComponent(value))
    }</script>`

let outfit: Outfit
beforeAll(async () => {
  outfit = await openOutfit(page)
})
afterAll(() => outfit.close())

test('attacks 25 and 29: from the extension too, no secret leaves that the page shows elsewhere or in pieces', async () => {
  await outfit.agree()
  const open = await outfit.open()
  await open.locator('overt-indicator').waitFor({ state: 'attached' })
  await open.click('#s')
  await open.keyboard.type(password)
  await open.click('#c')
  await open.keyboard.type(code)
  await open.keyboard.press('Enter')
  await open.click('#named')
  await open.click('#copy')
  await open.keyboard.type(' too')
  await open.click('#b')
  await open.close()
  const queued = async (): Promise<number> => (await outfit.ask<Standing>({ kind: 'standing', tab: -1, origin: outfit.site })).queued
  await expect.poll(queued, { timeout: 60_000, interval: 500 }).toBe(0)
  const batches = await outfit.stored()
  const all = batches.map((batch) => decodeColumns(batch))
  const names = all.flatMap(({ observations }) => observations.flatMap(({ nodes }) => nodes.map(({ name }) => name)))
  // It was recorded, and each told by a placeholder.
  expect(names.filter((name) => name.startsWith('It was'))).toContain('It was [SECRET_1]')
  expect(new Set(names.filter((name) => name.startsWith('[CARD_'))).size).toBe(1)
  expect(names.filter((name) => name.startsWith('[CARD_')).length).toBeGreaterThan(7)
  for (const secret of [password, code, card]) expect(leaksOf(batches, secret)).toEqual([])
  expect(batches.filter(({ path }) => /Velv|Hamm|7492/.test(path))).toEqual([])
})
