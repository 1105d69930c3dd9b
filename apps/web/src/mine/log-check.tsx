import { useQuery } from '@tanstack/react-query'
import type { Finding } from '@overt/privacy/ledger'
import { findingWords } from '@overt/privacy/tell'

import { Button } from '../ui/button.tsx'
import { dateOf, timeOf } from '../ui/clock.ts'
import { Failure } from '../ui/notice.tsx'
import type { Checked } from './check-log.ts'
import { logCheck } from './queries.ts'

/** What this browser found when it went through the log by itself: the server's word is not taken for it. */
export function LogCheck() {
  const { data, error, refetch, isFetching } = useQuery(logCheck)
  if (data === undefined && error !== null) return <Failure error={error} onRetry={() => void refetch()} />
  const wrong = data !== undefined && data.findings.length > 0
  return (
    <section
      aria-label="Check of the log"
      aria-busy={isFetching}
      className={`flex flex-wrap items-start gap-3 rounded-xl border p-4 ${wrong ? 'border-stop bg-stop-wash' : 'border-line bg-card'}`}
    >
      <div className="min-w-0 flex-1" role="status">
        {data === undefined ? (
          <p className="m-0 text-soft">This browser goes through the log.</p>
        ) : wrong ? (
          <Wrong findings={data.findings} />
        ) : (
          <Sound checked={data} />
        )}
      </div>
      <Button disabled={isFetching} onClick={() => void refetch()}>
        {isFetching && data !== undefined ? 'Checking' : 'Check again'}
      </Button>
    </section>
  )
}

function Sound({ checked: { size, own, before, seenAtEpochMs, others } }: { readonly checked: Checked }) {
  return (
    <>
      <p className="m-0 font-semibold">
        Checked by this browser: {size} entries, {own} of them about you, nothing wrong.
      </p>
      <p className="m-0 mt-1 text-soft">
        Last signed state seen on {dateOf(seenAtEpochMs)} at {timeOf(seenAtEpochMs)}.{' '}
        {before === 0
          ? 'From now on it would be noticed here if any of them were changed or taken away.'
          : `It goes on from the ${before} entries that this browser had seen before.`}
      </p>
      {others === 0 ? null : (
        <p className="m-0 mt-1 text-warm">
          This browser knew another log here before, under another name. That is so where a folder was set up anew; if it was not, tell your
          works council. <code className="font-mono text-xs whitespace-nowrap text-soft select-all">another-log</code>
        </p>
      )}
    </>
  )
}

function Wrong({ findings }: { readonly findings: readonly Finding[] }) {
  return (
    <>
      <p className="m-0 font-semibold text-stop">
        {findings.length === 1 ? 'Something is not as it should be.' : `${findings.length} things are not as they should be.`}
      </p>
      <ul className="m-0 mt-1 flex flex-col gap-1 pl-5">
        {findings.slice(0, mostShown).map(({ kind, problem, index }) => (
          <li key={problem}>
            {findingWords[kind][1]} {index === null ? '' : `(Entry ${index}.) `}
            <code className="font-mono text-xs whitespace-nowrap text-soft select-all">{findingWords[kind][0]}</code>
          </li>
        ))}
      </ul>
      {findings.length > mostShown ? <p className="m-0 mt-1 text-soft">And {findings.length - mostShown} more.</p> : null}
      <p className="m-0 mt-2 text-soft">
        Tell your works council or your privacy officer what stands here, with the codes. You can stop the recording under “My agreement”.
      </p>
    </>
  )
}

const mostShown = 5
