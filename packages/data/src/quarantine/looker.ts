import { type ChildProcess, fork } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

import { DataError } from '../store/error.ts'
import type { Finding } from '../store/picture-rows.ts'
import type { Answer, Told } from './child.ts'

const needed = ['sharp', 'tesseract.js-core', '@tesseract.js-data/eng']
const slowestStartMs = 60_000

/** What a look needs: what to look for, and how long a picture may take. */
export interface LookerOptions {
  readonly sought: readonly string[]
  readonly slowestMs: number
  readonly signal: AbortSignal
}

/** Looks at pictures in a process of its own, one at a time: what crashes or hangs over a picture ends there, and no text comes back. */
export class Looker {
  readonly #options: LookerOptions
  #child: ChildProcess | undefined

  constructor(options: LookerOptions) {
    for (const name of needed) assertInstalled(name)
    this.#options = options
  }

  /** What was found in a picture; undefined where it could not be read, or not in time. Throws where reading can't begin, and what the signal was aborted with. */
  async look(image: Uint8Array): Promise<readonly Finding[] | undefined> {
    const child = (this.#child ??= await this.#start())
    const answer = await this.#ask(child, { kind: 'picture', image }, this.#options.slowestMs)
    if (answer === undefined) this.close()
    return answer?.kind === 'read' ? answer.findings : undefined
  }

  close(): void {
    this.#child?.kill('SIGKILL')
    this.#child = undefined
  }

  async #start(): Promise<ChildProcess> {
    // It may read files and load what decodes; it writes none, starts nothing, and what it prints goes nowhere.
    const child = fork(fileURLToPath(new URL('./child.ts', import.meta.url)), [], {
      execArgv: ['--permission', '--allow-fs-read=*', '--allow-addons', '--max-old-space-size=512'],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      env: {},
    })
    // What it is told when it has ended already is an error of its own.
    child.on('error', () => undefined)
    const answer = await this.#ask(child, { kind: 'begin', sought: this.#options.sought }, slowestStartMs)
    if (answer?.kind === 'ready') return child
    child.kill('SIGKILL')
    throw new DataError('optional', 'The process that reads pictures does not start: a package that it needs is not whole.')
  }

  /** One answer; undefined where the process ended or was too slow. */
  #ask(child: ChildProcess, told: Told, slowestMs: number): Promise<Answer | undefined> {
    const { signal } = this.#options
    const { promise, resolve, reject } = Promise.withResolvers<Answer | undefined>()
    const ended = (): void => resolve(undefined)
    const stop = (): void => {
      child.kill('SIGKILL')
      reject(signal.reason)
    }
    const timer = setTimeout(ended, slowestMs)
    child.once('message', resolve).once('exit', ended).on('error', ended)
    signal.addEventListener('abort', stop, { once: true })
    if (signal.aborted) stop()
    else child.send(told, (error) => error !== null && ended())
    return promise.finally(() => {
      clearTimeout(timer)
      child.off('message', resolve).off('exit', ended).off('error', ended)
      signal.removeEventListener('abort', stop)
    })
  }
}

function assertInstalled(name: string): void {
  try {
    createRequire(import.meta.url).resolve(name)
  } catch (cause) {
    throw new DataError('optional', `${name} is not installed, and pictures are read with it.`, cause)
  }
}
