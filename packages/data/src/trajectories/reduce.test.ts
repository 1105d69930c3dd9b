import type { Episode } from '@overt/schema'
import { expect, test } from 'vitest'

import { form, observation, stretch, type Told } from '../../fixtures/scene.ts'
import { reduce } from './reduce.ts'

const meta = { person: 'ada', session: 's1' }

function ambient(told: readonly Told[]): Episode | undefined {
  return [...reduce([stretch(told)], meta)].at(-1)
}

/** `kind node argument` of each action. */
function lines(told: readonly Told[]): string[] {
  return (ambient(told)?.steps ?? []).map(({ action }) => `${action.kind} ${action.target?.node ?? '-'} ${action.argument}`.trimEnd())
}

test('3.1 the click that gave a field its focus is folded into the text typed there', () => {
  const told: Told[] = [
    ['click', 1],
    ['text', 1, { after: 'Gus' }],
  ]
  expect(lines(told)).toEqual(['type 1 Gus'])
  expect(ambient(told)?.steps[0]?.action.events).toEqual([0, 1])
})

test('3.2 a click on a field that nothing was typed in stays a click', () => {
  expect(
    lines([
      ['click', 1],
      ['click', 3],
    ]),
  ).toEqual(['click 1', 'click 3'])
})

test('3.3 successive commits of one field are one action', () => {
  const told: Told[] = [
    ['text', 1, { after: 'Gu' }],
    ['text', 1, { before: 'Gu', after: 'Gus' }],
  ]
  expect(lines(told)).toEqual(['type 1 Gus'])
  expect(ambient(told)?.steps[0]?.action.before).toBe('')
})

test('8.1 the observation is the one before the action, the change comes from the next', () => {
  const next = observation(1, form.slice(0, 3))
  const episode = [
    ...reduce(
      [
        stretch(
          [
            ['click', 3],
            ['click', 2, { observation: 1 }],
          ],
          { observations: [observation(0, form), next] },
        ),
      ],
      meta,
    ),
  ][0]
  expect(episode?.steps.map((step) => [step.observation.id, step.change])).toEqual([
    [0, 'page'],
    [1, 'unknown'],
  ])
})
