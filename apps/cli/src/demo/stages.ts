import type { DemoFeed } from '@overt/server'
import type { DemoEvent } from '@overt/schema'

import type { Terminal } from '../terminal/terminal.ts'

type Told = Extract<DemoEvent, { readonly kind: 'stage' }>
type DemoStage = Told['stage']
type StageState = Told['state']

/** A part of the walk-through that took some time. */
export interface Phase {
  readonly name: string
  readonly ms: number
}

/** Runs the parts of the walk-through, times them, and tells the page and the terminal about each. */
export interface Stages {
  readonly phases: readonly Phase[]
  /** `told` says in one sentence what came of it. A part that `goesOn` leaves the page's stage running. */
  run<T>(
    name: string,
    stage: DemoStage,
    words: string,
    work: (say: (text: string, progress01: number) => void) => Promise<T>,
    told?: (value: T) => string,
    goesOn?: boolean,
  ): Promise<T>
  /** Leaves a part out; `stage` null: the page's stage is not the whole of it. */
  skip(name: string, stage: DemoStage | null, why: string): void
  /** Ends a stage whose parts went on. */
  close(stage: DemoStage, text: string): void
  /** Tells the page what it may ask for now. */
  offer(stage: DemoStage, text: string): void
}

/** Opens the stages of one walk-through. */
export function openStages(terminal: Terminal, feed: DemoFeed): Stages {
  const phases: Phase[] = []
  const publish = (stage: DemoStage, state: StageState, text: string, more: { progress01?: number; ms?: number } = {}): void =>
    feed.publish({ kind: 'stage', stage, state, text, ...more })
  return {
    phases,
    async run(name, stage, words, work, told, goesOn = false) {
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
        publish(stage, goesOn ? 'running' : 'done', result, { ms })
        terminal.say(`${(ms / 1000).toFixed(1).padStart(6)} s  ${result}`)
        return value
      } catch (error) {
        publish(stage, 'failed', error instanceof Error ? error.message : String(error))
        throw error
      }
    },
    skip(name, stage, why) {
      phases.push({ name, ms: 0 })
      if (stage !== null) publish(stage, 'skipped', why)
      terminal.say(`    --    ${why}`)
    },
    close: (stage, text) => publish(stage, 'done', text),
    offer: (stage, text) => publish(stage, 'waiting', text),
  }
}
