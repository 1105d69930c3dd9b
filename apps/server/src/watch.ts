import { createHash } from 'node:crypto'

import type { Store } from '@overt/data'
import { canonicalJson } from '@overt/schema/words'

/** What must not happen is noticed within five minutes; looking costs little. */
export const watchEveryMs = 120_000

/** Something that nobody may do was done. */
export interface Alarm {
  /** `canary-read`: somebody read the work of a person who does not exist. `access`: a route answers whom the policies refuse. */
  readonly what: 'canary-read' | 'access'
  readonly told: Readonly<Record<string, unknown>>
}

/** What a watch looks at, and whom it tells. */
export interface WatchParts {
  readonly store: Store
  /** Callers and routes that were answered and should not be. */
  readonly probe: () => Promise<readonly string[]>
  readonly tell: (alarm: Alarm) => void
  /** A look that failed is told; the next one begins where it ended. */
  readonly failed: (error: unknown) => void
  /** Who may what, as a page: that it changed is an entry of its own. */
  readonly rules: string
  readonly everyMs?: number
}

/** A watch that goes on by itself. */
export interface Watch {
  /** Looks now. */
  readonly look: () => Promise<void>
  readonly close: () => Promise<void>
}

/** Looks now and then for reads that nobody had a reason for and for routes that are open; each is an entry of the ledger, a line in the log and a count. */
export function openWatch({ store, probe, tell, failed, rules, everyMs = watchEveryMs }: WatchParts): Watch {
  const known = new Set<string>()
  const sha256 = createHash('sha256').update(rules).digest('hex')
  let next = 0
  let ruled = ''
  let looking: Promise<void> = Promise.resolve()
  const raise = async (alarm: Alarm): Promise<void> => {
    const name = nameOf(alarm)
    if (known.has(name)) return
    known.add(name)
    tell(alarm)
    await store.ledger.append('alarm', { what: alarm.what, ...alarm.told })
  }
  const lookOnce = async (): Promise<void> => {
    const canaries = new Set(store.access.canaries().map((person) => store.ledger.whoIs(person)))
    const reads: Alarm[] = []
    for await (const { kind, index, who, body } of store.ledger.entries(next)) {
      next = index + 1
      if (kind === 'access') ruled = String(body['sha256'])
      if (who !== null && canaries.has(who) && (kind === 'read' || kind === 'export'))
        reads.push({ what: 'canary-read', told: { reader: body['reader'], why: body['why'], entry: index } })
      // One that was raised before a restart is not raised again.
      const { what, ...told } = body
      if (kind === 'alarm' && what === 'canary-read') known.add(nameOf({ what, told }))
    }
    if (ruled !== sha256) await store.ledger.append('access', { sha256: (ruled = sha256) })
    for (const read of reads) await raise(read)
    for (const open of await probe()) await raise({ what: 'access', told: { open } })
  }
  let waiting = 0
  const look = (): Promise<void> => {
    waiting += 1
    looking = looking
      .then(lookOnce)
      .catch(failed)
      .finally(() => (waiting -= 1))
    return looking
  }
  // A look that takes longer than the time between two is not followed by a queue of them.
  const timer = setInterval(() => {
    if (waiting === 0) void look()
  }, everyMs)
  timer.unref()
  return {
    look,
    async close() {
      clearInterval(timer)
      await looking
    },
  }
}

function nameOf({ what, told }: Alarm): string {
  return canonicalJson({ what, ...told })
}
