import { bare } from '../bare.ts'
import type { PictureGap } from '@overt/schema/words'

import { unfinishedIn } from '../observe/unfinished.ts'
import { fours } from '../pack/veil.ts'
import { isElement, renderedParent } from '../sense/dom.ts'
import { type Area, areaOf, overlap } from '../sense/geometry.ts'
import { clipped, isCopied, reachOf } from './clip.ts'
import type { Found, Run, WalkHelp } from './found.ts'
import type { Judge } from './judge.ts'
import { isDrawn, styleOf } from './unreadable.ts'
import type { Due, Sliced } from './slices.ts'
import { walkPage } from './walk.ts'

/** What no picture may show, in CSS pixels of the viewport. */
export interface Masked {
  readonly areas: readonly Area[]
  /** The recorder's own signs. */
  readonly own: readonly Area[]
  /** Drawings and films that are in it: what they show changes without a word. */
  readonly shown: number
}

/** What no picture of a page may show, or why it can't be told. Redaction's word on a text holds for its pixels too. */
export function* maskedAreas(page: Document, judge: Judge, help: WalkHelp, due: Due): Sliced<Masked | PictureGap> {
  const found = yield* walkPage(page, help, due)
  const masked = (yield* maskedRuns(found, judge, due)).filter(({ element }) => isDrawn(element))
  if (found.astray || masked.some(({ boxes, element }) => boxes === null || isCopied(element))) return 'unknown'
  const { innerWidth: right, innerHeight: bottom } = bare(page).defaultView ?? window
  const inside = (areas: readonly Area[]): readonly Area[] =>
    areas
      .map((area) => overlap(area, { left: 0, top: 0, right, bottom }))
      .filter((area) => area.right > area.left && area.bottom > area.top)
  return { areas: inside([...found.areas, ...masked.flatMap(areasOf)]), own: inside(found.own), shown: found.shown }
}

/** Whole texts, not the part that is secret: where in a line a part is drawn depends on more than its place. */
function* maskedRuns({ groups, written }: Found, judge: Judge, due: Due): Sliced<readonly Run[]> {
  const unfinished = new Set(written.flatMap((text) => unfinishedIn(text).flatMap(fours)))
  // What fields hold is known first: it is masked wherever the page repeats it.
  for (const text of written) judge(text, '')
  const masked = new Set<Run>()
  for (const group of groups) {
    for (const run of group) {
      if (judge(run.text, run.field).length > 0 || repeats(run.text, unfinished)) masked.add(run)
      if (due()) yield
    }
    if (group.length > 1) for (const within of ['', ' ']) for (const run of splitSecrets(group, within, judge)) masked.add(run)
    if (due()) yield
  }
  return [...masked]
}

function repeats(text: string, unfinished: ReadonlySet<string>): boolean {
  return unfinished.size > 0 && fours(text).some((four) => unfinished.has(four))
}

/** Texts that hold a part of what is secret when they are read one after the other. `within`: what stands between those of one line; between lines and cells there is always a space. */
function splitSecrets(group: readonly Run[], within: string, judge: Judge): readonly Run[] {
  let whole = ''
  let line: Element | null = null
  const parts = group.map((run) => {
    const own = lineOf(run.element)
    if (line !== null) whole += own === line ? within : ' '
    line = own
    const start = whole.length
    whole += run.text
    return { run, start, end: whole.length }
  })
  const spans = judge(whole, '')
  return parts.filter(({ start, end }) => spans.some((span) => span.start < end && span.end > start)).map(({ run }) => run)
}

/** The nearest box around a text that is not part of a line itself. */
function lineOf(element: HTMLElement): Element {
  let line = element
  while (/^(?:inline|contents)$/.test(styleOf(line).display)) {
    const around = renderedParent(line)
    if (!isElement(around)) return line
    line = around
  }
  return line
}

function areasOf({ boxes, element, place }: Run): readonly Area[] {
  const reach = reachOf(element) * Math.max(Math.hypot(place.a, place.b), Math.hypot(place.c, place.d))
  return [...(boxes?.() ?? [])].map((box) => {
    const { left, top, right, bottom } = clipped(areaOf(box, place), element, place)
    return { left: left - reach, top: top - reach, right: right + reach, bottom: bottom + reach }
  })
}
