import type { Step } from '@overt/schema'
import type { Mark } from '@overt/viewer'

import type { Story } from './story.ts'

/** A decision as a step that the viewer can draw, and its candidates as marks. */
export function drawnStep(decision: NonNullable<Story['decision']>): { readonly steps: readonly Step[]; readonly marks: readonly Mark[] } {
  const [width, height] = decision.viewport
  const observation = {
    id: 0,
    url: decision.task,
    title: '',
    viewport: { width, height, scrollX: 0, scrollY: 0, pixelRatio: 1 },
    status: 'fresh' as const,
    nodes: decision.nodes,
  }
  const action = {
    kind: 'wait' as const,
    target: null,
    argument: '',
    modifiers: [],
    point: null,
    to: null,
    before: '',
    after: '',
    cause: 'program' as const,
    events: [],
    rule: '',
  }
  const best = decision.candidates[0]?.p01 ?? 1
  const marks = decision.candidates.slice(0, 5).map((candidate, at) => ({
    node: candidate.node,
    kind: at === 0 ? ('target' as const) : ('candidate' as const),
    label: at === 0 ? `${candidate.kind} ${Math.round(candidate.p01 * 100)}%` : '',
    strength01: candidate.p01 / Math.max(best, 1e-9),
  }))
  return { steps: [{ index: 0, observation, action, change: 'unknown' }], marks }
}
