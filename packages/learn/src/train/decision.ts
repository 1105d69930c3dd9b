import type { Action } from '@overt/schema'

import { contextOf } from '../features/context.ts'
import { describe } from '../features/describe.ts'
import { createEmitter, maxFeatures } from '../features/emit.ts'
import { readGoal, type Goal } from '../features/goal.ts'
import type { HistoryEntry } from '../model/candidate.ts'
import { optionsOf, sceneOf, type Option, type Repertoire, type Scene } from '../model/candidates.ts'
import type { Demonstration, DemonstrationStep } from './demonstration.ts'
import { equals, type Wanted } from './equivalent.ts'
import { createRandom, type Random } from './random.ts'

/** One decision as numbers: the features of each candidate, and which of them the person's action is. */
export interface Decision {
  readonly template: string
  /** Place of its demonstration in the list. */
  readonly demonstration: number
  readonly ids: Uint32Array
  /** Candidate c has `ids[offsets[c]..offsets[c + 1])`. */
  readonly offsets: Uint32Array
  /** 1 for candidates that do what the person did, 2 for what the person did later and could as well have done now: neither right nor wrong. */
  readonly right: Uint8Array
}

/** Decisions, and why steps gave none. */
export interface Decisions {
  readonly list: readonly Decision[]
  readonly left: Readonly<Record<string, number>>
}

/** What decisions are made with. */
export interface DecisionOptions {
  readonly repertoire: Repertoire
  /** Candidates kept for each decision, the right ones always; Infinity for all. */
  readonly maxCandidates: number
  readonly seed: number
}

/** Reads decisions out of demonstrations. Pure and repeatable. */
export function decisionsOf(demonstrations: Iterable<Demonstration>, options: DecisionOptions): Decisions {
  const list: Decision[] = []
  const left: Record<string, number> = {}
  const random = createRandom(options.seed)
  let place = 0
  for (const demonstration of demonstrations) {
    place += 1
    const goal = readGoal(demonstration.goal)
    const history: HistoryEntry[] = []
    demonstration.steps.forEach((step, at) => {
      const made = step.skip === '' ? decide(demonstration, goal, at, history, options, random) : step.skip
      if (typeof made === 'string') left[made] = (left[made] ?? 0) + 1
      else list.push({ ...made, demonstration: place })
      if (step.skip === '') history.push({ action: step.candidate, observation: step.observation })
    })
  }
  return { list, left }
}

function decide(
  demonstration: Demonstration,
  goal: Goal,
  at: number,
  history: readonly HistoryEntry[],
  options: DecisionOptions,
  random: Random,
): Omit<Decision, 'demonstration'> | string {
  const step = demonstration.steps[at]
  if (step === undefined) return 'no-step'
  const scene = sceneOf(step.observation, goal, history)
  const all = optionsOf(scene, options.repertoire)
  const wanted = wantedFrom(demonstration.steps, at)
  const marks = equals(scene, all, wanted)
  if (!marks.includes(1)) return `no-candidate ${step.candidate.kind}`
  const kept = sample(marks, options.maxCandidates, random)
  const { ids, offsets } = describeAll(
    scene,
    kept.flatMap((index) => all[index] ?? []),
  )
  return { template: demonstration.template, ids, offsets, right: Uint8Array.from(kept, (index) => marks[index] ?? 0) }
}

function describeAll(scene: Scene, options: readonly Option[]): Pick<Decision, 'ids' | 'offsets'> {
  const context = contextOf(scene)
  const out = createEmitter()
  const offsets = new Uint32Array(options.length + 1)
  let ids = new Uint32Array(options.length * usualFeatures + maxFeatures)
  let size = 0
  options.forEach((option, place) => {
    describe(context, option, out)
    if (size + out.size > ids.length) ids = grown(ids)
    ids.set(out.ids.subarray(0, out.size), size)
    size += out.size
    offsets[place + 1] = size
  })
  return { ids: ids.slice(0, size), offsets }
}

/** What most candidates stay below. */
const usualFeatures = 100

function grown(ids: Uint32Array): Uint32Array<ArrayBuffer> {
  const more = new Uint32Array(ids.length * 2 + maxFeatures)
  more.set(ids)
  return more
}

/** What would be right now: this step, and later steps of the same sort that could as well come first. */
function wantedFrom(steps: readonly DemonstrationStep[], at: number): Wanted[] {
  const wanted: Wanted[] = []
  const first = steps[at]
  if (first === undefined) return wanted
  for (const step of steps.slice(at)) {
    if (step.skip !== '') continue
    if (step !== first && !swaps(first, step)) break
    wanted.push({ candidate: step.candidate, point: step.point, later: step !== first })
  }
  return wanted
}

/** Whether two steps of one demonstration could change places: ticks among ticks, fields among fields. */
function swaps(first: DemonstrationStep, later: DemonstrationStep): boolean {
  const kinds: readonly Action['kind'][] = ['check', 'type', 'select_option']
  if (first.candidate.kind === 'click')
    return later.candidate.kind === 'click' && first.look !== '' && first.look === later.look && first.text === later.text
  return kinds.includes(first.candidate.kind) && kinds.includes(later.candidate.kind) && first.candidate.node !== later.candidate.node
}

function sample(marks: Uint8Array, most: number, random: Random): number[] {
  const every = [...marks.keys()]
  if (every.length <= most) return every
  const rate = most / every.length
  return every.filter((at) => marks[at] !== 0 || random() < rate)
}
