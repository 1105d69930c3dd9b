import { nameIn } from '@overt/viewer'
import { useMemo } from 'react'

import { HiddenText } from '../ui/hidden.tsx'
import { Replay } from '../ui/replay.tsx'
import { drawnStep } from './drawn.ts'
import type { Story } from './story.ts'

const shown = 4

/** The page the agent sees, with what it might do next marked on the elements. */
export function AgentView({ decision }: { readonly decision: NonNullable<Story['decision']> }) {
  const { steps, marks } = useMemo(() => drawnStep(decision), [decision])
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
            className={`flex max-w-64 gap-1.5 rounded-full border px-2.5 py-0.5 ${at === 0 ? 'border-warm bg-warm-wash font-semibold' : 'border-line text-soft'}`}
          >
            <span className="tabular-nums">{Math.round(candidate.p01 * 100)}%</span>
            <span className="truncate">
              {candidate.kind.replaceAll('_', ' ')} <HiddenText text={nameIn(decision.nodes, candidate.node)} />
              {candidate.argument === '' ? '' : `: ${candidate.argument}`}
            </span>
          </li>
        ))}
      </ol>
      <Replay steps={steps} marks={marks} index={0} />
    </div>
  )
}
