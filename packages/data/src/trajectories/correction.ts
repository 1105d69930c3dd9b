import type { Correction } from '@overt/schema'

import type { Item } from './cut.ts'
import { targetOf } from './settle.ts'

type Candidate = Correction['candidates'][number]

/** Rule 1.7: the correction that the marks of a task tell of, null where nobody took over. */
export function correctionOf(items: readonly Item[]): Correction | null {
  const takeover = items.map(({ event }) => event).find((event) => event.kind === 'takeover')
  if (takeover === undefined) return null
  const { by, why, model } = takeover
  return { by, why, model, candidates: items.flatMap((item) => candidateOf(item) ?? []) }
}

function candidateOf({ event, sensed }: Item): Candidate | null {
  if (event.kind !== 'proposed') return null
  const node = sensed?.observation.nodes.find((one) => one.id === event.node)
  return { kind: event.action, target: node === undefined ? null : targetOf(node), argument: event.argument, p01: event.p01 }
}
