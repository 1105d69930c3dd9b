import { isPermit, type Permit } from '@overt/privacy'
import type { Modality } from '@overt/schema'

import { bare } from './bare.ts'
import { CaptureError } from './error.ts'
import { createEye } from './eye.ts'
import { type Attendant, attend } from './attend.ts'
import type { Observing } from './observe/all.ts'
import type { Ending } from './observe/holds.ts'
import { createBoundary } from './observe/boundary.ts'
import type { Draft, Scribe, Sighting } from './observe/scribe.ts'
import { unfinishedIn } from './observe/unfinished.ts'
import type { Noted, Recording, RecordingState, RecordOptions, TabFact, TaskEnd, TaskStart } from './options.ts'
import { createCounters } from './pack/counters.ts'
import { createOutbox } from './pack/outbox.ts'
import { randomId } from './pack/random.ts'
import type { Redactor } from './pack/redactor.ts'
import { createRoll } from './pack/roll.ts'
import { createTaint } from './pack/taint.ts'
import { createVeils } from './pack/veil.ts'
import { optsOut } from './place.ts'
import { whenRootChanges, whenRooted } from './roots.ts'
import { listenTo, nowEpochMs, nowMs, runBeforeDrawn, runIdle, runSoon } from './natives.ts'
import { noteTakeover } from './takeover.ts'
import { callbackTransport, type Transport } from './send/delivery.ts'
import { httpTransport } from './send/http.ts'
import { createDeviceKey } from './send/token.ts'
import { createSenser } from './sense/senser.ts'
import { givenName } from './sense/name.ts'
import { isElement } from './sense/dom.ts'
import type { Indicator } from './show/indicator.ts'

/** Records a document for as long as the permit lives. Nothing is buffered before the permit allows it, and nothing that has not left survives its end. */
export function startRecording(permit: Permit, options: RecordOptions, redactor: Redactor | Promise<Redactor>): Recording {
  if (!isPermit(permit)) throw new CaptureError('OVT-1201', 'record() takes a permit, and only decide() makes one')
  const session = new Session(permit, options, redactor)
  session.begin()
  const recording: Recording = Object.assign(() => session.stop('person'), {
    pause: (reason = 'person') => session.pause(reason),
    resume: (reason = 'person') => session.resume(reason),
    flush: () => session.flush(),
    startTask: (task: TaskStart) => session.startTask(task),
    endTask: (end: TaskEnd) => session.endTask(end),
    note: (fact: Noted, target: Node | null = null) => session.note(fact, target),
    noteTab: (fact: TabFact) => session.note({ kind: 'tab', ...fact }, null),
    counters: session.counters.all,
  })
  return recording
}

function transportOf(device: string, options: RecordOptions): Transport {
  const { send, endpoint, deviceKey } = options
  if (send !== undefined) return callbackTransport(send)
  if (endpoint === undefined || deviceKey === undefined)
    throw new CaptureError('OVT-1202', 'record() takes send, or endpoint with deviceKey')
  return httpTransport(endpoint, createDeviceKey(device, deviceKey), nowEpochMs)
}

/** A device may be named by the receipt that it signed: the server knows whose key that is. */
function deviceOf(permit: Permit, { send, deviceId, device = 'page' }: RecordOptions): string {
  return deviceId ?? (send === undefined ? permit.receipt : device)
}

/** A sensing that an act waits for may take this long; over it, the observation before is given, with the row of what is acted on. */
const senseBudgetMs = 4

/** One recording of one document, from its start to its stop. */
class Session implements Attendant {
  readonly counters = createCounters()
  readonly #permit: Permit
  readonly #options: RecordOptions
  readonly #page: Document
  readonly #view: Window
  readonly #boundary
  readonly #taint = createTaint()
  readonly #senser
  readonly #eye
  readonly #veils
  readonly #roll
  readonly #outbox
  readonly #before = new Set<(sinceMs: number) => void>()
  readonly #resumed = new Set<() => void>()
  readonly #undo: (() => void)[] = []
  #observing: Observing | null = null
  #indicator: Indicator | null = null
  /** The press that was the sign's, and nothing that the person did in the page. */
  #ours: object | null = null
  #state: RecordingState['state'] = 'stopped'
  #reason = 'start'
  #href: string
  #mode: 'ambient' | 'task'
  #episode = 0

