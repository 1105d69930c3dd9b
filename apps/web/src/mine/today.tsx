import { useQuery } from '@tanstack/react-query'
import type { MineSession } from '@overt/schema'
import { useMemo } from 'react'

import { useAddress } from '../ui/address.ts'
import { useKeys } from '../ui/keys.ts'
import { Failure, Loading, Notice } from '../ui/notice.tsx'
import { EraseButton, EraseRange } from './erase.tsx'
import { sessions } from './queries.ts'
import { Recording } from './recording.tsx'
import { RecordingList } from './recording-list.tsx'

/** What was recorded: a list, and the replay of the chosen one. */
export function Today() {
  const { data, error, refetch } = useQuery(sessions)
  if (data === undefined)
    return error === null ? <Loading label="Your recordings" /> : <Failure error={error} onRetry={() => void refetch()} />
  if (data.sessions.length > 0) return <Recordings list={data.sessions} stale={error} />
  return data.closed > 0 ? <OnlyClosed closed={data.closed} /> : <NothingYet />
}

function OnlyClosed({ closed }: { readonly closed: number }) {
  return (
    <Notice
      title={closed === 1 ? 'One recording is left' : `${closed} recordings are left`}
      action={<EraseButton what={{ all: true }} label="Erase everything of mine" />}
    >
      Your agreement has ended, so nobody can open them any more, and nothing new is made of them. You can erase them.
    </Notice>
  )
}

function NothingYet() {
  return (
    <Notice
      title="Nothing has been recorded"
      action={
        <a href="/demo" className="font-semibold text-accent">
          Try it in the sample back office
        </a>
      }
    >
      Recording begins only after you agree to it on a page that offers it. What is recorded then appears here, step by step, and you can
      erase any of it.
    </Notice>
  )
}

function Recordings({ list, stale }: { readonly list: readonly MineSession[]; readonly stale: Error | null }) {
  const { chosen, go } = useAddress()
  const wanted = chosen.get('recording')
  const at = Math.max(
    0,
    list.findIndex((recording) => recording.session === wanted),
  )
  const current = list[at]
  const keys = useMemo(() => {
    const choose = (next: number) => () => {
      const recording = list[Math.max(0, Math.min(next, list.length - 1))]
      if (recording !== undefined) go('/mine', { recording: recording.session, step: null, work: null })
    }
    return { j: choose(at + 1), k: choose(at - 1) }
  }, [list, at, go])
  useKeys(keys)
  return (
    <div className="grid h-full grid-cols-[clamp(200px,22vw,300px)_minmax(0,1fr)] max-[900px]:block max-[900px]:overflow-y-auto">
      <aside
        aria-label="Recordings"
        className="flex min-h-0 flex-col border-r border-line bg-card max-[900px]:max-h-[45dvh] max-[900px]:border-r-0 max-[900px]:border-b"
      >
        {stale === null ? null : <p className="m-0 bg-warm-wash px-4 py-2 text-warm">Not up to date: {stale.message}</p>}
        <RecordingList list={list} current={current?.session ?? ''} />
        <EraseRange />
      </aside>
      {current === undefined ? null : <Recording key={current.session} recording={current} />}
    </div>
  )
}
