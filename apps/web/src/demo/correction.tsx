import type { DemoCommand } from '@overt/schema'

import { Button } from '../ui/button.tsx'
import { HiddenText } from '../ui/hidden.tsx'
import { proposalOf } from './proposal.ts'
import type { Story } from './story.ts'

type Told = NonNullable<Story['correction']>

/** What the agent would do next, or what came of taking over. */
export function Correction({ correction }: { readonly correction: Story['correction'] }) {
  if (correction?.phase === 'watching' && correction.next !== undefined) {
    const { kind, name, argument } = correction.next
    return (
      <p className="m-0 rounded-md bg-warm-wash px-3 py-2">
        It waits, and would next: <HiddenText text={proposalOf(kind, name, argument)} />. Touch its page to take over, or press the button.
      </p>
    )
  }
  if (correction?.phase === 'working')
    return (
      <p className="m-0 rounded-md bg-accent-wash px-3 py-2">The page is yours, and what you do there is recorded as your correction.</p>
    )
  const steps = correction?.steps ?? 0
  if (correction?.phase !== 'over' || steps === 0) return null
  return <p className="m-0 rounded-md bg-accent-wash px-3 py-2">The correction: {steps} steps, recorded for learning.</p>
}

const buttons: Readonly<Record<Told['phase'], readonly (readonly [DemoCommand['kind'], string])[]>> = {
  asked: [
    ['correct', 'Yes, record it'],
    ['skip', 'No, leave it out'],
  ],
  watching: [
    ['take-over', 'Take over'],
    ['skip', 'Leave it out'],
  ],
  working: [['hand-back', 'Hand back']],
  over: [],
}

/** The buttons of the part: a yes and a no look alike. */
export function CorrectionButtons({
  phase,
  ask,
}: {
  readonly phase: Told['phase'] | undefined
  readonly ask: (kind: DemoCommand['kind']) => void
}) {
  const shown = phase === undefined ? [] : buttons[phase]
  if (shown.length === 0) return null
  return (
    <div className="flex flex-wrap gap-2">
      {shown.map(([kind, text]) => (
        <Button key={kind} onClick={() => ask(kind)}>
          {text}
        </Button>
      ))}
    </div>
  )
}
