import { expect, test } from 'vitest'

import { matrixCases, matrixTable, type MatrixTest } from './matrix-table.ts'

const [one, two, three, four] = matrixCases
const cases = [one, two, three, four].filter((row) => row !== undefined)

test('a row passes only where it has tests, all of them ran and all passed', () => {
  const tests = [
    { file: 'packages/capture/matrix/01-a.browser.test.ts', title: 'holds', ok: true },
    { file: 'packages/capture/matrix/02-b.browser.test.ts', title: 'holds', ok: true },
    { file: 'packages/capture/matrix/02-b.browser.test.ts', title: 'breaks', ok: false },
  ]
  const table = matrixTable(cases, tests, [
    'packages/capture/matrix/01-a.browser.test.ts',
    'packages/capture/matrix/02-b.browser.test.ts',
    'packages/capture/matrix/03-c.browser.test.ts',
  ])
  const results = table.split('\n').flatMap((line) => (/^\| \d/.test(line) ? [line.split(' | ')[3]] : []))
  expect(results).toEqual(['pass', '1 of 2 fail', 'did not run', 'no test yet'])
  expect(table).toContain('1 of 4 rows pass')
  expect(table).toContain('- FAILS: breaks')
})

test('a row that lacks something passes in part, and says what', () => {
  const lacking = cases.slice(0, 1).map((row) => ({ ...row, lacks: 'a thing' }))
  const table = matrixTable(
    lacking,
    [{ file: 'packages/capture/matrix/01-a.browser.test.ts', title: 'holds', ok: true }],
    ['packages/capture/matrix/01-a.browser.test.ts'],
  )
  expect(table).toContain('0 of 1 rows pass whole and 1 in part')
  expect(table).toContain('Not held: a thing.')
})

test('what lies beyond a row is said, and the row is whole', () => {
  const whole = cases.slice(0, 1).map((row) => ({ ...row, beyond: 'a thing' }))
  const table = matrixTable(whole, [{ file: '01-a.browser.test.ts', title: 'holds', ok: true }], ['01-a.browser.test.ts'])
  expect(table).toContain('1 of 1 rows pass whole and 0 in part')
  expect(table).toContain('Beyond the row: a thing.')
})

test('a row has the tests of both folders, told apart; one of the extension that did not run or that fails counts', () => {
  const page = { file: 'packages/capture/matrix/01-a.browser.test.ts', title: 'in a page', ok: true }
  const more = { file: 'tests/matrix/01-a.test.ts', title: 'with more', ok: true }
  const of = (tests: readonly MatrixTest[]): string => matrixTable(cases.slice(0, 1), tests, [page.file, more.file])
  expect(of([page, more])).toContain('- in a page\n\nWith the extension:\n\n- with more')
  expect(of([page, more])).toContain('[01-a.test.ts](../tests/matrix/01-a.test.ts)')
  expect(of([page])).toContain('did not run')
  expect(of([page, { ...more, ok: false }])).toContain('1 of 2 fail')
})

test('there are thirty cases, numbered in order', () => {
  expect(matrixCases.map(({ row }) => row)).toEqual(Array.from({ length: 30 }, (_, at) => at + 1))
})
