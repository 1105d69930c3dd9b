import { useQuery } from '@tanstack/react-query'
import type { Episode, MineSession, Step } from '@overt/schema'
import { useMemo } from 'react'

import { useAddress } from '../ui/address.ts'
import { Button } from '../ui/button.tsx'
import { timeOf } from '../ui/clock.ts'
import { HiddenText } from '../ui/hidden.tsx'
import { useKeys } from '../ui/keys.ts'
import { Failure, Loading, Notice } from '../ui/notice.tsx'
import { Replay } from '../ui/replay.tsx'
import { EraseButton } from './erase.tsx'
import { episodesOf } from './queries.ts'
import { nameOf } from './recording-list.tsx'
import { StepList } from './step-list.tsx'

/** One recording, replayed step by step. */
export function Recording({ recording }: { readonly recording: MineSession }) {
  const { data, error, refetch } = useQuery(episodesOf(recording.session))
  return (
    <article className="flex min-h-0 min-w-0 flex-col">
      <header className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line px-5 py-3 max-[700px]:px-3">
        <div className="min-w-0">
          <h1 className="m-0 truncate text-[17px] font-semibold">{nameOf(recording.origin)}</h1>
          <p className="m-0 text-soft">
            {timeOf(recording.firstAtEpochMs)} to {timeOf(recording.lastAtEpochMs)}
            {recording.mode === 'task' ? ', tasks you started' : ''}
          </p>
          <p className="m-0 text-[13px] text-soft">{usedIn(recording)}</p>
        </div>
        <div className="ml-auto">
          <EraseButton what={{ session: recording.session }} label="Erase this recording" />
        </div>
      </header>
      {data === undefined ? (
        error === null ? (
          <Loading label="The steps" rows={6} />
        ) : (
          <Failure error={error} onRetry={() => void refetch()} />
        )
      ) : (
        <Work episodes={data} />
      )}
    </article>
  )
}

function usedIn({ usedIn: { datasets, models } }: MineSession): string {
  if (datasets.length === 0) return 'Not used in anything so far.'
  const sets = `${datasets.length === 1 ? 'the training set' : 'the training sets'} ${datasets.join(', ')}`
  return `Used in ${sets}${models === 0 ? '' : ` and ${models === 1 ? 'a model' : `${models} models`} made of them`}.`
}

function Work({ episodes }: { readonly episodes: readonly Episode[] }) {
  const { chosen, go } = useAddress()
  const work = Math.min(Number(chosen.get('work') ?? 0), episodes.length - 1)
  const episode = episodes[Math.max(0, work)]
  if (episode === undefined || episode.steps.length === 0)
    return <Notice title="No steps in this recording">It holds only the start and the end of recording.</Notice>
  return (
    <>
      {episodes.length > 1 ? (
        <div className="flex flex-wrap gap-1 border-b border-line px-5 py-2">
          {episodes.map((each, at) => (
            <Button
              key={each.id}
              look={at === work ? 'plain' : 'quiet'}
              aria-pressed={at === work}
              onClick={() => go('/mine', { work: String(at), step: null })}
            >
              {each.goal === '' ? `Part ${at + 1}` : `Task ${at + 1}`}
            </Button>
          ))}
        </div>
      ) : null}
      <Steps key={episode.id} episode={episode} />
    </>
  )
}

/** What stands above and below the drawn page: headers, goal, address, buttons. */
const besidePx = 330

/** So wide at most that the buttons below the page are on the screen with it. */
function wholeOnScreen(step: Step | undefined): string | undefined {
  if (step === undefined) return undefined
  const { width, height } = step.observation.viewport
  return `max(20rem, calc((100dvh - ${besidePx}px) * ${width / Math.max(height, 1)}))`
}

function Steps({ episode }: { readonly episode: Episode }) {
  const { chosen, go } = useAddress()
  const { steps } = episode
  const index = Math.max(0, Math.min(Number(chosen.get('step') ?? 1) - 1, steps.length - 1))
  const after = chosen.get('show') === 'after'
  const keys = useMemo(() => {
    const step = (next: number) => () => go('/mine', { step: String(Math.max(0, Math.min(next, steps.length - 1)) + 1), show: null })
    return { '[': step(index - 1), ']': step(index + 1), ' ': () => go('/mine', { show: after ? null : 'after' }) }
  }, [index, after, steps, go])
  useKeys(keys)
  return (
    <div className="grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)_minmax(220px,26%)] max-[900px]:block">
      <div className="flex min-h-0 flex-col gap-3 overflow-y-auto p-5 max-[700px]:p-3">
        {episode.goal === '' ? null : (
          <p className="m-0 text-[15px]">
            <span className="text-soft">Goal: </span>
            <HiddenText text={episode.goal} />
          </p>
        )}
        <div style={{ maxWidth: wholeOnScreen(steps[index]) }}>
          <Replay steps={steps} index={index} when={after ? 'after' : 'before'} />
        </div>
        <div className="flex flex-wrap items-center gap-2">
          <Button onClick={keys['[']} disabled={index === 0} aria-keyshortcuts="[">
            Back
          </Button>
          <Button onClick={keys[']']} disabled={index === steps.length - 1} aria-keyshortcuts="]">
            Next
          </Button>
          <span className="px-2 text-soft tabular-nums">
            Step {index + 1} of {steps.length}
          </span>
          <Button className="ml-auto" aria-pressed={after} disabled={index === steps.length - 1} onClick={keys[' ']}>
            {after ? 'Show the page before' : 'Show the page after'}
          </Button>
        </div>
        <p className="m-0 text-xs text-faint max-[700px]:hidden">
          Keys: [ and ] for steps, space for before and after, j and k for recordings.
        </p>
      </div>
      <StepList steps={steps} index={index} onChoose={(next) => go('/mine', { step: String(next + 1), show: null })} />
    </div>
  )
}
