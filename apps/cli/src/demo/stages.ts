import type { DemoFeed } from '@overt/server'
import type { DemoEvent } from '@overt/schema'

import type { Terminal } from '../terminal/terminal.ts'

type DemoStage = Extract<DemoEvent, { readonly kind: 'stage' }>['stage']

/** A part of the walk-through that took some time. */
export interface Phase {
  readonly name: string
  readonly ms: number
}

/** Runs the parts of the walk-through, times them, and tells the page and the terminal about each. */
export interface Stages {
  readonly phases: readonly Phase[]
  /** `stage` null: a part that the page does not show. `told` says in one sentence what came of it. */
  run<T>(
    name: string,
    stage: DemoStage | null,
    words: string,
    work: (say: (text: string, progress01: number) => void) => Promise<T>,
    told?: (value: T) => string,
  ): Promise<T>
  skip(name: string, stage: DemoStage | null, why: string): void
}

/** Opens the stages of one walk-through. */
export function openStages(terminal: Terminal, feed: DemoFeed): Stages {
  const phases: Phase[] = []
  const publish = (
    stage: DemoStage | null,
    state: 'running' | 'done' | 'failed' | 'skipped',
    text: string,
    more: { progress01?: number; ms?: number } = {},
  ): void => {
    if (stage !== null) feed.publish({ kind: 'stage', stage, state, text, ...more })
  }
  return {
    phases,
    async run(name, stage, words, work, told) {
      const began = performance.now()
      publish(stage, 'running', words)
      terminal.progress(words)
      try {
        const value = await work((text, progress01) => {
          publish(stage, 'running', text, { progress01 })
          terminal.progress(text)
        })
        const ms = Math.round(performance.now() - began)
        phases.push({ name, ms })
        const result = told?.(value) ?? words
        publish(stage, 'done', result, { ms })
        terminal.say(`${(ms / 1000).toFixed(1).padStart(6)} s  ${result}`)
        return value
      } catch (error) {
        publish(stage, 'failed', error instanceof Error ? error.message : String(error))
        throw error
      }
    },
    skip(name, stage, why) {
      phases.push({ name, ms: 0 })
      publish(stage, 'skipped', why)
      terminal.say(`    --    ${why}`)
    },
  }
}
