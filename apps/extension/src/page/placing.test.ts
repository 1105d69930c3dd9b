import { decide, generateKeyPair, grantReceipt, keyIdOf, sampleManifest, signManifest, type Permit } from '@overt/privacy'
import type { Batch } from '@overt/schema'
import { encodeColumns } from '@overt/schema/words'
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'

import type { Asker, FramePlace } from '../talk/message.ts'
import { startPlacing } from './placing.ts'

const place = { byFocus: true, around: [] } as unknown as FramePlace // as: nothing lies in the batch that would have to be moved
const batch = { ...encodeColumns([], []), origin: 'http://127.0.0.1', path: '/', counters: {} } as unknown as Batch // as: what placing looks at

/** A window in a frame. */
interface FrameWindow {
  readonly view: Window
  /** As a press does that brings the focus into it. */
  focus(): void
  /** The focus goes on elsewhere. */
  leave(): void
}

/** `hidden`: in a shadow root, where the window around it counts no frames. */
function frameWindow(hidden: boolean): FrameWindow {
  let focused = false
  const outer: Record<string, unknown> = { length: hidden ? 0 : 1 }
  const size = { innerWidth: 300, innerHeight: 80 }
  const view = Object.assign(new EventTarget(), { parent: outer, length: 0, ...size, document: { hasFocus: () => focused } })
  Object.assign(outer, { parent: outer, ...(hidden ? {} : { 0: view }) })
  return {
    view: view as unknown as Window, // as: what placing asks of a window is there
    focus: () => {
      focused = true
      view.dispatchEvent(new Event('focus'))
    },
    leave: () => void (focused = false),
  }
}

let permit: Permit
beforeAll(async () => {
  const [operator, person] = await Promise.all([generateKeyPair(), generateKeyPair()])
  const nowEpochMs = Date.now()
  const keyId = await keyIdOf(operator.publicKey)
  const sample = sampleManifest({ origin: batch.origin, nowEpochMs })
  const manifest = await signManifest(sample, { keyId, by: 'operator', privateKey: operator.privateKey })
  const asked = { person: 'ada', manifest, nowEpochMs, expiresAtEpochMs: nowEpochMs + 86_400_000, assurance: 'local' } as const
  const receipt = await grantReceipt({ ...asked, purposes: ['ground'], modalities: ['actions'] }, person)
  const keys = [{ keyId, by: 'operator', publicKey: operator.publicKey }] as const
  const decision = await decide(receipt, manifest, 'ground', nowEpochMs, { keys, secure: true })
  if (!decision.ok) throw new Error(decision.reason)
  permit = decision.value
})

let end: AbortController
beforeEach(() => {
  vi.useFakeTimers()
  // Nothing is written anew in these windows.
  vi.stubGlobal(
    'MutationObserver',
    class {
      observe(): void {}
      disconnect(): void {}
    },
  )
  end = new AbortController()
})
afterEach(() => {
  end.abort()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** Begins to place a window; `answer`: what the page around it says, the how many-th time it is asked. */
async function start({ view }: FrameWindow, answer: (asker: Asker, times: number) => FramePlace | null) {
  const asked: Asker[] = []
  const ask = (asker: Asker): Promise<FramePlace | null> => Promise.resolve(answer(asker, asked.push(asker)))
  const help = { ask, tellMoved: () => {}, flush: () => {}, redact: (text: string) => text }
  const placing = startPlacing(view, help, end.signal)
  const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(2_000)
  await settle()
  /** Whether what is done from now on stands in the page around it. */
  const isPlaced = async (): Promise<boolean> => {
    const told = await placing.place(permit, { ...batch, closedAtEpochMs: Date.now() + 1 })
    return told.counters['frame.unplaced'] === undefined
  }
  return { asked, settle, isPlaced }
}

test('a frame that only its focus tells from another is looked at again when the focus comes, and stands somewhere from then on', async () => {
  const view = frameWindow(true)
  const { asked, settle, isPlaced } = await start(view, ({ focused }) => (focused ? place : null))
  expect([asked.length, await isPlaced()]).toEqual([1, false])
  view.focus()
  await settle()
  expect([asked.map(({ focused }) => focused), await isPlaced()]).toEqual([[false, true], true])
})

test('it is asked for again while the page around it has not heard of the focus yet, and not for ever', async () => {
  const late = frameWindow(true)
  const heard = await start(late, (_, times) => (times < 4 ? null : place))
  late.focus()
  await heard.settle()
  expect([heard.asked.length, await heard.isPlaced()]).toEqual([4, true])
  const never = frameWindow(true)
  const unheard = await start(never, () => null)
  never.focus()
  await unheard.settle()
  expect([unheard.asked.length, await unheard.isPlaced()]).toEqual([6, false])
})

test('where the focus has gone on before the answer came, it may have been another frame that was meant', async () => {
  const view = frameWindow(true)
  const { settle, isPlaced } = await start(view, ({ focused }) => {
    if (!focused) return null
    view.leave()
    return place
  })
  view.focus()
  await settle()
  expect(await isPlaced()).toBe(false)
})

test('a frame that has a number is not looked at again for its focus', async () => {
  const view = frameWindow(false)
  const { asked, settle, isPlaced } = await start(view, () => ({ ...place, byFocus: false }))
  view.focus()
  await settle()
  expect([asked.map(({ path }) => path), await isPlaced()]).toEqual([[[0]], true])
})
