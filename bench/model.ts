import { candidates, loadModel, rank, train, type Model } from '@overt/learn'
import type { Observation, ObservationNode, Row } from '@overt/schema'

/** What `overt bench model` prints. */
export interface ModelBench {
  readonly rows: readonly { readonly candidates: number; readonly p50Ms: number; readonly p95Ms: number }[]
  readonly trainDecisionsPerS: number
  readonly machine: { readonly node: string; readonly cpus: number }
}

const words = ['Amber', 'Birch', 'Cedar', 'Dune', 'Ember', 'Fjord', 'Grove', 'Heath', 'Islet', 'Jetty', 'Knoll', 'Larch']
const sizes = [20, 100, 400, 1_000]
const warmUps = 5
const repetitions = 40
const demonstrations = 200

/** Times a decision on pages of several sizes, and training on made demonstrations; nothing of a person is in either. */
export async function runModelBench(): Promise<ModelBench> {
  const { bytes, report } = await train(madeRows(), { seed: 1, purposes: ['ground'], data: { hash: '0'.repeat(64), name: 'bench' } })
  const model = loadModel(bytes)
  return {
    rows: sizes.map((size) => timed(model, size)),
    trainDecisionsPerS: Math.round((report.decisions * report.epochs) / (report.ms / 1_000)),
    machine: { node: process.version, cpus: navigator.hardwareConcurrency },
  }
}

function timed(model: Model, size: number): ModelBench['rows'][number] {
  const page = pageOf(size, 0)
  const goal = `Press the button "${nameOf(size - 1)}".`
  const times: number[] = []
  for (let turn = 0; turn < warmUps + repetitions; turn += 1) {
    const began = performance.now()
    const [best] = rank(model, page, goal, [])
    if (best === undefined) throw new RangeError('a page of buttons gave no candidate')
    if (turn >= warmUps) times.push(performance.now() - began)
  }
  times.sort((left, right) => left - right)
  const at = (share01: number): number => Number((times[Math.floor(times.length * share01)] ?? 0).toFixed(3))
  return { candidates: candidates(page, goal, [], []).length, p50Ms: at(0.5), p95Ms: at(0.95) }
}

function* madeRows(): Generator<Row> {
  for (let turn = 0; turn < demonstrations; turn += 1) {
    const page = pageOf(20, turn)
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

function pageOf(size: number, shift: number): Observation {
  const nodes = Array.from({ length: size }, (_, index) => button(index, nameOf(index + shift)))
  return {
    id: 0,
    url: 'http://127.0.0.1/',
    title: '',
    viewport: { width: 1024, height: 720, scrollX: 0, scrollY: 0, pixelRatio: 1 },
    status: 'fresh',
    nodes,
  }
}

function nameOf(index: number): string {
  return `${words[index % words.length] ?? ''} ${Math.floor(index / words.length)}`
}

function button(index: number, name: string): ObservationNode {
  const box: ObservationNode['box'] = [(index % 8) * 120, Math.floor(index / 8) * 30, 110, 24]
  return {
    id: index,
    parent: -1,
    tag: 'button',
    inputType: '',
    role: 'button',
    name,
    value: '',
    states: [],
    box,
    options: [],
    look: '',
    keys: '',
  }
}
