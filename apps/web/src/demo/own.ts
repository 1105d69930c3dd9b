import type { FromTool } from './messages.ts'

/** What the person's own page in the frame has told. */
export interface Own {
  readonly consent: 'given' | 'refused' | null
  readonly task: 'success' | 'failure' | null
  readonly failure: string | null
}

/** Nothing told yet. */
export const untold: Own = { consent: null, task: null, failure: null }

/** What is known after one more message. */
export function learnOf(own: Own, message: FromTool): Own {
  switch (message.overt) {
    case 'consent':
      return { ...own, consent: message.decided, failure: null }
    case 'task':
      return { ...own, task: null }
    case 'task-done':
      return { ...own, task: message.success ? 'success' : 'failure' }
    case 'state':
      return { ...own, failure: message.state === 'failed' ? message.reason : null }
    case 'hello':
    case 'sent':
      return own
  }
}
