import { loadavg } from 'node:os'

import { candidates, loadModel, rank, train, type Model } from '@overt/learn'
import type { Row } from '@overt/schema'

import { buttonsPage, nameOf, tableSitting, type Sitting } from './model-page.ts'

/** Times of one decision. `spreadMs`: from the first quarter of the times to the last. */
export interface DecisionTimes {
  readonly page: string
  readonly nodes: number
  readonly candidates: number
  readonly n: number
  readonly p50Ms: number
  readonly p95Ms: number
  readonly spreadMs: readonly [number, number]
}

/** What `overt bench model` prints. */
export interface ModelBench {
  readonly rows: readonly DecisionTimes[]
  readonly trainDecisionsPerS: number
  readonly machine: { readonly node: string; readonly cpus: number; readonly load: number }
}

const warmUps = 20
const repetitions = 60
const demonstrations = 200

/** Times a decision on pages of several sizes and two kinds in turn, and training on made demonstrations; nothing of a person is in either. */
export async function runModelBench(): Promise<ModelBench> {
  const { bytes, report } = await train(madeRows(), { seed: 1, purposes: ['ground'], data: { hash: '0'.repeat(64), name: 'bench' } })
  const rows = timed(loadModel(bytes), sittings())
  return {
    rows,
    trainDecisionsPerS: Math.round((report.decisions * report.epochs) / (report.ms / 1_000)),
    machine: { node: process.version, cpus: navigator.hardwareConcurrency, load: Number((loadavg()[0] ?? 0).toFixed(1)) },
  }
}

/** Pages of buttons, and tables of rows; the last of each has as many candidates as the target is set for. */
function sittings(): ReadonlyMap<string, Sitting> {
  const buttons = [20, 100, 400, 1_000, 1_495].map((size): [string, Sitting] => [
    `${size} buttons`,
    { observation: buttonsPage(size, 0), goal: `Press the button "${nameOf(size - 1)}".`, history: [] },
  ])
  const tables = [4, 14, 60].map((rows): [string, Sitting] => [`a table of ${rows} rows`, tableSitting(rows, 0)])
  return new Map([...buttons, ...tables])
}

function timed(model: Model, pages: ReadonlyMap<string, Sitting>): DecisionTimes[] {
  const times = new Map([...pages.keys()].map((page): [string, number[]] => [page, []]))
  for (let turn = 0; turn < warmUps + repetitions; turn += 1) {
    for (const [page, { observation, goal, history }] of pages) {
      const began = performance.now()
      const [best] = rank(model, observation, goal, history)
      if (best === undefined) throw new RangeError('a page gave no candidate')
      if (turn >= warmUps) times.get(page)?.push(performance.now() - began)
    }
  }
  return [...pages].map(([page, sitting]) => summed(page, sitting, times.get(page) ?? []))
}

function summed(page: string, { observation, goal, history }: Sitting, times: readonly number[]): DecisionTimes {
  const sorted = times.toSorted((left, right) => left - right)
  const at = (share01: number): number => Number((sorted[Math.floor(sorted.length * share01)] ?? 0).toFixed(3))
  return {
    page,
    nodes: observation.nodes.length,
    candidates: candidates(observation, goal, history, []).length,
    n: times.length,
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    spreadMs: [at(0.25), at(0.75)],
  }
}

function* madeRows(): Generator<Row> {
  for (let turn = 0; turn < demonstrations; turn += 1) {
    const page = buttonsPage(20, turn)
    const target = page.nodes[(turn * 7) % page.nodes.length]
    if (target === undefined) continue
    const { id: node, role, name, box } = target
    const action = {
      kind: 'click',
      target: { node, role, name, box },
      argument: '',
      modifiers: [],
      point: null,
      to: null,
      before: '',
      after: '',
      cause: 'pointer',
      events: [0],
      rule: 'bench',
    }
    yield {
      episode_id: `bench-${turn}`,
      step_index: 0,
      episode_steps: 1,
      split: 'train',
      person: 'nobody',
      receipt: '',
      app: 'bench',
      template: 'bench/press',
      goal: `Press the button "${name}".`,
      observation: JSON.stringify(page),
      action: JSON.stringify(action),
      action_kind: 'click',
      target_node: node,
      argument: '',
      outcome: 'success',
      outcome_by: 'page',
      week: '2026-W01',
    }
  }
}
