import type { MineSession } from '@overt/schema'

import { useAddress } from '../ui/address.ts'
import { dayOf, lengthOf, timeOf } from '../ui/clock.ts'

/** Recordings by day, newest first. */
export function RecordingList({ list, current }: { readonly list: readonly MineSession[]; readonly current: string }) {
  const days = [...Map.groupBy(list, (recording) => dayOf(recording.firstAtEpochMs))]
  return (
    <div className="min-h-0 flex-1 overflow-y-auto px-2 pb-4">
      {days.map(([day, recordings]) => (
        <section key={day}>
          <h2 className="m-0 px-2 pt-4 pb-1 text-xs font-semibold text-faint">{day}</h2>
          <ul className="m-0 flex list-none flex-col gap-0.5 p-0">
            {recordings.map((recording) => (
              <li key={recording.session}>
                <Row recording={recording} current={recording.session === current} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}

function Row({ recording, current }: { readonly recording: MineSession; readonly current: boolean }) {
  const { go } = useAddress()
  const { session, origin, firstAtEpochMs, lastAtEpochMs, events, tasks } = recording
  const work = tasks > 0 ? `${tasks} ${tasks === 1 ? 'task' : 'tasks'}` : `${events} events`
  return (
    <button
      type="button"
      aria-current={current}
      onClick={() => go('/mine', { recording: session, step: null, work: null })}
      className="flex w-full flex-col rounded-md border-0 bg-transparent px-2.5 py-2 text-left hover:bg-sunken aria-[current=true]:bg-accent-wash"
    >
      <span className="flex w-full items-baseline justify-between gap-2">
        <span className="truncate font-semibold">{nameOf(origin)}</span>
        <span className="shrink-0 text-xs text-faint tabular-nums">{timeOf(firstAtEpochMs)}</span>
      </span>
      <span className="text-[13px] text-soft">
        {work}, {lengthOf(lastAtEpochMs - firstAtEpochMs)}
      </span>
    </button>
  )
}

/** A site without its scheme. */
export function nameOf(origin: string): string {
  return origin.replace(/^https?:\/\//, '')
}
