import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { madePerformances, readPerformances } from './keystrokes.ts'

const written = (text: string): string => {
  const path = join(mkdtempSync(join(tmpdir(), 'overt-keystrokes-')), 'set.csv')
  writeFileSync(path, text)
  return path
}

test('a file of the CMU benchmark’s form is read as sessions of its people, in ms', () => {
  const head = 'subject,sessionIndex,rep,H.period,DD.period.t,UD.period.t,H.t,DD.t.Return,UD.t.Return,H.Return'
  const lines = [
    's002,1,1,0.1491,0.3979,0.2488,0.1069,0.1674,0.0605,0.08',
    's002,2,1,0.1,0.2,0.1,0.1,0.2,0.1,0.1',
    's003,1,1,0.1,0.2,0.1,0.1,0.2,0.1,0.1',
  ]
  const read = readPerformances(written([head, ...lines].join('\n')))
  expect(read.map(({ person, task }) => [person, task])).toEqual([
    [0, 0],
    [0, 1],
    [1, 0],
  ])
  expect(read[0]?.strokes.map(({ on, downMs, upMs }) => [on, downMs, upMs])).toEqual([
    ['customer', 500, 590],
    ['.', 1_500, 1_649],
    ['t', 1_898, 2_005],
    ['save', 3_065, 3_155],
  ])
})

test('a file of another form is refused by name', () => {
  expect(() => readPerformances(written('a,b\n1,2'))).toThrow(/not of the CMU benchmark's form/)
})

test('made people type as fast as people do, each in their own way, and the same way again', () => {
  const crowd = madePerformances(60, 2)
  const holds = crowd.flatMap(({ strokes }) => strokes.filter(({ aim }) => aim === undefined).map(({ downMs, upMs }) => upMs - downMs))
  const mean = holds.reduce((sum, ms) => sum + ms, 0) / holds.length
  expect(mean).toBeGreaterThan(95)
  expect(mean).toBeLessThan(140)
  expect(madePerformances(60, 2)).toEqual(crowd)
})
