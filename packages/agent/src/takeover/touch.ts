import type { Eye } from '../decide/eye.ts'

/** Tells a person's hand from the agent's on a page that both may touch. */
export interface Touch {
  /** Runs one act of the agent's: trusted input in that time is its own. */
  during<T>(work: () => Promise<T>): Promise<T>
}

/**
 * Watches for trusted input that the agent did not make. Both arrive as trusted events, so time tells them apart: what arrives while the agent
 * acts counts as the agent's. A person's touch within an act is noticed at their next one.
 */
export function watchTouch(eye: Eye, onTouch: () => void): Touch {
  let acting = false
  eye.onTouch(() => {
    if (!acting) onTouch()
  })
  return {
    during: async (work) => {
      acting = true
      try {
        return await work()
      } finally {
        acting = false
      }
    },
  }
}
