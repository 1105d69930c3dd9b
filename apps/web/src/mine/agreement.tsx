import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { MineAgreement } from '@overt/schema'
import { useState } from 'react'

import { Button } from '../ui/button.tsx'
import { dateOf } from '../ui/clock.ts'
import { Dialog } from '../ui/dialog.tsx'
import { Failure, Loading, Notice } from '../ui/notice.tsx'
import { Reached } from './erase.tsx'
import { agreements, erase, withdraw } from './queries.ts'
import { Restriction } from './restriction.tsx'
import { nameOf } from './recording-list.tsx'
import { uses } from './uses.ts'

/** What the person has agreed to, and the way out: one button. */
export function Agreement() {
  const { data, error, refetch } = useQuery(agreements)
  if (data === undefined)
    return error === null ? <Loading label="Your agreement" /> : <Failure error={error} onRetry={() => void refetch()} />
  if (data.length === 0)
    return (
      <Notice title="You have not agreed to anything">
        Nothing is recorded. A page that offers recording asks you first, and saying no changes nothing.
      </Notice>
    )
  return (
    <div className="mx-auto flex h-full max-w-3xl flex-col gap-4 overflow-y-auto px-5 py-6">
      <h1 className="m-0 text-xl font-semibold">My agreement</h1>
      {data.map((agreement) => (
        <AgreementCard key={agreement.id} agreement={agreement} />
      ))}
      <Restriction />
    </div>
  )
}

const states = { on: 'On', off: 'You said no', ended: 'Ended' } as const

function AgreementCard({ agreement }: { readonly agreement: MineAgreement }) {
  const { state, apps, purposes, decidedAtEpochMs, expiresAtEpochMs, keptDays, recipients } = agreement
  const [stopped, setStopped] = useState(false)
  const rows: readonly (readonly [string, string])[] = [
    ['Where', apps.map(nameOf).join(', ')],
    ['What for', purposes.map((purpose) => uses[purpose]).join('; ')],
    ['Since', dateOf(decidedAtEpochMs)],
    ['Until', dateOf(expiresAtEpochMs)],
    ['Kept', `${keptDays} days`],
    ['Goes to', recipients.length === 0 ? 'nobody outside this machine' : recipients.join(', ')],
  ]
  return (
    <section aria-label={apps.join(', ')} className="rounded-xl border border-line bg-card p-5">
      <div className="mb-3 flex items-center gap-3">
        <span
          className={`rounded-full px-2.5 py-0.5 text-xs font-semibold ${state === 'on' ? 'bg-accent-wash text-accent' : 'bg-sunken text-soft'}`}
        >
          {states[state]}
        </span>
        {state === 'on' ? <StopButton id={agreement.id} onStopped={() => setStopped(true)} /> : null}
        {stopped ? <KeepOrErase onClose={() => setStopped(false)} /> : null}
      </div>
      <dl className="m-0 grid grid-cols-[7rem_1fr] gap-y-1.5">
        {rows.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-faint">{name}</dt>
            <dd className="m-0">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** Stops at the first click; what to do with that which was recorded is asked afterwards. */
function StopButton({ id, onStopped }: { readonly id: string; readonly onStopped: () => void }) {
  const stopping = useMutation({ mutationFn: () => withdraw(id), onSuccess: onStopped })
  return (
    <span className="ml-auto flex items-center gap-3">
      {stopping.isError ? <span className="text-stop">{stopping.error.message}</span> : null}
      <Button disabled={stopping.isPending} onClick={() => stopping.mutate()}>
        Stop recording me
      </Button>
    </span>
  )
}

function KeepOrErase({ onClose }: { readonly onClose: () => void }) {
  const client = useQueryClient()
  const erasing = useMutation({ mutationFn: () => erase({ all: true }) })
  const close = () => {
    onClose()
    void client.invalidateQueries()
  }
  return (
    <Dialog title={erasing.isSuccess ? 'Erased' : 'Recording has stopped'} onClose={close}>
      {erasing.isSuccess ? (
        <Reached erased={erasing.data} onClose={close} />
      ) : (
        <>
          {erasing.isError ? (
            <Failure error={erasing.error} />
          ) : (
            <p className="m-0 text-soft">One question: what about that which was recorded so far?</p>
          )}
          <div className="mt-2 flex justify-end gap-2">
            <Button disabled={erasing.isPending} onClick={close}>
              Keep it
            </Button>
            <Button disabled={erasing.isPending} onClick={() => erasing.mutate()}>
              Erase it
            </Button>
          </div>
        </>
      )}
    </Dialog>
  )
}
