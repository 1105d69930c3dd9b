import type { LiveStep } from '@overt/schema'
import { useMemo, useState } from 'react'

import { Replay } from '../ui/replay.tsx'
import { StepLine } from '../ui/steps.tsx'
import { HiddenText } from '../ui/hidden.tsx'
import type { Passage } from './messages.ts'

/** What was recorded, as it arrives: the newest step drawn, the ones before as lines; or what left the page, beside what was on it. */
export function Live({ steps, passages }: { readonly steps: readonly LiveStep[]; readonly passages: readonly Passage[] }) {
  const [beside, setBeside] = useState(false)
  return (
    <section aria-label="What is recorded" className="flex min-h-0 flex-1 flex-col rounded-xl border border-line bg-card">
      <header className="flex h-11 shrink-0 items-center gap-3 border-b border-line px-4">
        <h2 className="m-0 text-[14px] font-semibold">What is recorded of you</h2>
        <label className="ml-auto flex cursor-pointer items-center gap-2 text-[13px] text-soft">
          <input
            type="checkbox"

            checked={beside}
            onChange={(event) => setBeside(event.target.checked)}
            className="size-4 accent-accent"
          />
          What left this page
        </label>
      </header>
      {beside ? <Passages passages={passages} /> : <Steps steps={steps} />}
    </section>
  )
}

function Steps({ steps }: { readonly steps: readonly LiveStep[] }) {
  const newest = steps.at(-1)
  const shown = useMemo(() => (newest === undefined ? [] : [newest.step]), [newest])
  if (newest === undefined)
    return <p className="m-0 px-4 py-6 text-center text-soft">Nothing yet. Each step appears here a moment after you do it.</p>
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="p-3">
        <Replay steps={shown} index={0} extent="target" />
      </div>
      <ol aria-label="Steps" aria-live="polite" className="m-0 min-h-0 flex-1 list-none overflow-y-auto px-2 pb-3">
        {steps.toReversed().map((each, at) => (
          <li
            key={`${each.session} ${each.episode} ${each.step.index}`}
            className={`flex items-center gap-2.5 rounded-md px-2 py-1.5 text-[13px] ${at === 0 ? 'bg-warm-wash' : ''}`}
          >
            <span className="w-5 shrink-0 text-right text-xs text-faint tabular-nums">{steps.length - at}</span>
            <StepLine step={each.step} />
          </li>
        ))}
      </ol>
    </div>
  )
}

function Passages({ passages }: { readonly passages: readonly Passage[] }) {
  if (passages.length === 0) return <p className="m-0 px-4 py-6 text-center text-soft">Nothing has left this page yet.</p>
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <table className="w-full table-fixed border-collapse text-left text-[13px]">
        <thead>
          <tr className="text-xs text-faint">
            <th className="w-1/2 px-4 py-2 font-semibold">On the page (stays here)</th>
            <th className="w-1/2 px-4 py-2 font-semibold">Sent</th>
          </tr>
        </thead>
        <tbody>
          {passages.toReversed().map((passage) => (
            <tr key={passage.key} className="border-t border-line align-top">
              <td className="px-4 py-1.5 break-words">
                <span className="mr-1.5 text-faint">{passage.kind}</span>
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