  constructor(permit: Permit, options: RecordOptions, redactor: Redactor | Promise<Redactor>) {
    this.#permit = permit
    this.#options = options
    this.#boundary = createBoundary((reason) => {
      this.counters.count(reason)
      // What is switched off hears nothing any more. Who embeds the recorder is told nothing any more, and of the page all is heard as before.
      if (!/^off\.(?!onState)/.test(reason)) return
      this.#outbox.lose(reason, 1)
      this.#outbox.noticed()
    }, options.onWork)
    this.#page = options.document ?? document
    this.#view = bare(this.#page).defaultView ?? window
    this.#href = this.#view.location.href
    this.#mode = options.mode ?? 'ambient'
    this.#senser = createSenser(this.#page, {
      budgetMs: senseBudgetMs,
      guard: (name, react) => this.#boundary.guard(name, react),
      within: (event) => this.#boundary.pass(event),
      enters: (inner) => this.#allowed(inner),
    })
    this.#eye = createEye(this.#senser, {
      late: () => this.counters.count('sense.stale'),
      soon: (react) => this.#idle(react),
      note: (observation) => {
        for (const { id, states } of observation.nodes) if (states.includes('secret')) this.#taint.watch(this.#senser.element(id))
        this.#taint.look()
        this.#veils.note(observation, this.#observing?.pending() ?? [])
      },
    })
    this.#veils = createVeils((node) => this.#senser.nodeId(node), unfinishedIn)
    this.#roll = createRoll(() => ({ href: this.#href, mode: this.#mode, episode: this.#episode }), nowMs)
    this.#outbox = createOutbox(permit, {
      roll: this.#roll,
      transport: transportOf(deviceOf(permit, options), options),
      sender: { device: deviceOf(permit, options), session: options.session ?? randomId(), producer: randomId() },
      counters: this.counters,
      boundary: this.#boundary,
      flushMs: options.flushMs ?? 1_000,
      redactor,
      taint: this.#taint,
      veil: (observation) => this.#veils.veil(observation),
      onSent: (packed) => {
        options.onSent?.(packed)
        this.#tell()
      },
      onStop: (reason) => this.#halt(reason),
      onChange: () => this.#tell(),
    })
  }

  begin(): void {
    if (this.#permit.signal.aborted) return this.#end('withdrawn')
    const aborted = (): void => this.#halt('withdrawn')
    this.#undo.push(listenTo(this.#permit.signal, 'abort', aborted), this.#outbox.watch(this.#page))
    const start = (): void => {
      this.#boundary.guard('start', () => this.#rooted())()
      // There may be no sign in the page, or half of the observers.
      if ('failed.start' in this.counters.all) this.#end('failed')
    }
    this.#undo.push(whenRooted(this.#page, start))
  }

  #rooted(): void {
    if (this.#state === 'stopped') {
      this.#state = this.#allowed() ? 'recording' : 'paused'
      this.#reason = this.#state === 'recording' ? 'start' : 'place'
    }
    this.#undo.push(
      whenRootChanges(
        this.#page,
        this.#boundary.guard('reopened', () => this.#reopened()),
      ),
    )
    ;[this.#indicator, this.#observing] = attend(this, this.#scribe(), this.#boundary, this.#undo, this.#options.language)
    if (this.#state === 'recording') {
      this.#observing.adopt()
      this.#write({ kind: 'recorder', phase: 'start', reason: 'start' }, this.#isLoading ? null : this.#sight(null))
    }
    if (this.#reason === 'reopened') {
      // Where that is refused it waits for a place.
      this.#reason = 'place'
      this.resume('reopened')
    }
    this.#tell()
  }

  /** Writes down all that is held back: also a scroll that has not come to rest. */
  settle(ending: Ending): void {
    this.#boundary.guard('settle', () => {
      this.#observing?.settle(ending)
      for (const finish of this.#before) finish(Infinity)
    })()
  }

  ours(press: object): void {
    this.#ours = press
  }

  unload(ending: Ending): void {
    this.settle(ending)
    this.#outbox.unload()
  }

  leaving(): void {
    void this.flush()
  }

  lookAhead(): void {
    if (this.#state === 'recording') this.#eye.lookAhead()
  }

  /** When the page is drawn and has nothing to do; not at all while nothing is recorded. */
  #idle(react: () => void): void {
    const guarded = this.#boundary.guard('idle', () => {
      this.#observing?.look()
      if (this.#state === 'recording') react()
    })
    runBeforeDrawn(() => {
      if (runIdle === undefined) this.#boundary.later('idle', guarded, 0)
      else runIdle(guarded, { timeout: 500 })
    })
  }

  get #isLoading(): boolean {
    return bare(this.#page).readyState === 'loading'
  }

  /** A document that was still loading is there: it is looked at now, and asked whether it may be. */
  loaded(): void {
    if (!this.#allowed()) this.pause('place')
    if (this.#state !== 'recording') return
    this.#write({ kind: 'navigate', url: this.#href, title: bare(this.#page).title, cause: 'load' }, this.#sight(null))
  }

  #scribe(): Scribe {
    const live = (): boolean => this.#state === 'recording'
    return {
      page: this.#page,
      sight: (target, seen) => {
        if (seen === undefined) return this.#sight(target)
        this.#observing?.look()
        return { observation: seen, node: this.#eye.rowOf(seen, target) }
      },
      seen: () => this.#eye.seen(),
      rowOf: (observation, target) => this.#eye.rowOf(observation, target),
      enters: (inner) => this.#allowed(inner),
      firstScroll: (container) => this.#senser.firstScroll(container),
      isSecret: (field) => {
        const secret = this.#senser.isSecret(field, isElement(field) ? givenName(field) : '')
        if (secret) this.#taint.watch(field)
        return secret
      },
      learn: (field) => this.#taint.learn(field),
      write: (...given) => this.#write(...given),
      written: (field, text) => this.#veils.lift(field, text),
      beforeWrite: (finish) => {
        this.#before.add(finish)
        return () => this.#before.delete(finish)
      },
      onResume: (react) => {
        this.#resumed.add(react)
        return () => this.#resumed.delete(react)
      },
      listen: (at, type, react, scripted) =>
        this.#boundary.listen(
          at,
          type,
          (event) => live() && event !== this.#ours && react(event),
          (event) => live() && scripted?.(event),
        ),
      soon: (react) => runSoon(this.#boundary.guard('soon', () => live() && react())),
      later: (react, delayMs) => this.#boundary.later('later', () => live() && react(), delayMs),
      count: (reason) => this.counters.count(reason),
      nowMs,
    }
  }

  #write(draft: Draft, sighting: Sighting | null, sinceMs = Infinity, deleted?: readonly string[]): void {
    if (this.#state !== 'recording') return
    // A site may say its word late, in what is still loading; a document that is written and never closed goes on loading.
    if (this.#isLoading && !this.#allowed()) return runSoon(this.#boundary.guard('soon', () => this.pause('place')))
    for (const finish of this.#before) finish(sinceMs)
    const event = this.#roll.put(draft, sighting, deleted)
    this.#options.onEvent?.(event)
    this.#outbox.noticed()
  }

  /** Where no browser tells of it, the address may be another one by now. */
  #sight(target: Node | null): Sighting {
    this.#observing?.look()
    const sighting = this.#eye.sight(target)
    this.#options.onSight?.(sighting.observation)
    return sighting
  }

  /** The permit's word for this place, and the site's own. A frame is of this place where all is allowed in it that is allowed here; one without an address is. */
  #allowed(page = this.#page): boolean {
    if (optsOut(page)) return false
    const allows = (modality: Modality, { URL: url } = bare(this.#page)): boolean => this.#permit.allows({ url }, modality)
    if (page === this.#page) return allows('actions')
    const inner = bare(page)
    return inner.URL.startsWith('about:') || this.#permit.modalities.every((one) => !allows(one) || allows(one, inner))
  }

  moved(cause: Extract<Draft, { kind: 'navigate' }>['cause']): void {
    if (this.#state === 'stopped') return
    this.settle('meanwhile')
    if (!this.#allowed()) {
      if (this.#state === 'recording') this.pause('place')
      return
    }
    this.#roll.cut()
    this.#href = this.#view.location.href
    if (this.#state === 'paused' && this.#reason === 'place') this.resume('place')
    this.#taint.look()
    const title = this.#veils.hide(bare(this.#page).title, this.#observing?.pending() ?? [])
    this.#write({ kind: 'navigate', url: this.#href, title, cause }, null)
  }

  pause(reason: string): void {
    if (this.#state !== 'recording') {
      // What would go on with the next root does not.
      if (this.#reason === 'reopened') this.#reason = reason
      return
    }
    this.settle('cut')
    this.#write({ kind: 'recorder', phase: 'pause', reason }, null)
    this.#roll.cut()
    this.#become('paused', reason)
    void this.flush()
  }

  resume(reason: string): void {
    if (this.#state !== 'paused' || !this.#allowed()) return
    // Nothing is recorded without a sign, and there is none before there is a root.
    if (this.#indicator === null) return void (this.#reason = 'reopened')
    this.#href = this.#view.location.href
    this.#become('recording', reason)
    this.#senser.forget()
    for (const react of this.#resumed) react()
    this.#observing?.adopt()
    this.#write({ kind: 'recorder', phase: 'resume', reason }, this.#sight(null))
  }

  startTask(task: TaskStart): void {
    this.settle('cut')
    this.#newEpisode('task')
    const { goal, template = '', seed = '', takeover } = task
    const sighting = this.#sight(null)
    this.#write({ kind: 'task', phase: 'start', goal, template, seed, outcome: 'unknown', by: 'none' }, sighting)
    if (takeover !== undefined) noteTakeover(takeover, sighting, (draft, aimed) => this.#write(draft, aimed))
  }

  endTask({ outcome, by }: TaskEnd): void {
    this.settle('done')
    this.#write({ kind: 'task', phase: 'end', goal: '', template: '', seed: '', outcome, by }, this.#sight(null))
    this.#newEpisode(this.#options.mode ?? 'ambient')
  }

  note(fact: Noted, target: Node | null): void {
    this.#write(fact, target && this.#sight(target))
  }

  #newEpisode(mode: 'ambient' | 'task'): void {
    this.#roll.cut()
    this.#episode += 1
    this.#mode = mode
  }

  flush(): Promise<void> {
    return this.#outbox.flush()
  }

  async stop(reason: string): Promise<void> {
    if (this.#state !== 'stopped') {
      if (this.#state === 'recording') {
        this.settle('cut')
        // A page that can't be looked at any more is stopped all the same.
        this.#boundary.guard('stop', () => this.#write({ kind: 'recorder', phase: 'stop', reason }, this.#sight(null)))()
      }
      this.#end(reason)
    }
    await this.flush()
  }

  /** At once: what has not left is forgotten. */
  #halt(reason: string): void {
    const lost = this.#outbox.discard()
    if (lost > 0) this.counters.count(`dropped.${reason}`, lost)
    this.#end(reason)
  }

  #end(reason: string): void {
    this.#leave()
    this.#become('stopped', reason)
    this.#senser.dispose()
  }

  /** `document.open()` takes all listeners from a document, its window and all that was in it, the sign too. What was under way may be lost. */
  #reopened(): void {
    if (this.#state === 'recording') {
      this.pause('reopened')
      this.#outbox.lose('reopened', 1)
    }
    this.#leave()
    this.begin()
  }

  #leave(): void {
    for (const undo of this.#undo.splice(0)) undo()
    this.#observing = this.#indicator = null
  }

  #become(state: RecordingState['state'], reason: string): void {
    this.#state = state
    this.#reason = reason
    this.#tell()
  }

  #tell(): void {
    const queued = this.#outbox.queued
    this.#indicator?.show({ state: this.#state === 'stopped' ? 'off' : this.#state, queued, lost: this.#outbox.lost })
    this.#boundary.guard('onState', () => this.#options.onState?.({ state: this.#state, reason: this.#reason, queued }))()
  }
}
