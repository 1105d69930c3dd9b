import { decide, type Geometry, type Permit, record, type Recording } from '@overt/capture'
import { redactText } from '@overt/privacy'
import type { Batch } from '@overt/schema'
import { browser } from '../talk/browser.ts'

import type { Asker, Begin, Change, FramePlace, Kept, Message, Shot } from '../talk/message.ts'
import { watchFilms } from './films.ts'
import { listenIn } from './listen.ts'
import { createMeter, type Meter, type Reading } from './meter.ts'
import { type Pictures, takePictures } from './pictures.ts'
import { type Placing, startPlacing } from './placing.ts'
import { selfPauses } from './self-pause.ts'

const lookMs = 1_000
/** Where the worker does not answer, nothing may be recorded. */
const unheard: Begin = { kind: 'off', reason: 'worker' }

/** Records this document for as long as the worker says that it may. Frames that the one around them can see into are recorded by that one. The answer tells whether it still has an extension to send to. */
export function startRecorder(): () => boolean {
  const alive = (): boolean => browser.runtime?.id !== undefined
  if (seenFromOutside()) return alive
  let paused = false
  let held = ''
  let waits = false
  let askedHref = ''
  const ownReason = selfPauses(document)
  const meter = createMeter(() => performance.now())
  const why = (): string => ownReason() || (meter.isOver() ? 'cost' : '') || (paused ? 'person' : '')
  let live: Live | null = null
  const halt = (): void => {
    live?.end.abort()
    live?.pictures?.stop()
    live = null
    held = ''
    waits = false
  }
  const ask = async (): Promise<void> => {
    askedHref = location.href
    const answer = await say<Begin>({ kind: 'begin', byPage: history.length === 1 || document.referrer !== '' }).catch(() => unheard)
    if (answer.kind === 'off') return halt()
    ;({ paused } = answer)
    meter.allow(answer.budget01)
    // Nothing begins while it would pause: its first look at the page would be one too many.
    waits = live === null && why() !== ''
    if (waits && answer.tab !== null) void say({ kind: 'state', state: 'paused', reason: why() }).catch(() => null)
    if (live === null && !waits) {
      live = await open(answer, { halt, meter, rests: () => why() !== '' })
      if (answer.tab !== null) live?.recording.note({ kind: 'tab', ...answer.tab })
    }
    live?.pictures?.may(answer.pictures)
    hold()
  }
  // One after the other: two at once would each find nothing that records, and begin it.
  let asking = Promise.resolve()
  const begin = (): void => void (asking = asking.then(ask))
  // Only what was paused from here is resumed from here: a pause on the page's own indicator stands.
  const hold = (): void => {
    const reason = why()
    if (waits && reason === '') begin()
    if (live === null || reason === held) return
    if (reason !== '' && held === '') rest(live.recording, reason)
    if (reason === '') live.recording.resume(held)
    held = reason
  }
  const listen = createListening(() => live !== null && document.visibilityState === 'visible')
  whileAlive(alive, halt, () => {
    // A blank window that its opener writes into has the opener's address from then on, and nobody tells.
    if (live === null && location.href !== askedHref) begin()
    hold()
    listen()
  })
  const empty = (): Promise<void> => (live === null || held !== '' ? Promise.resolve() : letGo(live.recording))
  const goOn = (): void => {
    meter.goOn()
    hold()
  }
  hear({ begin, empty, goOn, read: () => meter.read(), live: () => live })
  // Out of the back-forward cache nobody told it anything.
  listenIn(window, ['pageshow'], (event) => 'persisted' in event && event.persisted === true && begin())
  begin()
  return alive
}

/** What is not recorded because recording itself cost too much is missing by the recorder's own doing, and told so. */
function rest(recording: Recording, reason: string): void {
  if (reason === 'cost') recording.note({ kind: 'gap', reason, count: 0 })
  recording.pause(reason)
}

/** A pause ends what is being typed: nothing of before is told after. */
async function letGo(recording: Recording): Promise<void> {
  recording.pause('forget')
  await recording.flush()
  recording.resume('forget')
}

