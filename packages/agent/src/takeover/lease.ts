import { AgentError } from '../error.ts'

/** Who may touch the page: one at a time, so that agent and person never race. */
export type Holder = 'agent' | 'person'

/** How a person took over: they touched the page, said so when they were asked, or pressed a button for it. */
export type Reason = 'touch' | 'answer' | 'button'

/** The lease on one page. The agent asks before every act; a person can take it at any moment and gives it back explicitly. */
export interface Lease {
  readonly holder: Holder
  /** How often a person took over. */
  readonly takeovers: number
  /** The person takes over; the agent's next act waits. */
  takeOver(reason?: Reason): void
  /** The person is finished. */
  handBack(): void
  /** Resolves when the agent may act; rejects when the signal aborts first. */
  granted(signal?: AbortSignal): Promise<void>
}

/** A lease that the agent holds at first. `onChange` hears of every change of hands; `reason` is null when the agent has it back. */
export function createLease(onChange: (holder: Holder, reason: Reason | null) => void = () => {}): Lease {
  let holder: Holder = 'agent'
  let takeovers = 0
  let waiting: (() => void)[] = []
  const give = (to: Holder, reason: Reason | null): void => {
    if (holder === to) return
    holder = to
    if (to === 'person') takeovers += 1
    onChange(to, reason)
    if (to === 'person') return
    for (const resume of waiting) resume()
    waiting = []
  }
  return {
    get holder() {
      return holder
    },
    get takeovers() {
      return takeovers
    },
    takeOver: (reason = 'button') => give('person', reason),
    handBack: () => give('agent', null),
    granted: (signal) =>
      new Promise((resolve, reject) => {
        signal?.throwIfAborted()
        if (holder === 'agent') return resolve()
        waiting.push(resolve)
        signal?.addEventListener('abort', () => reject(new AgentError('OVT-1514', 'The run was interrupted.', { cause: signal.reason })), {
          once: true,
        })
      }),
  }
}
