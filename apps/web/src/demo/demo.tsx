import type { DemoCommand, DemoEvent, LiveStep } from '@overt/schema'
import { useCallback, useEffect, useReducer, useState, type ReactNode } from 'react'

import { ask, follow } from '../ui/api.ts'
import { Button } from '../ui/button.tsx'
import { Failure, Loading, Notice } from '../ui/notice.tsx'
import { AgentView } from './agent-view.tsx'
import { Live } from './live.tsx'
import { passagesOf, type FromTool, type Passage } from './messages.ts'
import { learnOf, untold } from './own.ts'
import { Panel } from './panel.tsx'
import { Stages } from './stages.tsx'
import { currentStage, newStory, tell, type Story } from './story.ts'
import { Tool } from './tool.tsx'

const keptPassages = 200

/** The walk-through: the back office on the left, what becomes of it on the right. */
export function Demo() {
  const [answer, setAnswer] = useState<{ readonly toolUrl: string | null } | null>(null)
  const [error, setError] = useState<unknown>(null)
  useEffect(() => {
    ask<{ toolUrl: string | null }>('/v1/demo').then(setAnswer).catch(setError)
  }, [])
  if (error !== null) return <Failure error={error} onRetry={() => location.reload()} />
  if (answer === null) return <Loading label="The walk-through" rows={6} />
  if (answer.toolUrl === null)
    return <Notice title="No walk-through is running">Start one with `overt demo`. Your own pages are at /mine.</Notice>
  return <Walk toolUrl={answer.toolUrl} />
}

/** Everything on the page that "Start again" begins anew. */
function Walk({ toolUrl }: { readonly toolUrl: string }) {
  const [up, setUp] = useState(true)
  const [round, setRound] = useState(0)
  const [guided, setGuided] = useState(false)
  const [story, dispatch] = useReducer(tell, null, newStory)
  const command = useCallback((kind: DemoCommand['kind']) => void ask('/v1/demo/commands', { kind }), [])
  useEffect(() => {
    const onEvent = (event: unknown) => {
      const told = event as DemoEvent // as: our own server's stream
      dispatch(told)
      setGuided(true)
      if (told.kind === 'restarted') setRound((before) => before + 1)
    }
    return follow('/v1/demo/events', onEvent, setUp)
  }, [])
  return (
    <div className="flex h-full flex-col">
      <header className="flex h-13 shrink-0 items-center gap-6 border-b border-line bg-card px-5">
        <span className="text-[15px] font-bold tracking-tight">Overt</span>
        {guided ? <Stages story={story} current={currentStage(story)} /> : <span className="flex-1 text-soft">The sample back office</span>}
        {up ? null : <span className="rounded-full bg-warm-wash px-3 py-1 text-[13px] font-semibold text-warm">Not connected</span>}
        <a
          href="/mine"
          target="_blank"
          rel="noopener"
          className="shrink-0 text-[13px] font-semibold text-accent no-underline hover:underline"
        >
          Your own pages
        </a>
      </header>
      <Round
        key={round}
        guided={guided}
        story={story}
        dispatch={dispatch}
        command={command}
        toolUrl={round === 0 ? toolUrl : `${toolUrl}/?again=${round}`}
      />
    </div>
  )
}

interface RoundProps {
  readonly story: Story
  /** Whether `overt demo` leads through it; without, there is only the back office and what it records. */
  readonly guided: boolean
  readonly dispatch: (event: DemoEvent) => void
  readonly command: (kind: DemoCommand['kind']) => void
  readonly toolUrl: string
}

function Round({ story, guided, dispatch, command, toolUrl }: RoundProps) {
  const [steps, addStep] = useReducer(withStep, [])
  const [passages, setPassages] = useState<readonly Passage[]>([])
  const [own, hear] = useReducer(learnOf, untold)
  const [asked, setAsked] = useState(0)
  useEffect(() => {
    const onStep = (event: unknown) => addStep(event as LiveStep) // as: our own server's stream
    return follow('/v1/live', onStep, () => undefined)
  }, [])
  const onMessage = useCallback(
    (message: FromTool) => {
      hear(message)
      if (message.overt === 'sent') setPassages((before) => [...before, ...passagesOf(message)].slice(-keptPassages))
      if (message.overt === 'task') dispatch({ kind: 'goal', goal: message.goal, hint: message.hint })
      if (message.overt !== 'consent' || message.decided !== 'given') return
      dispatch({ kind: 'stage', stage: 'consent', state: 'done' })
      command('consented')
    },
    [command, dispatch],
  )
  return (
    <main className="grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)_minmax(340px,27vw)] gap-3 p-3 max-[900px]:block max-[900px]:overflow-y-auto">
      <Stage story={story} guided={guided} tool={<Tool url={toolUrl} asked={asked} onMessage={onMessage} />} />
      <div className="flex min-h-0 flex-col gap-3 overflow-y-auto">
        <Panel
          story={story}
          stage={currentStage(story)}
          own={own}
          guided={guided}
          ask={command}
          onAskAgain={() => setAsked((before) => before + 1)}
        />
        {story.erased === null ? (
          <Live steps={steps} passages={passages} declined={own.consent === 'refused'} />
        ) : (
          <Notice title="Erased">Nothing that was recorded of you is left to show.</Notice>
        )}
      </div>
    </main>
  )
}

function Stage({ story, guided, tool }: { readonly story: Story; readonly guided: boolean; readonly tool: ReactNode }) {
  const [wanted, setWanted] = useState<'tool' | 'agent' | null>(null)
  const agent = story.decision !== null && (wanted ?? 'agent') === 'agent'
  return (
    <section
      aria-label="The screen"
      className="flex min-h-0 min-w-0 flex-col overflow-hidden rounded-xl border border-line bg-card max-[900px]:mb-3 max-[900px]:h-[70dvh]"
    >
      {guided ? (
        <header className="flex h-11 shrink-0 items-center gap-1 border-b border-line px-3">
          <Button look={agent ? 'quiet' : 'plain'} aria-pressed={!agent} onClick={() => setWanted('tool')}>
            Back office
          </Button>
          <Button
            look={agent ? 'plain' : 'quiet'}
            aria-pressed={agent}
            disabled={story.decision === null}
            onClick={() => setWanted('agent')}
          >
            The agent at work
          </Button>
        </header>
      ) : null}
      <div className={`min-h-0 flex-1 ${agent ? 'hidden' : ''}`}>{tool}</div>
      {agent && story.decision !== null ? (
        <div className="min-h-0 flex-1">
          <AgentView decision={story.decision} />
        </div>
      ) : null}
    </section>
  )
}

/** A step comes again where later events changed it. */
function withStep(steps: readonly LiveStep[], step: LiveStep): readonly LiveStep[] {
  const at = steps.findIndex((old) => old.session === step.session && old.episode === step.episode && old.step.index === step.step.index)
  return at === -1 ? [...steps, step] : steps.with(at, step)
}
