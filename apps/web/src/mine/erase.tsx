import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Failure } from '../ui/notice.tsx'
import { erase, type Erased, type Erasure } from './queries.ts'

const fiveMinutesMs = 300_000

/** Erasing by time, at the foot of the list. */
export function EraseRange() {
  return (
    <div className="flex shrink-0 flex-col gap-2 border-t border-line p-3 max-[900px]:flex-row max-[900px]:flex-wrap">
      <EraseButton what={{ lastMs: fiveMinutesMs }} label="Forget the last 5 minutes" />
      <EraseButton what={{ all: true }} label="Erase everything of mine" />
    </div>
  )
}

function questionOf(what: Erasure): string {
  if ('session' in what) return 'This recording will be gone for good, from here and from everything made of it.'
  if ('lastMs' in what) return 'What was recorded in the last five minutes will be gone for good.'
  return 'Everything that was recorded of you will be gone for good, from here and from everything made of it. Your devices stop recording.'
}

/** A button that asks once, erases, and says what it reached. */
export function EraseButton({ what, label }: { readonly what: Erasure; readonly label: string }) {
  const [asking, setAsking] = useState(false)
  const client = useQueryClient()
  const erasing = useMutation({ mutationFn: () => erase(what) })
  const close = () => {
    setAsking(false)
    if (erasing.isSuccess) void client.invalidateQueries()
    erasing.reset()
  }
  return (
    <>
      <Button look="stop" onClick={() => setAsking(true)}>
        {label}
      </Button>
      {asking ? (
        <Dialog title={erasing.isSuccess ? 'Erased' : `${label}?`} onClose={close}>
          {erasing.isSuccess ? (
            <Reached erased={erasing.data} onClose={close} />
          ) : erasing.isError ? (
            <Failure error={erasing.error} onRetry={() => erasing.mutate()} />
          ) : (
            <>
              <p className="m-0 text-soft">{questionOf(what)} Nobody can bring it back.</p>
              <div className="mt-2 flex justify-end gap-2">
                <Button onClick={close}>Keep it</Button>
                <Button look="erase" disabled={erasing.isPending} onClick={() => erasing.mutate()}>
                  {erasing.isPending ? 'Erasing' : 'Erase'}
                </Button>
              </div>
            </>
          )}
        </Dialog>
      ) : null}
    </>
  )
}

const names: Readonly<Record<string, string>> = {
  events: 'events',
  frames: 'pictures',
  episodes: 'pieces of work',
  datasets: 'training sets, made anew without you',
  models: 'models, marked to be trained anew',
}

/** What an erasure reached, and what is left and why. */
export function Reached({ erased, onClose }: { readonly erased: Erased; readonly onClose: () => void }) {
  const reached = Object.entries(erased.reached).filter(([what, count]) => count > 0 || what === 'events')
  return (
    <>
      <dl className="m-0 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
        {reached.map(([what, count]) => (
          <div key={what} className="contents">
            <dt className="text-right font-semibold tabular-nums">{count}</dt>
            <dd className="m-0 text-soft">{names[what] ?? what}</dd>
          </div>
        ))}
      </dl>
      {erased.left.length === 0 ? (
        <p className="m-0 text-soft">Nothing was left.</p>
      ) : (
        <ul className="m-0 pl-5 text-warm">
          {erased.left.map((what) => (
            <li key={what}>{what}</li>
          ))}
        </ul>
      )}
      <div className="mt-2 flex justify-end">
        <Button look="main" onClick={onClose}>
          Done
        </Button>
      </div>
    </>
  )
}
