import type { DemoEvent } from '@overt/schema'
import { expect, test } from 'vitest'

import { openFeed } from './feed.ts'

test('a page that comes late is told the story so far, each stage as it stands', () => {
  const relay = openFeed()
  relay.feed.publish({ kind: 'stage', stage: 'training', state: 'running' })
  relay.feed.publish({ kind: 'loss', epoch: 1, loss: 2 })
  relay.feed.publish({ kind: 'stage', stage: 'training', state: 'done' })
  const told: DemoEvent[] = []
  relay.follow((event) => told.push(event))
  expect(told).toEqual([
    { kind: 'loss', epoch: 1, loss: 2 },
    { kind: 'stage', stage: 'training', state: 'done' },
  ])
})

test('a restart makes the story empty', () => {
  const relay = openFeed()
  relay.feed.publish({ kind: 'loss', epoch: 1, loss: 2 })
  relay.feed.publish({ kind: 'restarted' })
  const told: DemoEvent[] = []
  relay.follow((event) => told.push(event))
  expect(told).toEqual([{ kind: 'restarted' }])
})

test('whoever stopped following hears no more, and commands reach those who listen', () => {
  const relay = openFeed()
  const told: DemoEvent[] = []
  relay.follow((event) => told.push(event))()
  relay.feed.publish({ kind: 'loss', epoch: 1, loss: 2 })
  expect(told).toEqual([])
  const commands: string[] = []
  const undo = relay.feed.onCommand(({ kind }) => commands.push(kind))
  relay.command({ kind: 'erase' })
  undo()
  relay.command({ kind: 'restart' })
  expect(commands).toEqual(['erase'])
})
