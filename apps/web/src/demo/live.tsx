import type { LiveStep } from '@overt/schema'
import { useEffect, useMemo, useState } from 'react'

import { Replay } from '../ui/replay.tsx'
import { StepLine } from '../ui/steps.tsx'
import { Chip, HiddenText } from '../ui/hidden.tsx'
import type { Passage } from './messages.ts'

interface LiveProps {
  readonly steps: readonly LiveStep[]
  readonly passages: readonly Passage[]
  /** The person said no: what is shown is sample data. */
  readonly declined: boolean
}

/** What was recorded, as it arrives: a step drawn, all of them as lines; or what left the page, beside what was on it. After a no, a sample that says that it is one. */
export function Live({ steps, passages, declined }: LiveProps) {
  const [beside, setBeside] = useState(false)
  const sample = useSample(declined && steps.length === 0)
  return (
    <section aria-label="What is recorded" className="flex min-h-72 flex-1 flex-col rounded-xl border border-line bg-card">
      <header className="flex min-h-11 shrink-0 flex-wrap items-center gap-x-3 border-b border-line px-4 py-1">
        <h2 className="m-0 text-[14px] font-semibold">{sample === null ? 'What is recorded of you' : 'Sample data'}</h2>
        {sample === null ? null : <Chip title="Recorded from a script, in the same back office">not yours: a scripted colleague</Chip>}
        <label className="ml-auto flex min-h-6 cursor-pointer items-center gap-2 text-[13px] text-soft">
          <input
            type="checkbox"
            role="switch"
            aria-checked={beside}
            checked={beside}
            onChange={(event) => setBeside(event.target.checked)}
            className="size-4 accent-accent"
          />
          What left this page
        </label>
      </header>
      {beside ? <Passages passages={passages} /> : <Steps steps={sample ?? steps} />}
    </section>
  )
}

/** Fetched only when it is wanted. */
function useSample(wanted: boolean): readonly LiveStep[] | null {
  const [sample, setSample] = useState<readonly LiveStep[]>([])
  useEffect(() => {
    if (wanted) void import('./sample.json').then((file) => setSample(file.default as unknown as readonly LiveStep[])) // as: written by scripts/sample.ts from recorded steps
  }, [wanted])
  return wanted ? sample : null
}

function keyOf({ session, episode, step }: LiveStep): string {
  return `${session} ${episode} ${step.index}`
}

function Steps({ steps }: { readonly steps: readonly LiveStep[] }) {
  const [chosen, setChosen] = useState<string | null>(null)
  const shown = steps.find((each) => keyOf(each) === chosen) ?? steps.at(-1)
  const drawn = useMemo(() => (shown === undefined ? [] : [shown.step]), [shown])
  if (shown === undefined)
    return <p className="m-0 px-4 py-6 text-center text-soft">Nothing yet. Each step appears here a moment after you do it.</p>
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="p-3">
        <Replay steps={drawn} index={0} extent="target" />
      </div>
      <ol aria-label="Steps" aria-live="polite" className="m-0 min-h-0 flex-1 list-none overflow-y-auto px-2 pb-3">
        {steps.toReversed().map((each, at) => (
          <li key={keyOf(each)}>
            <button
              type="button"
              aria-current={each === shown ? 'step' : undefined}
              onClick={() => setChosen(at === 0 ? null : keyOf(each))}
              className="flex min-h-8 w-full items-center gap-2.5 rounded-md border-0 bg-transparent px-2 py-1 text-left text-[13px] hover:bg-sunken aria-[current=step]:bg-warm-wash"
            >
              <span className="w-5 shrink-0 text-right text-xs text-faint tabular-nums">{steps.length - at}</span>
              <StepLine step={each.step} />
            </button>
          </li>
        ))}
      </ol>
    </div>
  )
}

const kinds: Readonly<Partial<Record<Passage['kind'], string>>> = {
  click: 'clicked',
  text: 'typed',
  select: 'chose',
  check: 'ticked',
  value: 'set',
  key: 'pressed',
  clipboard: 'clipboard',
  navigate: 'went to',
}

function Passages({ passages }: { readonly passages: readonly Passage[] }) {
  if (passages.length === 0) return <p className="m-0 px-4 py-6 text-center text-soft">Nothing has left this page yet.</p>
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <table className="w-full table-fixed border-collapse text-left text-[13px]">
        <thead>
          <tr className="text-xs text-faint">
            <th className="w-1/2 px-4 py-2 font-semibold">On the page</th>
            <th className="w-1/2 px-4 py-2 font-semibold">Sent</th>
          </tr>
        </thead>
        <tbody>
          {passages.toReversed().map((passage) => (
            <tr key={passage.key} className="border-t border-line align-top">
              <td className="px-4 py-1.5 break-words">
                <span className="mr-1.5 text-faint">{kinds[passage.kind] ?? passage.kind}</span>
                {passage.raw}
              </td>
              <td className={`px-4 py-1.5 break-words ${passage.raw === passage.sent ? 'text-soft' : 'bg-hidden-wash/40'}`}>
                <HiddenText text={passage.sent} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
