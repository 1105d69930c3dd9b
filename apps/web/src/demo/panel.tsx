import type { DemoCommand, DemoStage } from '@overt/schema'

import { Button } from '../ui/button.tsx'
import { Bars, LineChart } from './chart.tsx'
import type { Own } from './own.ts'
import { stageNames, type Story } from './story.ts'

type Ask = (kind: DemoCommand['kind']) => void

const lead: Readonly<Record<DemoStage, string>> = {
  consent: 'The back office asks whether it may record you. Both answers are one click, and saying no costs nothing.',
  task: 'Do this in the back office, or leave it to a colleague.',
  colleague: 'A scripted colleague does more of the same work in a browser out of sight, through the same recorder.',
  dataset: 'The recordings become a dataset. Every row rests on a live agreement.',
  training: 'A small model learns from the dataset, on this machine.',
  agent: 'The model does tasks it has not seen, on pages laid out anew.',
  results: 'How often it succeeds, beside simpler ways of doing it.',
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
  const number = stageNames.findIndex(([each]) => each === stage) + 1
  return (
    <section aria-label={stageNames[number - 1]?.[1]} className="flex shrink-0 flex-col gap-3 rounded-xl border border-line bg-card p-4">
      <header>
        <p className="m-0 text-xs font-semibold text-faint">
          {number} of {stageNames.length}
        </p>
        <h2 className="m-0 text-[17px] leading-snug font-semibold">{stageNames[number - 1]?.[1]}</h2>
      </header>
      <p className={`m-0 ${state === 'failed' ? 'text-stop' : 'text-soft'}`}>
        {text ?? (stage === 'task' && !guided ? 'Do this in the back office, and watch below what is recorded.' : lead[stage])}
      </p>
      <OwnNotice own={own} stage={stage} onAskAgain={onAskAgain} />
      {progress01 === undefined || state !== 'running' ? null : <Progress progress01={progress01} />}
      <Content story={story} stage={stage} />
      {guided ? <Next story={story} stage={stage} ask={ask} /> : null}
    </section>
  )
}

/** What the person's own page says: a no, a failure, a task that is done. */
function OwnNotice({ own, stage, onAskAgain }: Pick<PanelProps, 'own' | 'stage' | 'onAskAgain'>) {
  if (own.failure !== null) return <p className="m-0 rounded-md bg-stop-wash px-3 py-2 text-stop">{own.failure}</p>
  if (own.consent === 'refused')
    return (
      <div className="flex flex-col items-start gap-2 rounded-md bg-sunken px-3 py-2">
        <p className="m-0">You said no, and nothing of yours is recorded. Nothing more happens here until you say otherwise.</p>
        <Button onClick={onAskAgain}>Ask me again</Button>
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
  return stage === 'erase' ? <Erased story={story} /> : null
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

function Results({ story: { results } }: { readonly story: Story }) {
  if (results === null) return null
  const { agent, baselines, curve } = results
  return (
    <>
      <Bars
        rows={[
          { name: 'The agent', value01: agent.successes / Math.max(agent.n, 1), main: true, note: `${agent.successes} of ${agent.n}` },
          ...baselines.map(({ name, success01 }) => ({ name, value01: success01 })),
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

function Erased({ story: { erased } }: { readonly story: Story }) {
  if (erased === null) return null
  const rows: readonly (readonly [string, string])[] = [
    ...erased.reached.map(({ what, count }) => [String(count), what] as const),
    [`${erased.canaryHitsBefore} → ${erased.canaryHits}`, 'places where the planted words could be read'],
    [erased.ledgerOk ? 'whole' : 'broken', `log of ${erased.ledgerSize} entries`],
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

function Next({ story, stage, ask }: { readonly story: Story; readonly stage: DemoStage; readonly ask: Ask }) {
  if (stage === 'task' && story.stages.task.state !== 'done')
    return (
      <div>
        <Button look="main" onClick={() => ask('colleague')}>
          Let a scripted colleague do the rest
        </Button>
      </div>
    )
  if (stage !== 'erase') return null
  if (story.stages.erase.state === 'done')
    return (
      <div className="flex gap-2">
        <Button look="main" onClick={() => ask('restart')}>
          Start again
        </Button>
        <a href="/mine" className="inline-flex h-8 items-center px-2 text-accent">
          See your own pages
        </a>
      </div>
    )
  return story.stages.results.state === 'done' ? (
    <div>
      <Button look="erase" disabled={story.stages.erase.state === 'running'} onClick={() => ask('erase')}>
        Erase mine
      </Button>
    </div>
  ) : null
}
