import type { Fuzzed } from './fuzz.ts'
import type { Planted } from './plants.ts'
import type { Outcome, Row } from './row.ts'

/** A row and what it found. */
export interface Ran extends Outcome {
  readonly row: Row
  readonly firstSeed: number
  readonly rounds: number
}

/** A planted fault, and the first seed at which its row turned red; null where it never did. */
export interface Noticed {
  readonly planted: Planted
  readonly seed: number | null
  readonly rounds: number
  readonly found: Outcome
}

/** Whether a row is green: it acknowledged something, and nothing of it is lost, there twice, or otherwise wrong. */
export function isGreen({ acknowledged, lost, twice, wrong }: Outcome): boolean {
  return acknowledged > 0 && lost === 0 && twice === 0 && wrong.length === 0
}

/** The matrix as Markdown. */
export function crashMatrix(ran: readonly Ran[], noticed: readonly Noticed[]): string {
  const green = ran.filter(isGreen).length
  const seen = noticed.filter(({ seed }) => seed !== null).length
  return [
    '# The crash matrix',
    '',
    `${green} of ${ran.length} rows: nothing acknowledged is lost, nothing is there twice. ${seen} of ${noticed.length} planted faults turned their row red. Rows come from runs of \`npm run test:crash -- --long --write\`; \`--row NAME --seed N --rounds 1\` repeats a round.`,
    '',
    '| row | what is done, and what must hold beside | rounds (seeds) | crashes | acknowledged | lost | twice | result |',
    '|---|---|---|---|---|---|---|---|',
    ...ran.map(line),
    '',
    'Acknowledged: batches that were answered with 200. About one in seven of them is sent again, as a device does whose answer got lost. Twice: read more than once, taken as new again, or more than once in the log. In every row the ledger verifies afterwards, and what is read is what was sent.',
    '',
    '## Planted faults',
    '',
    'Each is made by the layers of the tests alone (a disk under the store, the store in a wrapping, a server of the tests); the product has no switch for it.',
    '',
    '| planted | row | turned red at seed | lost | twice | otherwise |',
    '|---|---|---|---|---|---|',
    ...noticed.map(
      ({ planted, seed, found }) =>
        `| ${planted.what} | ${planted.row} | ${seed ?? 'NOT NOTICED'} | ${found.lost} | ${found.twice} | ${cell(found.wrong[0] ?? '')} |`,
    ),
    '',
    "Not held: SQLite's files are taken as they lie when the power goes, since SQLite syncs what it commits and tests that itself; a bit flipped in them is not noticed by a checksum of ours. Power losses are played on a model of a disk, not on one.",
    '',
  ].join('\n')
}

/** What the fuzzing found, as Markdown. */
export function fuzzSection(fuzzed: readonly Fuzzed[], forMs: number): string {
  return [
    '## Fuzzing',
    '',
    `Every reader of what comes from outside, or from a disk, is given inputs near real ones (fast-check), ${Math.round(forMs / 1000)} s in all. It must take an input or refuse it in its own words: no crash, no hang.`,
    '',
    '| reader | seed | inputs | taken all the same | crashes and hangs |',
    '|---|---|---|---|---|',
    ...fuzzed.map(
      ({ name, seed, inputs, taken, fault }) => `| ${name} | ${seed} | ${inputs} | ${taken} | ${fault === null ? 0 : cell(fault)} |`,
    ),
    '',
  ].join('\n')
}

function line(one: Ran): string {
  const { row, firstSeed, rounds, acknowledged, lost, twice } = one
  const result = isGreen(one) ? 'pass' : `RED: ${cell(one.wrong[0] ?? '')}`
  return `| ${row.name} | ${row.how} | ${rounds} (${firstSeed}-${firstSeed + rounds - 1}) | ${rounds * row.crashes} | ${acknowledged} | ${lost} | ${twice} | ${result} |`
}

function cell(text: string): string {
  return text
    .replaceAll(/\/\S*overt-crash-\w+/g, '')
    .replaceAll('|', ' ')
    .replaceAll('\n', ' ')
    .slice(0, 160)
}
