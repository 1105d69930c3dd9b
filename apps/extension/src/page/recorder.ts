import { decide, record, type Recording, type TabFact } from '@overt/capture'
import type { Batch } from '@overt/schema'
import { browser } from '../talk/browser.ts'

import type { Begin, Change, Kept, Message } from '../talk/message.ts'
import { othersMedia } from './media.ts'

const lookMs = 1_000

/** Records this document for as long as the worker says that it may. Frames that the one around them can see into are recorded by that one. The answer tells whether it still has an extension to send to. */
export function startRecorder(): () => boolean {
  const alive = (): boolean => browser.runtime?.id !== undefined
  if (seenFromOutside()) return alive
  let paused = false
  let held = ''
  let live: { readonly recording: Recording; readonly end: AbortController } | null = null
  const halt = (): void => {
    live?.end.abort()
    live = null
    held = ''
  }
  const ask = async (): Promise<void> => {
    const answer = await say<Begin>({ kind: 'begin', byPage: history.length === 1 || document.referrer !== '' }).catch((): Begin => ({
      kind: 'off',
      reason: 'worker',
    }))
    if (answer.kind === 'off') return halt()
    if (live === null) {
      const end = new AbortController()
      const recording = await open(answer, end, halt)
      if (recording !== null) {
        live = { recording, end }
        if (answer.tab !== null) recording.noteTab(answer.tab)
      }
    }
    paused = answer.paused
    hold()
  }
  // One after the other: two at once would each find nothing that records, and begin it.
  let asking = Promise.resolve()
  const begin = (): void => void (asking = asking.then(ask))
  // Only what was paused from here is resumed from here: a pause on the page's own indicator stands.
  const hold = (): void => {
    const reason = othersMedia(document) ? 'call' : saving() ? 'save-data' : paused ? 'person' : ''
    if (reason === held) return
    if (reason !== '' && held === '') live?.recording.pause(reason)
    if (reason === '') live?.recording.resume(held)
    held = reason
  }
  const timer = setInterval(() => {
    // An extension that was updated or taken away leaves its old scripts behind: they stop.
    if (!alive()) {
      clearInterval(timer)
      return halt()
    }
    hold()
  }, lookMs)
  // A pause ends what is being typed: nothing of before is told after.
  const empty = async (): Promise<void> => {
    if (live === null || held !== '') return
    live.recording.pause('forget')
    await live?.recording.flush()
    live?.recording.resume('forget')
  }
  hear({ begin, empty, note: (fact) => live?.recording.noteTab(fact) })
  // Out of the back-forward cache nobody told it anything.
  addEventListener('pageshow', (event) => event.persisted && begin())
  begin()
  return alive
}

/** What the worker says, and what it leads to. */
function hear(acts: { readonly begin: () => void; readonly empty: () => Promise<void>; readonly note: (fact: TabFact) => void }): void {
  browser.runtime.onMessage.addListener((message: Change, sender, reply) => {
    if (sender.id !== browser.runtime.id) return false
    switch (message.kind) {
      case 'change':
        acts.begin()
        return false
      case 'tab':
        acts.note(message.fact)
        return false
      case 'empty':
        void acts.empty().then(reply)
        return true
    }
  })
}

async function open(answer: Extract<Begin, { kind: 'record' }>, end: AbortController, halt: () => void): Promise<Recording | null> {
  const { receipt, manifest, keys, deviceId } = answer.enrolment
  const decision = await decide(receipt, manifest, receipt.purposes[0] ?? 'ground', Date.now(), { keys, signal: end.signal })
  if (!decision.ok || !decision.value.allows({ url: location.href }, 'actions')) return null
  return record(decision.value, {
    session: answer.session,
    deviceId,
    language: navigator.language,
    send: (batch) => send(batch, halt),
    // After an update there is no one to tell.
    onState: ({ state, reason }) => void say({ kind: 'state', state, reason }).catch(() => null),
  })
}

/** Resolves once the batch is on disk; until then it stays in the recorder's queue and is sent again. */
async function send(batch: Batch, halt: () => void): Promise<void> {
  const kept = await say<Kept & { readonly retry?: string }>({ kind: 'batch', batch })
  if (kept.retry !== undefined) throw new Error(kept.retry)
  if (kept.kind === 'refused') halt()
}

async function say<T>(message: Message): Promise<T> {
  const answer: T | undefined = await browser.runtime.sendMessage(message)
  if (answer === undefined) throw new Error('the worker did not answer')
  return answer
}

/** Whether the person asked their browser to spare the line. */
function saving(): boolean {
  const { connection } = navigator as { connection?: { saveData?: boolean } } // as: not in every browser, and newer than the types
  return connection?.saveData === true
}

function seenFromOutside(): boolean {
  if (parent === window) return false
  try {
    return parent.document !== null
  } catch {
    return false // of another origin: nobody else sees into it
  }
}
