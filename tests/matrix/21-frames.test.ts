import type { Event, ObservationNode } from '@overt/schema'
import { decodeColumns } from '@overt/schema/words'
import type { Frame, Locator } from 'playwright-core'
import { afterEach, beforeEach, expect, test } from 'vitest'

import type { Standing } from '../../apps/extension/src/talk/message.ts'
import { faultsOf, openOutfit, type Outfit } from '../extension.fixture.ts'

/** It counts its own presses. */
const press = '<button onclick="this.dataset.presses=1+Number(this.dataset.presses||0)">'
const frame = (name: string, size: string): string =>
  `<iframe aria-label="${name}" style="border:7px solid;padding:3px;margin:11px;${size}"></iframe>`
const room = '<div style="height:900px"></div>'
let outfit: Outfit

beforeEach(async () => {
  outfit = await openOutfit(
    `<title>Orders</title>${press}Refund</button><div style="height:90px"></div>${frame('Payments', 'width:520px;height:430px')}${room}`,
    {
      pages: {
        '/middle': `<title>Payments</title>${press}Pay</button>${frame('Bank of gus@example.org', 'width:400px;height:230px')}${room}`,
        '/inner': `<title>Bank</title><p>Sure?</p>${press}Confirm</button>`,
        '/innermost': `<title>Sure</title>${press}Sure</button>`,
        '/hidden': `<title>Hidden</title>${press}Hide</button>`,
        '/twin': `<title>Twin</title>${press}Twin</button>${frame('Inside', 'width:260px;height:110px')}`,
        '/other': `<title>Other</title>${press}Other</button>${frame('Inside', 'width:260px;height:110px')}`,
        '/core?1': `<title>Core</title>${press}Core</button>`,
        '/core?2': `<title>Core</title>${press}Core</button>`,
        '/deep': `<title>Deep</title>${press}Deep</button>${frame('Vault', 'width:260px;height:110px')}`,
        '/roots': `<title>Roots</title>${'<x-root></x-root>'.repeat(4)}`,
        '/outside': `<title>Outside</title>${frame('Walnutgrove', 'width:400px;height:230px')}`,
      },
      others: ['http://localhost'],
    },
  )
})
afterEach(() => outfit.close())

const standing = (): Promise<Standing> => outfit.ask({ kind: 'standing', tab: -1, origin: outfit.site })

/** What a click was told on: its row, where that is, and the frames around it. */
interface Told {
  readonly name: string
  readonly box: readonly number[]
  readonly point: readonly number[]
  readonly around: readonly string[]
}

function toldOf(events: readonly Event[], nodes: ReadonlyMap<number, readonly ObservationNode[]>): readonly Told[] {
  return events.flatMap((event) => {
    if (event.kind !== 'click') return []
    const rows = nodes.get(event.observation) ?? []
    const own = rows.find(({ id }) => id === event.node)
    const around: string[] = []
    for (let row = rows[own?.parent ?? -1]; row !== undefined; row = rows[row.parent]) if (row.tag === 'iframe') around.unshift(row.name)
    return [{ name: own?.name ?? '', box: own?.box ?? [], point: [event.x, event.y], around }]
  })
}

const byName = (left: { readonly name: string }, right: { readonly name: string }): number => left.name.localeCompare(right.name)

/** Where an element in some frames is drawn: left, top, width, height in the outermost page, put together from what each document says of its own. */
async function boxOf(element: Locator, frames: readonly Locator[]): Promise<readonly number[]> {
  const insides = await Promise.all(
    frames.map((one) =>
      one.evaluate((frame) => {
        const { left, top } = frame.getBoundingClientRect()
        // Border and padding stand between the frame's box and what is in it.
        return [left + 10, top + 10] as const
      }),
    ),
  )
  const own = await element.evaluate((node) => {
    const { left, top, width, height } = node.getBoundingClientRect()
    return [left, top, width, height] as const
  })
  const sum = (side: 0 | 1): number => insides.reduce((all, inside) => all + inside[side], own[side])
  return [sum(0), sum(1), own[2], own[3]]
}

