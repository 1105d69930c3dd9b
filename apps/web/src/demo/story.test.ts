import { expect, test } from 'vitest'

import { currentStage, newStory, stageNames, tell } from './story.ts'

test('a new story looks at the first stage', () => {
  expect(currentStage(newStory())).toBe('consent')
})

test('the stage that runs is the one to look at', () => {
  const story = tell(tell(newStory(), { kind: 'stage', stage: 'consent', state: 'done' }), {
    kind: 'stage',
    stage: 'training',
    state: 'running',
  })
  expect(currentStage(story)).toBe('training')
})

test('a second training begins its curve anew', () => {
  const running = { kind: 'stage', stage: 'training', state: 'running' } as const
  const first = [running, { kind: 'loss', epoch: 1, loss: 2 } as const, { ...running, progress01: 0.5 }].reduce(tell, newStory())
  expect(first.losses).toHaveLength(1)
  const second = [{ ...running, state: 'done' } as const, running].reduce(tell, first)
  expect(second.losses).toHaveLength(0)
})

test('a restart forgets what was shown', () => {
  const told = tell(newStory(), { kind: 'loss', epoch: 1, loss: 2 })
  expect(told.losses).toHaveLength(1)
  expect(tell(told, { kind: 'restarted' })).toEqual(newStory())
})

test('taking over stands between the results and the erasure, and keeps what came of it', () => {
  const before = stageNames.map(([stage]) => stage).filter((stage) => stage !== 'correction' && stage !== 'erase')
  const done = before.map((stage) => ({ kind: 'stage', stage, state: 'done' }) as const).reduce(tell, newStory())
  expect(currentStage(done)).toBe('correction')
  const over = [
    { kind: 'correction', phase: 'over', steps: 4 } as const,
    { kind: 'stage', stage: 'correction', state: 'done' } as const,
  ].reduce(tell, done)
  expect([currentStage(over), over.correction?.steps]).toEqual(['erase', 4])
})
