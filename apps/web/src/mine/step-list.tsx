import type { Step } from '@overt/schema'
import { useEffect, useRef } from 'react'

import { StepLine } from '../ui/steps.tsx'

interface StepListProps {
  readonly steps: readonly Step[]
  readonly index: number
  readonly onChoose: (index: number) => void
}

/** Every step as a line; the shown one is kept in view. */
export function StepList({ steps, index, onChoose }: StepListProps) {
  const current = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    // Newer browsers answer with a promise, which is no undo.
    current.current?.scrollIntoView({ block: 'nearest' })
  }, [index])
  return (
    <ol
      aria-label="Steps"
      className="m-0 flex min-h-0 list-none flex-col gap-0.5 overflow-y-auto border-l border-line bg-card p-2 max-[900px]:border-t max-[900px]:border-l-0"
    >
      {steps.map((step, at) => (
        <li key={step.index}>
          <button
            type="button"
            ref={at === index ? current : null}
            aria-current={at === index ? 'step' : undefined}
            onClick={() => onChoose(at)}
            className="flex min-h-8 w-full items-center gap-2.5 rounded-md border-0 bg-transparent px-2 py-1 text-left text-[13px] hover:bg-sunken aria-[current=step]:bg-accent-wash"
          >
            <span className="w-5 shrink-0 text-right text-xs text-faint tabular-nums">{at + 1}</span>
            <StepLine step={step} />
          </button>
        </li>
      ))}
    </ol>
  )
}
