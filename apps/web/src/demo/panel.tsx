import type { DemoCommand, DemoStage } from '@overt/schema'
import { useState } from 'react'

import { Button } from '../ui/button.tsx'
import { Bars, LineChart } from './chart.tsx'
import { Correction, CorrectionButtons } from './correction.tsx'
import type { Own } from './own.ts'
import { stageNames, type Story } from './story.ts'

type Ask = (kind: DemoCommand['kind']) => void

const lead: Readonly<Record<DemoStage, string>> = {
  consent: 'The back office asks whether it may record you. Both answers are one click, and saying no costs nothing.',
  task: 'Do this in the back office, or have it done for you.',
  colleague: 'A scripted colleague does more of the same work in a browser out of sight, through the same recorder.',
  dataset: 'The recordings become a dataset. Every row rests on a live agreement.',
  training: 'A small model learns from the dataset, on this machine.',
  agent: 'The model does tasks it has not seen, on pages laid out anew.',
  results: 'How often it succeeds, beside simpler ways of doing it.',
  correction: 'The agent does one more task, and you may take over. What you do then is recorded only if you agree, apart from all else.',
  erase: 'Take back what was recorded of you, from everything made of it.',
}

interface PanelProps {
  readonly story: Story
  readonly stage: DemoStage
  readonly own: Own
  readonly guided: boolean
  readonly ask: Ask
  readonly onAskAgain: () => void
}

/** The stage that the walk-through is at: a sentence, what it brings, and the next button. */
export function Panel({ story, stage, own, guided, ask, onAskAgain }: PanelProps) {
  const { state, text, progress01 } = story.stages[stage]
  const told = state === 'running' && progress01 === undefined ? undefined : text
  const number = stageNames.findIndex(([each]) => each === stage) + 1
  return (
    <section aria-label={stageNames[number - 1]?.[1]} className="flex shrink-0 flex-col gap-3 rounded-xl border border-line bg-card p-4">
      <header>
        {guided ? (
          <p className="m-0 text-xs font-semibold text-faint">
            {number} of {stageNames.length}
          </p>
        ) : null}
        <h2 className="m-0 text-[17px] leading-snug font-semibold">{stageNames[number - 1]?.[1]}</h2>
      </header>
      <p className={`m-0 ${state === 'failed' ? 'text-stop' : 'text-soft'}`}>
        {told ?? (stage === 'task' && !guided ? 'Do this in the back office, and watch below what is recorded.' : lead[stage])}
      </p>
      <OwnNotice own={own} stage={stage} onAskAgain={onAskAgain} onGoOn={guided ? () => ask('colleague') : null} />
      {progress01 === undefined || state !== 'running' ? null : <Progress progress01={progress01} />}
      <Content story={story} stage={stage} />
      {guided ? <Next story={story} stage={stage} ask={ask} /> : null}
    </section>
  )
}

/** What the person's own page says: a no, a failure, a task that is done. */
function OwnNotice({
  own,
  stage,
  onAskAgain,
  onGoOn,
}: Pick<PanelProps, 'own' | 'stage' | 'onAskAgain'> & { readonly onGoOn: (() => void) | null }) {
  if (own.failure !== null) return <p className="m-0 rounded-md bg-stop-wash px-3 py-2 text-stop">{own.failure}</p>
  if (own.consent === 'refused' && stage === 'consent')
    return (
      <div className="flex flex-col items-start gap-2 rounded-md bg-sunken px-3 py-2">
        <p className="m-0">You said no, and nothing of yours is recorded. Below is sample data: the work of a scripted colleague.</p>
        <div className="flex flex-wrap gap-2">
          {onGoOn === null ? null : <Button onClick={onGoOn}>Go on with sample data</Button>}
          <Button onClick={onAskAgain}>Ask me again</Button>
        </div>
      </div>
    )
  if (stage !== 'task' || own.task === null) return null
  return (
    <p className="m-0 rounded-md bg-accent-wash px-3 py-2">
      {own.task === 'success'
        ? 'Done as the goal says: that was your demonstration.'
        : 'Done, but not as the goal says. It is kept as a failed try.'}
    </p>
  )
}

function Progress({ progress01 }: { readonly progress01: number }) {
  return (
    <div
      role="progressbar"
      aria-valuenow={Math.round(progress01 * 100)}
      aria-valuemin={0}
      aria-valuemax={100}
      className="h-1.5 overflow-hidden rounded-full bg-sunken"
    >
      <div className="h-full rounded-full bg-accent transition-[width]" style={{ width: `${progress01 * 100}%` }} />
    </div>
  )
}

function Content({ story, stage }: { readonly story: Story; readonly stage: DemoStage }) {
  if (stage === 'task' && story.goal !== null)
    return (
      <blockquote className="m-0 rounded-md border-l-3 border-accent bg-accent-wash px-3 py-2">
        <p className="m-0 font-semibold">{story.goal.goal}</p>
        <p className="m-0 mt-1 text-[13px] text-soft">{story.goal.hint}</p>
      </blockquote>
    )
  if (stage === 'dataset') return <Dataset story={story} />
  if (stage === 'training') return <Training story={story} />
  if (stage === 'agent') return <Attempts story={story} />
  if (stage === 'results') return story.results === null ? <Attempts story={story} /> : <Results story={story} />
  if (stage === 'correction') return <Correction correction={story.correction} />
  if (stage !== 'erase') return null
  return story.erased === null ? (
    <>
      <Correction correction={story.correction} />
      <Results story={story} />
    </>
  ) : (
    <Erased story={story} />
  )
}

