import { nameIn } from '@overt/viewer'
import { useMemo } from 'react'

import { HiddenText } from '../ui/hidden.tsx'
import { Replay } from '../ui/replay.tsx'
import { drawnStep } from './drawn.ts'
import { percentOf, proposalOf } from './proposal.ts'
import type { Story } from './story.ts'

const shown = 4
/** What stands above and below the drawn page: headers, goal, candidates, address. */
const besidePx = 268

/** The page the agent sees, with what it might do next marked on the elements. */
export function AgentView({ decision }: { readonly decision: NonNullable<Story['decision']> }) {
  const { steps, marks } = useMemo(() => drawnStep(decision), [decision])
  const [width, height] = decision.viewport
  return (
    <div className="flex h-full flex-col gap-3 overflow-y-auto p-4">
      <p className="m-0">
        <span className="text-soft">Goal: </span>
        <HiddenText text={decision.goal} />
      </p>
      <ol aria-label="What it might do" className="m-0 flex list-none flex-wrap gap-1.5 p-0 text-[13px]">
        {decision.candidates.slice(0, shown).map((candidate, at) => (
          <li
            key={at}
            className={`flex max-w-72 gap-1.5 rounded-full border px-2.5 py-0.5 ${at === 0 ? 'border-warm bg-warm-wash font-semibold' : 'border-line text-soft'}`}
          >
            <span className="font-semibold">{at + 1}</span>
            <span className="tabular-nums">{percentOf(candidate.p01)}</span>
            <span className="truncate">
              <HiddenText text={proposalOf(candidate.kind, nameIn(decision.nodes, candidate.node), candidate.argument)} />
            </span>
          </li>
        ))}
      </ol>
      <div style={{ maxWidth: `max(20rem, calc((100dvh - ${besidePx}px) * ${width / height}))` }}>
        <Replay steps={steps} marks={marks} index={0} />
      </div>
    </div>
  )
}
