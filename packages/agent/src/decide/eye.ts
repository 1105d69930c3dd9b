import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { CDPSession, Page } from 'playwright-core'
import type { Observation } from '@overt/schema'

import { probeElement, type Grip, type Probe } from '../act/grip.ts'
import { restOf, type Rest } from '../act/settle.ts'
import { AgentError } from '../error.ts'

/** Sees a page through the recorder's own `sense`, in a world of its own that the page's scripts can neither see nor change. */
export interface Eye {
  readonly page: Page
  observe(): Promise<Observation>
  /** Holds on to the element of a node of an observation. */
  grip(nodeId: number): Grip
  /** Waits for the page to come to rest; where it navigates meanwhile, for the next page. */
  rest(rest: Rest): Promise<void>
  /** Hears of every trusted pointer press, key and wheel turn, the agent's own included. */
  onTouch(react: () => void): void
  close(): Promise<void>
}

const worldName = 'overt-sense'
const touched = 'overtTouched'

const install = `(() => {
  globalThis.overtSenser = OvertSense.createSenser(document)
  globalThis.overtProbe = (id) => { const element = overtSenser.element(id); return element === undefined ? null : (${probeElement.toString()})(element) }
  globalThis.overtRest = ${restOf.toString()}
  for (const type of ['pointerdown', 'keydown', 'wheel']) addEventListener(type, (event) => event.isTrusted && globalThis.overtTouched?.(type), { capture: true, passive: true })
})()`

/** Where the bundles of `@overt/capture` are built. */
export function captureBundle(name: string): string {
  return join(dirname(createRequire(import.meta.url).resolve('@overt/capture/sense')), '..', '..', 'dist', name)
}

/** Reads a bundle of `@overt/capture`. Throws `AgentError` where it is not built. */
export async function readBundle(name: string): Promise<string> {
  const path = captureBundle(name)
  return readFile(path, 'utf8').catch((cause: unknown) => {
    throw new AgentError('OVT-1503', `${path} is missing: run "npm run build" (or any overt command, which builds it).`, { cause })
  })
}

/** Opens an eye on a page. Throws `AgentError` where the bundle of `sense` is not built. */
export async function openEye(page: Page): Promise<Eye> {
  const bundle = await readBundle('sense.iife.js')
  const session = await page.context().newCDPSession(page)
  await session.send('Runtime.enable')
  await session.send('Runtime.addBinding', { name: touched, executionContextName: worldName })
  const worlds = watchWorlds(page, session, bundle)
  const call = <T>(expression: string): Promise<T> => evaluate(session, worlds, expression)
  return {
    page,
    observe: () => call<Observation>('overtSenser.sense()'),
    grip: (nodeId) => ({ page, probe: () => call<Probe | null>(`overtProbe(${nodeId})`) }),
    rest: (rest) => call<undefined>(`overtRest(${JSON.stringify(rest)})`).then(() => undefined),
    onTouch: (react) => {
      session.on('Runtime.bindingCalled', ({ name }) => {
        if (name === touched) react()
      })
    },
    close: async () => {
      worlds.close()
      await session.detach().catch(ignoreClosed)
    },
  }
}

interface Worlds {
  /** Identifier of the isolated world in the document that is there now; made where there is none yet. */
  context(): Promise<number>
  forget(): void
  close(): void
}

function watchWorlds(page: Page, session: CDPSession, bundle: string): Worlds {
  let made: Promise<number> | null = null
  const forget = (): void => void (made = null)
  const navigated = (frame: unknown): void => {
    if (frame === page.mainFrame()) forget()
  }
  page.on('framenavigated', navigated)
  return {
    context: () => (made ??= makeWorld(session, bundle)),
    forget,
    close: () => void page.off('framenavigated', navigated),
  }
}

async function makeWorld(session: CDPSession, bundle: string): Promise<number> {
  const { frameTree } = await session.send('Page.getFrameTree')
  const { executionContextId: contextId } = await session.send('Page.createIsolatedWorld', { frameId: frameTree.frame.id, worldName })
  const { exceptionDetails } = await session.send('Runtime.evaluate', { contextId, expression: `${bundle}\n;${install}` })
  if (exceptionDetails !== undefined)
    throw new AgentError('OVT-1503', `The sense bundle does not run: ${exceptionDetails.exception?.description ?? exceptionDetails.text}`)
  return contextId
}

/** Three tries: a page that navigates under a call takes its worlds along. */
async function evaluate<T>(session: CDPSession, worlds: Worlds, expression: string): Promise<T> {
  for (let turn = 1; ; turn += 1) {
    try {
      const contextId = await worlds.context()
      const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
        contextId,
        expression,
        returnByValue: true,
        awaitPromise: true,
      })
      if (exceptionDetails === undefined) return result.value as T // as: the expression is one of ours and its type stands beside it
      throw new AgentError('OVT-1511', `Sensing failed in the page: ${exceptionDetails.exception?.description ?? exceptionDetails.text}`)
    } catch (error) {
      worlds.forget()
      if (error instanceof AgentError || turn === 3)
        throw error instanceof AgentError
          ? error
          : new AgentError('OVT-1511', 'The page went away while it was looked at.', { cause: error })
      await new Promise((resolve) => setTimeout(resolve, 40 * turn))
    }
  }
}

function ignoreClosed(): void {
  // A page that is closed has detached its sessions itself.
}
