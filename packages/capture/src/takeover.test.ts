import type { ObservationNode } from '@overt/schema'
import { expect, test } from 'vitest'

import type { Draft, Sighting } from './observe/scribe.ts'
import { noteTakeover } from './takeover.ts'

const node = (id: number, role: string, box: ObservationNode['box']): ObservationNode => ({
  id,
  parent: -1,
  tag: 'div',
  inputType: '',
  role,
  name: '',
  value: '',
  states: [],
  box,
  options: [],
  look: '',
  keys: '',
})

test('what the agent would have done is noted on the row of the same role and box, and on none where there is none', () => {
  const viewport = { width: 9, height: 9, scrollX: 0, scrollY: 0, pixelRatio: 1 }
  const nodes = [node(4, 'cell', [0, 0, 5, 5]), node(9, 'button', [0, 0, 5, 5])]
  const seen: Sighting = { observation: { id: 2, url: 'https://a.test/', title: '', viewport, status: 'fresh', nodes }, node: -1 }
  const written: (readonly [Draft, number])[] = []
  const click = { kind: 'click', argument: '', p01: 0.5 }
  const at = (left: number): ObservationNode['box'] => [left, 0, 5, 5]
  const candidates = [
    { ...click, element: { role: 'button', box: at(0) } },
    { ...click, element: { role: 'button', box: at(1) } },
    { kind: 'key', argument: 'Enter', p01: 0.1, element: null },
  ]
  noteTakeover({ by: 'person', why: 'touch', model: 'hash', candidates }, seen, (draft, aimed) => written.push([draft, aimed.node]))
  expect(written).toEqual([
    [{ kind: 'takeover', by: 'person', why: 'touch', model: 'hash' }, -1],
    [{ kind: 'proposed', action: 'click', argument: '', p01: 0.5 }, 9],
    [{ kind: 'proposed', action: 'click', argument: '', p01: 0.5 }, -1],
    [{ kind: 'proposed', action: 'key', argument: 'Enter', p01: 0.1 }, -1],
  ])
})