test('a press in frames of other origins, one in another and scrolled, is told in the coordinates of the page and with the frames around it', async () => {
  await outfit.agree()
  const page = await outfit.open()
  const elsewhere = outfit.site.replace('127.0.0.1', 'localhost')
  const middle = page.frameLocator('iframe')
  const inner = middle.frameLocator('iframe')
  await page.evaluate((url) => document.querySelector('iframe')?.setAttribute('src', url), `${elsewhere}/middle`)
  await middle.locator('button').waitFor()
  await middle.locator('iframe').evaluate((element, url) => element.setAttribute('src', url), `${outfit.site}/inner`)
  await inner.locator('overt-indicator').waitFor({ state: 'attached' })
  await middle.locator('overt-indicator').waitFor({ state: 'attached' })
  await page.locator('overt-indicator').waitFor({ state: 'attached' })

  const meant: { readonly name: string; readonly box: readonly number[]; readonly around: readonly string[] }[] = []
  const first = page.locator('iframe')
  const second = middle.locator('iframe')
  const click = async (element: Locator, name: string, frames: readonly Locator[], around: readonly string[]): Promise<void> => {
    const box = await boxOf(element, frames)
    meant.push({ name, box, around })
    const [left = 0, top = 0, width = 0, height = 0] = box
    const before = Number(await element.getAttribute('data-presses'))
    await page.mouse.click(left + width / 2, top + height / 2)
    // The browser itself found it there.
    await expect.poll(() => element.getAttribute('data-presses'), { timeout: 20_000 }).toBe(String(before + 1))
    // Longer than a batch waits: on a busy machine a press that is measured only after what follows would be told there.
    await page.waitForTimeout(2_000)
  }
  const confirm = (): Promise<void> => click(inner.locator('button'), 'Confirm', [first, second], ['Payments', 'Bank of [EMAIL_1]'])
  await click(page.locator('button'), 'Refund', [], [])
  await click(middle.locator('button'), 'Pay', [first], ['Payments'])
  await confirm()
  await page.evaluate(() => scrollBy(0, 60))
  await confirm()
  await middle.locator('body').evaluate(() => scrollBy(0, 35))
  await confirm()
  // Something comes in above, which no scroll tells of.
  await page.evaluate(() => document.querySelector('button')?.insertAdjacentHTML('afterend', '<div style="height:47px"></div>'))
  await confirm()
  await page.waitForTimeout(1_500)
  await expect.poll(async () => (await standing()).queued, { timeout: 30_000 }).toBe(0)

  const batches = await outfit.stored()
  expect(faultsOf(batches)).toEqual([])
  const told = batches
    .toSorted((left, right) => left.closedAtEpochMs - right.closedAtEpochMs)
    .flatMap((batch) => {
      const { events, observations } = decodeColumns(batch)
      return toldOf(events, new Map(observations.map(({ id, nodes }) => [id, nodes])))
    })
    .toSorted(byName)
  // Each document sends its own: between them the order is not of the presses.
  meant.sort(byName)
  expect(told.map(({ name, around }) => ({ name, around }))).toEqual(meant.map(({ name, around }) => ({ name, around })))
  for (const [index, { box, point }] of told.entries()) {
    const browser = meant[index]?.box ?? []
    for (const [side, px] of box.entries())
      expect(Math.abs(px - (browser[side] ?? -9)), `${index}: ${box.join()} for ${browser.join()}`).toBeLessThanOrEqual(1)
    const [left = 0, top = 0, width = 0, height = 0] = browser
    const [x = -1, y = -1] = point
    expect([x >= left - 1, y >= top - 1, x <= left + width + 1, y <= top + height + 1], `${index}: ${point.join()}`).toEqual([
      true,
      true,
      true,
      true,
    ])
  }
  // An observation's number is given once in a document, and numbers rise: a later look never stands under an earlier one's number.
  for (const [, own] of Map.groupBy(batches, ({ producer }) => producer)) {
    const ids = own
      .toSorted((left, right) => left.firstSeq - right.firstSeq)
      .flatMap((batch) => decodeColumns(batch).observations.map(({ id }) => id))
    expect(ids).toEqual(ids.toSorted((left, right) => left - right))
  }
})