function Dataset({ story: { dataset } }: { readonly story: Story }) {
  if (dataset === null) return null
  return (
    <>
      <Bars
        rows={dataset.splits.map((split) => ({
          name: split.name,
          value01: split.rows / Math.max(dataset.rows, 1),
          note: `${split.rows} rows`,
          main: split.name === 'train',
        }))}
      />
      <p className="m-0 text-[13px]">
        {dataset.episodes} pieces of work, {Math.round(dataset.agreed01 * 100)}% of the rows with a live agreement.
      </p>
    </>
  )
}

function Training({ story: { losses } }: { readonly story: Story }) {
  const last = losses.at(-1)
  if (last === undefined) return null
  const points = losses.map(({ epoch, loss }) => ({ x: epoch, y: loss }))
  return (
    <>
      <LineChart points={points} top={Math.max(...points.map((point) => point.y), 1e-9)} label="Loss by epoch" />
      <p className="m-0 text-[13px] tabular-nums">
        Epoch {last.epoch}, loss {last.loss.toFixed(3)}
        {last.top1 === undefined ? '' : `, first choice right in ${Math.round(last.top1 * 100)}% of held-out steps`}
      </p>
    </>
  )
}

function Attempts({ story: { attempts } }: { readonly story: Story }) {
  const own = attempts.filter((attempt) => attempt.policy === 'agent')
  if (own.length === 0) return null
  const won = own.filter((attempt) => attempt.success).length
  return (
    <>
      <div className="flex flex-wrap gap-0.5" aria-label={`${won} of ${own.length} succeeded`} role="img">
        {own.map((attempt, at) => (
          <span key={at} title={attempt.task} className={`h-4 w-2 rounded-sm ${attempt.success ? 'bg-accent' : 'bg-stop'}`} />
        ))}
      </div>
      <p className="m-0 text-[13px] tabular-nums">
        {won} of {own.length} tasks done right
      </p>
    </>
  )
}

/** The simpler ways, by the names that the report gives them. */
const simpler: Readonly<Record<string, string>> = { random: 'Chance', stringMatch: 'Matching words', macroReplay: 'Replaying a macro' }

function Results({ story: { results } }: { readonly story: Story }) {
  if (results === null) return null
  const { agent, baselines, curve } = results
  return (
    <>
      <Bars
        rows={[
          { name: 'The agent', value01: agent.successes / Math.max(agent.n, 1), main: true, note: `${agent.successes} of ${agent.n}` },
          ...baselines.map(({ name, success01 }) => ({ name: simpler[name] ?? name, value01: success01 })),
        ]}
      />
      {curve.length < 2 ? null : (
        <figure className="m-0">
          <figcaption className="text-[13px] text-soft">Success by demonstrations of each kind of task</figcaption>
          <LineChart
            points={curve.map(({ demonstrations, success01 }) => ({ x: Math.log2(demonstrations), y: success01 }))}
            marks={curve.map(({ demonstrations }) => ({ x: Math.log2(demonstrations), text: String(demonstrations) }))}
            top={1}
            label={curve.map(({ demonstrations, success01 }) => `${demonstrations}: ${Math.round(success01 * 100)}%`).join(', ')}
          />
        </figure>
      )}
    </>
  )
}

const reachedWords: Readonly<Record<string, string>> = {
  events: 'events, gone',
  frames: 'pictures, gone',
  episodes: 'pieces of work, gone',
  datasets: 'datasets, revoked and made anew without you',
  models: 'models, revoked: to be trained anew',
}

function Erased({ story: { erased } }: { readonly story: Story }) {
  if (erased === null) return null
  const rows: readonly (readonly [string, string])[] = [
    ...erased.reached.filter(({ count }) => count > 0).map(({ what, count }) => [String(count), reachedWords[what] ?? what] as const),
    [`${erased.canaryHitsBefore} → ${erased.canaryHits}`, 'places where the made-up words could be read'],
    [erased.ledgerOk ? 'whole' : 'broken', `log of ${erased.ledgerSize} entries; your receipt is ${erased.receipt}`],
  ]
  return (
    <dl className="m-0 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-[13px]">
      {rows.map(([value, name]) => (
        <div key={name} className="contents">
          <dt className="text-right font-semibold tabular-nums">{value}</dt>
          <dd className="m-0 text-soft">{name}</dd>
        </div>
      ))}
    </dl>
  )
}

/** The next button, where there is one: only what `overt demo` listens for now. */
function Next({ story, stage, ask }: { readonly story: Story; readonly stage: DemoStage; readonly ask: Ask }) {
  const { state, text } = story.stages[stage]
  if (stage === 'task' && state === 'running' && story.goal !== null) return <DoItForMe key={story.goal.goal} ask={ask} />
  if (stage === 'correction') return <CorrectionButtons phase={story.correction?.phase} ask={ask} />
  if (stage !== 'erase') return null
  if (state === 'done' || state === 'skipped')
    return (
      <div className="flex flex-wrap gap-2">
        <Button look="main" onClick={() => ask('restart')}>
          Start again
        </Button>
        <a href="/mine" target="_blank" rel="noopener" className="inline-flex h-8 items-center px-2 text-accent">
          See your own pages
        </a>
      </div>
    )
  const offered = state === 'waiting' && text !== undefined
  return offered || state === 'running' ? (
    <div>
      <Button look="erase" disabled={!offered} onClick={() => ask('erase')}>
        {offered ? 'Erase mine' : 'Erasing'}
      </Button>
    </div>
  ) : null
}

function DoItForMe({ ask }: { readonly ask: Ask }) {
  const [asked, setAsked] = useState(false)
  const press = () => {
    setAsked(true)
    ask('colleague')
  }
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <Button look="main" disabled={asked} onClick={press}>
        Do it for me
      </Button>
      <span role="status" className="text-[13px] text-soft">
        {asked ? 'A script does it, from the beginning.' : 'A script does it in this window, and is recorded as you would be.'}
      </span>
    </div>
  )
}
