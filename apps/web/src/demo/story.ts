import type { DemoEvent, DemoStage } from '@overt/schema'

type Of<K extends DemoEvent['kind']> = Extract<DemoEvent, { readonly kind: K }>

/** Everything the walk-through has told so far. */
export interface Story {
  readonly stages: Readonly<Record<DemoStage, Of<'stage'>>>
  readonly goal: Pick<Of<'goal'>, 'goal' | 'hint'> | null
  readonly dataset: Of<'dataset'> | null
  readonly losses: readonly Of<'loss'>[]
  readonly decision: Of<'decision'> | null
  readonly attempts: readonly Of<'attempt'>[]
  readonly results: Of<'results'> | null
  readonly correction: Of<'correction'> | null
  readonly erased: Of<'erased'> | null
}

/** The stages in order, with their names. */
export const stageNames: readonly (readonly [DemoStage, string])[] = [
  ['consent', 'Your consent'],
  ['task', 'A task'],
  ['colleague', 'A colleague'],
  ['dataset', 'Dataset'],
  ['training', 'Training'],
  ['agent', 'The agent'],
  ['results', 'Results'],
  ['correction', 'Take over'],
  ['erase', 'Erase mine'],
]

/** A story in which nothing has happened. */
export function newStory(): Story {
  const waiting = Object.fromEntries(stageNames.map(([stage]) => [stage, { kind: 'stage', stage, state: 'waiting' }]))
  return {
    stages: waiting as unknown as Story['stages'], // as: one entry for every stage, just made
    goal: null,
    dataset: null,
    losses: [],
    decision: null,
    attempts: [],
    results: null,
    correction: null,
    erased: null,
  }
}

/** The story after one more event. */
export function tell(story: Story, event: DemoEvent): Story {
  switch (event.kind) {
    case 'stage':
      return { ...begun(story, event), stages: { ...story.stages, [event.stage]: event } }
    case 'goal':
      return { ...story, goal: event }
    case 'dataset':
      return { ...story, dataset: event }
    case 'loss':
      return { ...story, losses: [...story.losses, event] }
    case 'decision':
      return { ...story, decision: event }
    case 'attempt':
      return { ...story, attempts: [...story.attempts, event] }
    case 'results':
      return { ...story, results: event }
    case 'correction':
      return { ...story, correction: event }
    case 'erased':
      return { ...story, erased: event }
    case 'restarted':
      return newStory()
  }
}

/** A stage that runs a second time shows what it brings now. */
function begun(story: Story, event: Of<'stage'>): Story {
  if (event.state !== 'running' || story.stages[event.stage].state === 'running') return story
  if (event.stage === 'training') return { ...story, losses: [] }
  return event.stage === 'agent' || event.stage === 'results' ? { ...story, attempts: [] } : story
}

/** The stage to look at: the one that runs or failed last, else the first that waits, else the last. */
export function currentStage(story: Story): DemoStage {
  const order = stageNames.map(([stage]) => stage)
  const busy = order.findLast((stage) => ['running', 'failed'].includes(story.stages[stage].state))
  return busy ?? order.find((stage) => story.stages[stage].state === 'waiting') ?? 'erase'
}