test('frames of other origins in shadow roots, open and closed, and one three deep, are told in the coordinates of the page; of two of one size, and what stands in them, once they have the focus', async () => {
  await outfit.agree()
  const page = await outfit.open('/roots')
  const elsewhere = outfit.site.replace('127.0.0.1', 'localhost')
  await page.evaluate(
    ([url, inner]) => {
      const roots = [...document.querySelectorAll('x-root')]
      const frame = (root: Node | undefined, name: string, size: string, address: string): void => {
        const made = Object.assign(document.createElement('iframe'), { src: address, ariaLabel: name })
        made.style.cssText = `border:7px solid;padding:3px;margin:11px;${size}`
        root?.appendChild(made)
      }
      frame(roots[0]?.attachShadow({ mode: 'open' }), 'Open', 'width:300px;height:100px', `${url}/inner`)
      frame(roots[1]?.attachShadow({ mode: 'closed' }), 'Closed', `width:320px;height:110px`, inner)
      for (const [at, name] of ['Twin', 'Other'].entries())
        frame(roots[2 + at]?.attachShadow({ mode: 'closed' }), name, 'width:340px;height:190px', `${url}/${name.toLowerCase()}`)
      frame(document.body, 'Plain', 'width:520px;height:330px', `${url}/middle`)
    },
    [elsewhere, `${elsewhere}/hidden`] as const,
  )
  const frameAt = async (address: string): Promise<Frame> => {
    await expect.poll(() => page.frames().some((frame) => frame.url() === address), { timeout: 30_000 }).toBe(true)
    return page.frames().find((frame) => frame.url() === address) ?? page.mainFrame()
  }
  const aim = async (frame: Frame, url: string): Promise<Frame> => {
    await frame.locator('iframe').evaluate((element, address) => element.setAttribute('src', address), url)
    return frameAt(url)
  }
  const middle = await frameAt(`${elsewhere}/middle`)
  const deep = await aim(middle, `${outfit.site}/deep`)
  const deepest = await aim(deep, `${elsewhere}/innermost`)
  const [twin, other] = [await frameAt(`${elsewhere}/twin`), await frameAt(`${elsewhere}/other`)]
  const cores = [await aim(twin, `${outfit.site}/core?1`), await aim(other, `${outfit.site}/core?2`)]
  for (const frame of page.frames()) await frame.locator('overt-indicator').waitFor({ state: 'attached' })

  const meant: (readonly [around: string, box: readonly number[]])[] = []
  const wordsOf = ({ around, name }: Told): string => `${around.join(' ')} > ${name}`
  /** Where it is drawn by what the documents around it say, or by what the browser says where those are closed. */
  const press = async (frame: Frame, name: string, around: string, frames: readonly Locator[] = []): Promise<void> => {
    const element = frame.locator('button')
    const box = await element.boundingBox()
    // The browser's driver leaves out what stands between each frame's box and what is in it.
    const inset = 10 * around.split(' ').length
    const drawn = box === null ? [] : [box.x + inset, box.y + inset, box.width, box.height]
    const [left = 0, top = 0, width = 0, height = 0] = frames.length > 0 ? await boxOf(element, frames) : drawn
    meant.push([`${around} > ${name}`, [left, top, width, height]])
    await page.mouse.click(left + width / 2, top + height / 2)
    // Longer than a batch waits.
    await page.waitForTimeout(2_500)
  }
  await press(await frameAt(`${elsewhere}/inner`), 'Confirm', 'Open')
  await press(await frameAt(`${elsewhere}/hidden`), 'Hide', 'Closed')
  const around = [page.locator('body > iframe'), middle.locator('iframe'), deep.locator('iframe')]
  await press(deep, 'Deep', 'Plain Bank of [EMAIL_1]', around.slice(0, 2))
  await press(deepest, 'Sure', 'Plain Bank of [EMAIL_1] Vault', around)
  for (const [frame, name] of [
    [twin, 'Twin'],
    [other, 'Other'],
  ] as const)
    await press(frame, name, name)
  for (const [at, core] of cores.entries()) await press(core, 'Core', at === 0 ? 'Twin Inside' : 'Other Inside')
  await expect.poll(async () => (await standing()).queued, { timeout: 30_000 }).toBe(0)
  const batches = await outfit.stored()
  const told = batches.flatMap((batch) => {
    const { events, observations } = decodeColumns(batch)
    return toldOf(events, new Map(observations.map(({ id, nodes }) => [id, nodes])))
  })
  expect(told.map(wordsOf).toSorted()).toEqual(meant.map(([words]) => words).toSorted())
  for (const [words, browser] of meant) {
    const box = told.find((one) => wordsOf(one) === words)?.box ?? []
    for (const [side, px] of box.entries())
      expect(Math.abs(px - (browser[side] ?? -9)), `${words}: ${box.join()} for ${browser.join()}`).toBeLessThanOrEqual(1)
  }
  // What was seen before the focus came stands nowhere in particular: the place is not guessed.
  expect(batches.some(({ counters }) => (counters['frame.unplaced'] ?? 0) > 0)).toBe(true)
})