/** Looks around once a second. An extension that was updated or taken away leaves its old scripts behind: they stop. */
function whileAlive(alive: () => boolean, halt: () => void, look: () => void): void {
  const timer = setInterval(() => {
    if (alive()) return look()
    clearInterval(timer)
    halt()
  }, lookMs)
}

/** Has the worker listen to the server while something is recorded: a page that nobody works on has nothing to send, and would not hear that all has ended. */
function createListening(wanted: () => boolean): () => void {
  let listening = false
  return () => {
    if (listening || !wanted()) return
    listening = true
    void say({ kind: 'watch' })
      .catch(() => null)
      .finally(() => (listening = false))
  }
}

/** A recording under way. */
interface Live {
  readonly recording: Recording
  readonly permit: Permit
  readonly placing: Placing
  /** Only where they were agreed to. */
  readonly pictures: Pictures | null
  readonly end: AbortController
  /** Not while it is paused. */
  readonly isOn: () => boolean
}

/** What the worker says, and what it leads to. */
function hear(acts: {
  readonly begin: () => void
  readonly empty: () => Promise<void>
  readonly goOn: () => void
  readonly read: () => Reading
  readonly live: () => Live | null
}): void {
  browser.runtime.onMessage.addListener((message: Change, sender, reply) => {
    if (sender.id !== browser.runtime.id) return false
    const live = acts.live()
    switch (message.kind) {
      case 'change':
        acts.begin()
        return false
      case 'tab':
        live?.recording.note({ kind: 'tab', ...message.fact })
        return false
      case 'moved':
        live?.placing.moved()
        return false
      case 'measure': {
        const place = live?.isOn() === true ? live.placing.measure(live.permit, message) : null
        void place?.then(reply)
        return place !== null
      }
      case 'gauge':
        void (live?.pictures?.measure() ?? Promise.resolve(null)).then(reply)
        return true
      case 'go-on':
        acts.goOn()
        return false
      case 'meter':
        reply(acts.read())
        return false
      case 'empty':
        void acts.empty().then(reply)
        return true
    }
  })
}

/** `rests`: whether it would pause now, even if it was not told yet. */
async function open(
  answer: Extract<Begin, { kind: 'record' }>,
  { halt, meter, rests }: { readonly halt: () => void; readonly meter: Meter; readonly rests: () => boolean },
): Promise<Live | null> {
  const { receipt, manifest, keys, deviceId } = answer.enrolment
  const end = new AbortController()
  const decision = await decide(receipt, manifest, receipt.purposes[0] ?? 'ground', Date.now(), { keys, signal: end.signal })
  if (!decision.ok || !decision.value.allows({ url: location.href }, 'actions')) return null
  const permit = decision.value
  let state = ''
  const help = {
    ask: (asker: Asker) => say<FramePlace | null>({ ...asker, kind: 'place' }),
    tellMoved: () => void say({ kind: 'moved' }).catch(() => null),
    flush: () => void recording.flush(),
    redact: (text: string) => redactText(text).text,
  }
  const placing = startPlacing(window, help, end.signal)
  const shoot = (before: Geometry): Promise<Shot> => say<Shot>({ kind: 'picture', before })
  const pictures = permit.modalities.includes('pixels')
    ? takePictures(permit, { shoot, rests, worked: meter.worked, inFrame: parent !== window })
    : null
  pictures?.may(answer.pictures)
  const recording = record(permit, {
    session: answer.session,
    deviceId,
    language: navigator.language,
    ...pictures?.hooks,
    onWork: meter.worked,
    onEvent: (event) => {
      if (event.node >= 0) meter.acted()
      pictures?.hooks.onEvent(event)
    },
    send: async (batch) => send(await placing.place(permit, await (pictures?.attach(batch) ?? batch)), halt),
    onState: (now) => {
      ;({ state } = now)
      pictures?.live(state === 'recording')
      // After an update there is no one to tell.
      void say({ kind: 'state', state: now.state, reason: now.reason }).catch(() => null)
    },
  })
  watchFilms(window, (became, film) => recording.note(became, film), end.signal)
  return { recording, permit, placing, pictures, end, isOn: () => state === 'recording' }
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

function seenFromOutside(): boolean {
  if (parent === window) return false
  try {
    return parent.document !== null
  } catch {
    return false // of another origin: nobody else sees into it
  }
}
