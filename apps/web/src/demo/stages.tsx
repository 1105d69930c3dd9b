import type { DemoStage } from '@overt/schema'

import { stageNames, type Story } from './story.ts'

const dots = {
  waiting: 'border-line bg-card text-faint',
  running: 'border-accent bg-accent-wash text-accent',
  done: 'border-accent bg-accent text-accent-ink',
  failed: 'border-stop bg-stop text-card',
  skipped: 'border-line bg-sunken text-faint',
} as const

const marks = { waiting: '', running: '', done: '✓', failed: '!', skipped: '-' } as const

/** The walk-through's stages in one line. */
export function Stages({ story, current }: { readonly story: Story; readonly current: DemoStage }) {
  return (
    <ol aria-label="The walk-through" className="m-0 flex min-w-0 flex-1 list-none items-center gap-1 p-0">
      {stageNames.map(([stage, name], at) => {
        const { state } = story.stages[stage]
        return (
          <li
            key={stage}
            aria-current={stage === current ? 'step' : undefined}
            className={`flex min-w-0 items-center gap-1 ${stage === current ? '' : 'max-[700px]:hidden'}`}
          >
            {at === 0 ? null : <span aria-hidden className={`h-px w-3 shrink-0 ${state === 'waiting' ? 'bg-line' : 'bg-accent'}`} />}
            <span className={`grid size-5 shrink-0 place-items-center rounded-full border text-[11px] font-bold ${dots[state]}`}>
              {marks[state] === '' ? at + 1 : marks[state]}
            </span>
            <span className={`truncate text-[13px] ${stage === current ? 'font-semibold' : 'text-soft max-[1180px]:hidden'}`}>{name}</span>
          </li>
        )
      })}
    </ol>
  )
}
