import type { Step } from '@overt/schema'
import type { Mark } from '@overt/viewer'

import { percentOf } from './proposal.ts'
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
  const marks = rankedElements(decision.candidates).map(({ candidate, rank }) => ({
    node: candidate.node,
    kind: rank === 1 ? ('target' as const) : ('candidate' as const),
    label: rank === 1 ? `1: ${percentOf(candidate.p01)}` : String(rank),
    strength01: candidate.p01 / Math.max(best, 1e-9),
  }))
  return { steps: [{ index: 0, observation, action, change: 'unknown' }], marks }
}

/** Candidates of the same element would be drawn over each other: the likeliest stands for all. */
function rankedElements<T extends { readonly node: number }>(candidates: readonly T[]): { readonly candidate: T; readonly rank: number }[] {
  const ranked = candidates.map((candidate, at) => ({ candidate, rank: at + 1 }))
  return ranked.filter(({ candidate }, at) => candidates.findIndex(({ node }) => node === candidate.node) === at)
}
