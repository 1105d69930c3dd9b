import { useQuery } from '@tanstack/react-query'
import type { MineRead } from '@overt/schema'

import { dateOf, timeOf } from '../ui/clock.ts'
import { Failure, Loading, Notice } from '../ui/notice.tsx'
import { LogCheck } from './log-check.tsx'
import { looksOf } from './looks.ts'
import { HeldPictures } from './pictures.tsx'
import { reads } from './queries.ts'

/** Every read of the person's recordings, and whether the log of them is whole. */
export function Looked() {
  const { data, error, refetch } = useQuery(reads)
  if (data === undefined) return error === null ? <Loading label="Who looked" /> : <Failure error={error} onRetry={() => void refetch()} />
  return (
    <div className="mx-auto flex h-full max-w-3xl flex-col gap-4 overflow-y-auto px-5 py-6">
      <h1 className="m-0 text-xl font-semibold">Who looked</h1>
      {data.log.ok ? null : (
        <p className="m-0 rounded-md bg-stop-wash px-3 py-2 text-stop">
          {`The server itself says that the log was tampered with at entry ${data.log.firstBad ?? 'unknown'}. Tell your works council.`}
        </p>
      )}
      <LogCheck />
      <HeldPictures pictures={data.pictures} />
      {data.reads.length === 0 ? (
        <Notice title="No one has">Every look at your recordings would stand here: who, when and why.</Notice>
      ) : (
        <Reads reads={data.reads} />
      )}
    </div>
  )
}

function Reads({ reads: list }: { readonly reads: readonly MineRead[] }) {
  return (
    <table className="w-full border-collapse text-left">
      <thead>
        <tr className="border-b border-line text-xs text-faint">
          <th className="py-2 pr-4 font-semibold">Who</th>
          <th className="py-2 pr-4 font-semibold">When</th>
          <th className="py-2 font-semibold">Why</th>
        </tr>
      </thead>
      <tbody>
        {looksOf(list).map((look) => (
          <tr key={look.index} className="border-b border-line align-top">
            <td className="py-2 pr-4 font-semibold">{look.who}</td>
            <td className="py-2 pr-4 whitespace-nowrap text-soft tabular-nums">
              {dateOf(look.atEpochMs)}, {timeOf(look.atEpochMs)}
              {look.times > 1 ? `, ${look.times} times` : ''}
            </td>
            <td className="py-2 text-soft">{look.why}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
