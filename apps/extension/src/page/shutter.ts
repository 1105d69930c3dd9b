import { createGauge, type Gauge, type Geometry, type Permit, type Redactor } from '@overt/capture'
import type { PlaceholderMap } from '@overt/privacy'
import type { PictureGap } from '@overt/schema/words'

import type { Shot } from '../talk/message.ts'
import type { Album } from './album.ts'
import { framesDrawn } from './still.ts'

/** The browser allows two a second. */
const apartMs = 520
/** What was drawn last is on the screen by then. */
const framesBefore = 3
const framesAfter = 2
const mostTries = 6
const measureMs = 400
/** A page that changed is looked at again once it rests, while someone works on it. */
const restMs = 250
const workMs = 5_000
/** What a page draws itself changes without a word: a picture that shows it is of that moment. */
const drawnMs = 1_500

/** What a shutter works with. `shoot` has the worker take a picture and mask it by what was measured before and after. */
export interface ShutterParts {
  readonly album: Album
  readonly redactor: Redactor
  readonly map: () => PlaceholderMap
  readonly nowMs: () => number
  readonly shoot: (before: Geometry) => Promise<Shot>
  /** Whether the recording rests or would in a moment: a call is seen by whoever looks, and heard of later. */
  readonly rests: () => boolean
  /** Told how long the page waited for a measuring. */
  readonly worked: (ms: number) => void
}

/** Takes a picture of each state of the page that someone may act on, as far as the browser allows: one at a time, none while nothing is recorded. */
export class Shutter {
  readonly #parts: ShutterParts
  readonly #gauge: Gauge
  #on = false
  #never: PictureGap | null = 'no-permission'
  #flight: { toMs: number; untilMs: number } | null = null
  #lastMs = -Infinity
  #workedMs = -Infinity
  #running: Promise<void> | null = null
  #again = false
  #rest: ReturnType<typeof setTimeout> | undefined

  constructor(permit: Permit, parts: ShutterParts) {
    this.#parts = parts
    const { redactor, map, worked } = parts
    this.#gauge = createGauge(permit, document, { redactor, map, stirred: () => this.#stirred(), budgetMs: measureMs, worked })
  }

  get #mayShoot(): boolean {
    return this.#on && !this.#parts.rests()
  }

  /** What is being taken. */
  get running(): Promise<void> | null {
    return this.#running
  }

  live(on: boolean): void {
    if (this.#on === on) return
    this.#on = on
    // What was seen before a pause is nothing that is done after it.
    if (on) this.#parts.album.clear()
    this.want()
  }

  /** Why no picture can be taken of this document at all; null where one can. */
  bar(never: PictureGap | null): void {
    this.#never = never
    this.want()
  }

  /** Someone acts. */
  worked(): void {
    this.#workedMs = this.#parts.nowMs()
    this.want()
  }

  /** A picture is wanted of what is to be seen now. */
  want(): void {
    if (!this.#mayShoot) return
    if (this.#never !== null) return this.#parts.album.missed(this.#never)
    if (this.#running !== null) {
      this.#again = true
      return
    }
    this.#running = this.#run().finally(() => {
      this.#running = null
      if (this.#again) this.want()
      this.#again = false
    })
  }

  /** Measures again, when the pixels are there: the worker asks. */
  async measure(): Promise<Geometry | PictureGap> {
    if (this.#flight === null || !this.#mayShoot) return 'late'
    this.#flight.toMs = this.#parts.nowMs()
    return (await framesDrawn(framesAfter)) ? this.#gauge.measure() : 'hidden'
  }

  stop(): void {
    this.#on = false
    clearTimeout(this.#rest)
    this.#gauge.stop()
  }

  #stirred(): void {
    const { album, nowMs } = this.#parts
    album.changed()
    if (this.#flight !== null) this.#flight.untilMs = Math.min(this.#flight.untilMs, nowMs())
    clearTimeout(this.#rest)
    if (nowMs() - this.#workedMs < workMs) this.#rest = setTimeout(() => this.want(), restMs)
  }

  async #run(): Promise<void> {
    const { album, nowMs } = this.#parts
    if (this.#isShown()) return
    const earlyMs = this.#lastMs + apartMs - nowMs()
    if (earlyMs > 0) {
      album.missed('rate')
      await new Promise((later) => setTimeout(later, earlyMs))
    }
    const reason = await this.#take().catch((): PictureGap => 'failed')
    if (reason !== null) album.missed(reason)
  }

  /** Whether the newest picture still shows what is there. */
  #isShown(): boolean {
    this.#gauge.settle()
    const { newest } = this.#parts.album
    return newest?.untilMs === Infinity && newest.href === location.href
  }

  async #take(): Promise<PictureGap | null> {
    const { album, nowMs, shoot } = this.#parts
    const stood = document.visibilityState === 'visible' ? await standsStill(this.#gauge) : 'hidden'
    if (stood !== null) return stood
    if (this.#isShown()) return null
    const fromMs = nowMs()
    const { href } = location
    const before = await this.#gauge.measure()
    if (typeof before === 'string') return before
    if (!this.#mayShoot) return 'late'
    const flight = { toMs: Infinity, untilMs: Infinity }
    this.#flight = flight
    const shot = await shoot(before).finally(() => (this.#flight = null))
    this.#lastMs = nowMs()
    if (shot.kind === 'none') return shot.reason
    if (!this.#mayShoot) return 'late'
    const toMs = Math.min(flight.toMs, this.#lastMs)
    album.put({ href, fromMs, toMs, untilMs: Math.min(flight.untilMs, before.shown > 0 ? toMs + drawnMs : Infinity) }, shot.picture)
    return null
  }
}

/** Whether nothing changed while the last frames were drawn: what is on the screen is what is measured next. */
async function standsStill(gauge: Gauge): Promise<PictureGap | null> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const before = gauge.settle()
    if (!(await framesDrawn(framesBefore))) return 'hidden'
    if (gauge.settle() === before) return null
  }
  return 'moved'
}
