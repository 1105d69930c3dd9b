import { drawnStep } from './drawn.ts'
import type { Story } from './story.ts'
import { HiddenText } from '../ui/hidden.tsx'
import { Replay } from '../ui/replay.tsx'
import { useMemo } from 'react'

/** The page the agent sees, with what it might do next marked on the elements. */
export function AgentView({ decision }: { readonly decision: NonNullable<Story['decision']> }) {
  const { steps, marks } = useMemo(() => drawnStep(decision), [decision])
  return (
    <div className="flex h-full flex-col gap-3 overflow-y-auto p-4">
      <p className="m-0">
        <span className="text-soft">Goal: </span>
        <HiddenText text={decision.goal} />
      </p>
      <Replay steps={steps} marks={marks} index={0} />
      <ol aria-label="What it might do" className="m-0 grid list-none grid-cols-[3rem_1fr] gap-x-3 gap-y-1 p-0 text-[13px]">
        {decision.candidates.slice(0, 5).map((candidate, at) => (
          <li key={at} className="contents">
            <span className="text-right font-semibold tabular-nums">{Math.round(candidate.p01 * 100)}%</span>
            <span className={at === 0 ? 'font-semibold' : 'text-soft'}>
              {candidate.kind} <HiddenText text={decision.nodes.find((node) => node.id === candidate.node)?.name ?? ''} />
              {candidate.argument === '' ? '' : `: ${candidate.argument}`}
            </span>
          </li>
        ))}
      </ol>
    </div>
  )
}