test('a frame whose document is written anew stands where it was moved to since', async () => {
  await outfit.agree()
  const page = await outfit.open()
  const elsewhere = outfit.site.replace('127.0.0.1', 'localhost')
  await page.evaluate((url) => document.querySelector('iframe')?.setAttribute('src', url), `${elsewhere}/inner`)
  const inner = page.frameLocator('iframe')
  await page.locator('overt-indicator').waitFor({ state: 'attached' })
  await inner.locator('overt-indicator').waitFor({ state: 'attached' })
  await inner.locator('body').evaluate(() => {
    document.open()
    document.write('<!doctype html><title>Bank</title><button>Other</button>')
    document.close()
  })
  await inner.locator('overt-indicator').waitFor({ state: 'attached' })
  // Something comes in above, which no scroll tells of.
  await page.evaluate(() => document.querySelector('button')?.insertAdjacentHTML('afterend', '<div style="height:47px"></div>'))
  const [left = 0, top = 0, width = 0, height = 0] = await boxOf(inner.locator('button'), [page.locator('iframe')])
  await page.mouse.click(left + width / 2, top + height / 2)
  await expect.poll(async () => (await standing()).recent.join(), { timeout: 30_000 }).toContain('click Other')
  await expect.poll(async () => (await standing()).queued, { timeout: 30_000 }).toBe(0)
  const told = (await outfit.stored()).flatMap((batch) => {
    const { events, observations } = decodeColumns(batch)
    return toldOf(events, new Map(observations.map(({ id, nodes }) => [id, nodes])))
  })
  expect(told).toMatchObject([{ name: 'Other', around: ['Payments'] }])
  for (const [side, px] of [left, top, width, height].entries()) expect(Math.abs(px - (told[0]?.box[side] ?? -9))).toBeLessThanOrEqual(1)
})

test('in a page that nobody agreed to a frame keeps its own coordinates, which is counted, and nothing of the page around it is told', async () => {
  await outfit.agree()
  const page = await outfit.context.newPage()
  await page.goto(`${outfit.site.replace('127.0.0.1', 'walnut.localhost')}/outside`)
  await page.evaluate((url) => document.querySelector('iframe')?.setAttribute('src', url), `${outfit.site}/inner`)
  const inner = page.frameLocator('iframe')
  await inner.locator('overt-indicator').waitFor({ state: 'attached' })
  const box = await boxOf(inner.locator('button'), [])
  await inner.locator('button').click()
  await expect.poll(async () => (await standing()).recent.join(), { timeout: 30_000 }).toContain('click Confirm')
  const batches = await outfit.stored()
  const told = batches.flatMap((batch) => {
    const { events, observations } = decodeColumns(batch)
    return toldOf(events, new Map(observations.map(({ id, nodes }) => [id, nodes])))
  })
  expect(told.map(({ name, around }) => [name, around])).toEqual([['Confirm', []]])
  for (const [side, px] of (told[0]?.box ?? []).entries()) expect(Math.abs(px - (box[side] ?? -9))).toBeLessThanOrEqual(1)
  expect(Math.max(...batches.map(({ counters }) => counters['frame.unplaced'] ?? 0))).toBeGreaterThan(0)
  expect(JSON.stringify(batches)).not.toMatch(/[Ww]alnut/)
})
