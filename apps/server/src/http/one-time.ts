import { randomBytes } from 'node:crypto'

const lifeMs = 10 * 60_000
/** Anybody may begin a sign-in: past so many the oldest is forgotten. */
const mostLive = 10_000

/** Secrets that work once and not for long. */
export interface OneTime<T> {
  issue(value: T): string
  /** The value, once; undefined for a secret that is unknown, used or older than ten minutes. */
  take(secret: string): T | undefined
}

/** Makes a store of one-time secrets, in memory. */
export function oneTime<T>(nowEpochMs: () => number): OneTime<T> {
  const issued = new Map<string, { readonly value: T; readonly untilEpochMs: number }>()
  const drop = () => {
    for (const [secret, { untilEpochMs }] of issued) if (untilEpochMs < nowEpochMs()) issued.delete(secret)
  }
  return {
    issue(value) {
      drop()
      const [oldest] = issued.keys()
      if (oldest !== undefined && issued.size >= mostLive) issued.delete(oldest)
      const secret = randomBytes(32).toString('base64url')
      issued.set(secret, { value, untilEpochMs: nowEpochMs() + lifeMs })
      return secret
    },
    take(secret) {
      drop()
      const found = issued.get(secret)
      issued.delete(secret)
      return found?.value
    },
  }
}
