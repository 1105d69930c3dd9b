import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { chromiumPath } from '../chromium.ts'

/** A page of a tab, as the protocol shows it: the one that is shown, or one that is prerendered behind it. */
export interface BarePage {
  readonly prerendered: boolean
  evaluate(expression: string): Promise<unknown>
  /** Presses and releases the left button there, in CSS pixels. */
  click(x: number, y: number): Promise<void>
}

/** A Chromium with one tab that nothing but the protocol's tab is attached to: a driver that attaches to each page keeps it from prerendering any. */
export interface Bare {
  goto(url: string): Promise<void>
  /** The pages that there are, in the order in which they came. */
  pages(): readonly BarePage[]
  close(): Promise<void>
}

interface Message {
  readonly id?: number
  readonly method?: string
  readonly params?: { readonly sessionId: string; readonly targetInfo: { readonly type: string; readonly subtype?: string } }
  readonly result?: Readonly<Record<string, unknown>>
  readonly error?: { readonly message: string }
}

/** Starts it; whoever opens it closes it. */
export async function openBare(): Promise<Bare> {
  const folder = await mkdtemp(join(tmpdir(), 'bare-'))
  const args = ['--headless', '--no-sandbox', '--no-first-run', '--remote-debugging-port=0', `--user-data-dir=${folder}`, 'about:blank']
  const browser = spawn(chromiumPath, args, { stdio: 'ignore' })
  const ended = new Promise((end) => browser.once('exit', end))
  const pages = new Map<string, BarePage>()
  const { send, hear, close } = await connect(await addressOf(folder))
  const pageOf = (session: string, prerendered: boolean): BarePage => ({
    prerendered,
    evaluate: async (expression) => {
      const { result } = await send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true }, session)
      return (result as { readonly value?: unknown } | undefined)?.value // as: that is what the protocol answers
    },
    click: async (x, y) => {
      const event = { x, y, button: 'left', clickCount: 1 }
      await send('Input.dispatchMouseEvent', { type: 'mousePressed', ...event }, session)
      // A page that leaves for what was clicked may be gone before it answers.
      await send('Input.dispatchMouseEvent', { type: 'mouseReleased', ...event }, session).catch(() => {})
    },
  })
  hear(({ method, params }) => {
    if (params === undefined) return
    if (method === 'Target.detachedFromTarget') pages.delete(params.sessionId)
    if (method === 'Target.attachedToTarget' && params.targetInfo.type === 'page')
      pages.set(params.sessionId, pageOf(params.sessionId, params.targetInfo.subtype === 'prerender'))
  })
  const { targetInfos } = await send('Target.getTargets', { filter: [{ type: 'tab' }] })
  const [tab] = targetInfos as readonly { readonly targetId: string }[] // as: that is what the protocol answers
  const { sessionId } = await send('Target.attachToTarget', { targetId: tab?.targetId, flatten: true })
  await send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: true }, String(sessionId))
  return {
    pages: () => [...pages.values()],
    goto: async (url) => {
      const [shown] = pages.keys()
      await send('Page.navigate', { url }, shown)
    },
    close: async () => {
      close()
      browser.kill()
      await ended
      await rm(folder, { recursive: true, force: true, maxRetries: 10 })
    },
  }
}

/** The browser writes there where it listens. */
async function addressOf(folder: string): Promise<string> {
  for (let turn = 0; turn < 300; turn += 1) {
    const [port, path] = (await readFile(join(folder, 'DevToolsActivePort'), 'utf8').catch(() => '')).split('\n')
    if (port !== undefined && path !== undefined) return `ws://127.0.0.1:${port}${path}`
    await new Promise((rest) => setTimeout(rest, 100))
  }
  throw new Error('Chromium does not listen.')
}

async function connect(url: string) {
  const socket = new WebSocket(url)
  await new Promise((open) => socket.addEventListener('open', open, { once: true }))
  const waiting = new Map<number, { readonly sessionId: string | undefined; readonly answer: (message: Message) => void }>()
  let hear: (message: Message) => void = () => {}
  let next = 0
  socket.addEventListener('message', ({ data }) => {
    const message: Message = JSON.parse(String(data))
    if (message.id === undefined) hear(message)
    else waiting.get(message.id)?.answer(message)
    // Nobody answers for a page that is gone.
    if (message.method !== 'Target.detachedFromTarget') return
    for (const { sessionId, answer } of waiting.values())
      if (sessionId === message.params?.sessionId) answer({ error: { message: 'The page is gone.' } })
  })
  const send = (method: string, params: object, sessionId?: string): Promise<Readonly<Record<string, unknown>>> =>
    new Promise((resolve, reject) => {
      next += 1
      const id = next
      const answer = ({ result, error }: Message): void => {
        waiting.delete(id)
        if (result === undefined) reject(new Error(error?.message))
        else resolve(result)
      }
      waiting.set(id, { sessionId, answer })
      socket.send(JSON.stringify({ id, method, params, sessionId }))
    })
  return { send, hear: (listen: typeof hear) => void (hear = listen), close: () => socket.close() }
}
