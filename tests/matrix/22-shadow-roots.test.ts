import type { Batch } from '@overt/schema'
import { decodeColumns } from '@overt/schema/words'
import { afterEach, beforeEach, expect, test } from 'vitest'

import type { Standing } from '../../apps/extension/src/talk/message.ts'
import { faultsOf, openOutfit, type Outfit } from '../extension.fixture.ts'

let outfit: Outfit

beforeEach(async () => {
  outfit = await openOutfit(`<title>Orders</title><x-outer></x-outer><x-form></x-form><button>Refund</button><div id=plain></div><script>
    const closed = (name, inner) =>
      customElements.define(name, class extends HTMLElement {
        static formAssociated = true
        constructor() {
          super()
          this.attachShadow({ mode: 'closed' }).innerHTML = inner
          const internals = this.attachInternals()
          if (name === 'x-form') Object.assign(internals, { role: 'switch', ariaChecked: 'true', ariaLabel: 'Urgent' })
        }
      })
    closed('x-inner', '<button>Approve <slot></slot></button><input aria-label=Note>')
    closed('x-outer', '<p>Deep</p><x-inner>order</x-inner>')
    document.getElementById('plain').attachShadow({ mode: 'closed' }).innerHTML = '<span><button>Archive</button></span>'
    closed('x-form', '<div style="width:60px;height:20px;background:gold"></div>')
  </script>`)
  await outfit.agree()
})
afterEach(() => outfit.close())

const standing = (): Promise<Standing> => outfit.ask({ kind: 'standing', tab: -1, origin: outfit.site })

/** What was done, and the row it was done on: its role and name. */
function told(batches: readonly Batch[]): readonly string[] {
  return batches
    .toSorted((left, right) => left.firstSeq - right.firstSeq)
    .flatMap((batch) => {
      const { events, observations } = decodeColumns(batch)
      return events.flatMap((event) => {
        const row = observations.find(({ id }) => id === event.observation)?.nodes.find(({ id }) => id === event.node)
        return event.kind === 'click' || event.kind === 'text' ? [`${event.kind} ${row?.role} ${row?.name}`] : []
      })
    })
}

test('a press and a text in a closed root, two deep or in an element of the browser’s own, are told on the innermost, with its name across the slot', async () => {
  const page = await outfit.open()
  await page.locator('overt-indicator').waitFor({ state: 'attached' })
  // No script of the page's, and no driver, looks in there: by the keyboard.
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  await page.keyboard.type('now')
  await page.click('text=Refund')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect.poll(async () => (await standing()).recent.join(), { timeout: 40_000 }).toContain('click Archive')
  await expect.poll(async () => (await standing()).queued, { timeout: 40_000 }).toBe(0)
  const batches = await outfit.stored()
  expect(told(batches)).toEqual(['click button Approve order', 'text textbox Note', 'click button Refund', 'click button Archive'])
  expect(faultsOf(batches)).toEqual([])
})

test('what only ElementInternals knows of an element no extension is told: the browser has no door to it', async () => {
  const page = await outfit.open()
  const worker = await outfit.worker()
  const inWorker = await worker.evaluate(() => {
    const { chrome } = globalThis as unknown as { chrome: Record<string, unknown> }
    return typeof chrome['automation']
  })
  const inPage = await page.evaluate(() => ['computedRole', 'computedName'].filter((name) => name in Element.prototype))
  expect([inWorker, inPage]).toEqual(['undefined', []])
  // The browser itself does know.
  const session = await outfit.context.newCDPSession(page)
  const { nodes } = await session.send('Accessibility.getFullAXTree')
  const found = nodes.find(({ name }) => name?.value === 'Urgent')
  expect([found?.role?.value, found?.properties?.find(({ name }) => name === 'checked')?.value.value]).toEqual(['switch', 'true'])
})
