import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

import { faultRows } from './fault-rows.ts'
import { type Fuzzed, fuzz } from './fuzz.ts'
import { planted } from './plants.ts'
import { powerRows } from './power-rows.ts'
import { processRows } from './process-rows.ts'
import { type Noticed, type Ran, crashMatrix, fuzzSection, isGreen } from './report.ts'
import type { Outcome, Plant, Row } from './row.ts'

const rows: readonly Row[] = [...processRows, ...powerRows, ...faultRows]

/** Rounds that a planted fault gets to be noticed in. */
const patience = 40

function none(): Outcome {
  return { acknowledged: 0, lost: 0, twice: 0, wrong: [] }
}

/** One round; what it throws is wrong too. */
async function runRound(row: Row, seed: number, plant: Plant = {}): Promise<Outcome> {
  const outcome = none()
  try {
    await row.round(seed, outcome, plant)
  } catch (error) {
    outcome.wrong.push(`seed ${seed}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
  }
  return outcome
}

async function runRow(row: Row, firstSeed: number, rounds: number): Promise<Ran> {
  const sum = none()
  for (let seed = firstSeed; seed < firstSeed + rounds; seed += 1) {
    const found = await runRound(row, seed)
    sum.acknowledged += found.acknowledged
    sum.lost += found.lost
    sum.twice += found.twice
    sum.wrong.push(...found.wrong)
    if (found.lost + found.twice + found.wrong.length > 0)
      say(`  seed ${seed}: ${found.lost} lost, ${found.twice} twice ${found.wrong.join('\n    ')}`)
  }
  const ran = { row, firstSeed, rounds, ...sum }
  say(
    `${isGreen(ran) ? 'ok ' : 'RED'}  ${row.name}: ${rounds} rounds, ${sum.acknowledged} acknowledged, ${sum.lost} lost, ${sum.twice} twice`,
  )
  return ran
}

async function runPlanted(firstSeed: number, wanted: readonly Row[]): Promise<readonly Noticed[]> {
  const noticed: Noticed[] = []
  for (const one of planted) {
    const row = wanted.find(({ name }) => name === one.row)
    if (row === undefined) continue
    let found = none()
    let seed = firstSeed
    for (; seed < firstSeed + patience && found.lost + found.twice + found.wrong.length === 0; seed += 1)
      found = await runRound(row, seed, one.plant)
    const red = found.lost + found.twice + found.wrong.length > 0
    noticed.push({ planted: one, seed: red ? seed - 1 : null, rounds: seed - firstSeed, found })
    say(
      `${red ? 'ok ' : 'RED'}  planted in ${one.row}: ${one.what}: ${red ? `red at seed ${seed - 1}` : `not noticed in ${patience} rounds`}`,
    )
  }
  return noticed
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** `npm run test:crash [-- --long] [--write] [--row NAME] [--seed N] [--rounds N]`: exits 1 where a row is red or a planted fault goes unnoticed. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      long: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
      row: { type: 'string' },
      seed: { type: 'string', default: '1' },
      rounds: { type: 'string' },
    },
  })
  const wanted = rows.filter(({ name }) => values.row === undefined || name === values.row)
  if (wanted.length === 0) throw new Error(`no row is called ${values.row}; there are: ${rows.map(({ name }) => name).join('; ')}`)
  const firstSeed = Number(values.seed)
  const roundsOf = (row: Row): number => Number(values.rounds ?? row.rounds[values.long ? 'long' : 'short'])
  const lane = async (lane: readonly Row[]): Promise<readonly Ran[]> => {
    const ran: Ran[] = []
    for (const row of lane) ran.push(await runRow(row, firstSeed, roundsOf(row)))
    return ran
  }
  // Processes are mostly waited for: the other rows run meanwhile.
  const lanes = [wanted.filter((row) => processRows.includes(row)), wanted.filter((row) => !processRows.includes(row))]
  const ran = (await Promise.all(lanes.map(lane))).flat()
  const noticed = values.rounds === undefined ? await runPlanted(firstSeed, wanted) : []
  const forMs = values.row === undefined ? (values.long ? 600_000 : 30_000) : 0
  const fuzzed = forMs === 0 ? [] : await runFuzz(firstSeed, forMs)
  if (values.write)
    writeFileSync(join(import.meta.dirname, '../../../docs/crash-matrix.md'), `${crashMatrix(ran, noticed)}\n${fuzzSection(fuzzed, forMs)}`)
  const red = !ran.every(isGreen) || noticed.some(({ seed }) => seed === null) || fuzzed.some(({ fault }) => fault !== null)
  if (red) process.exitCode = 1
}

async function runFuzz(seed: number, forMs: number): Promise<readonly Fuzzed[]> {
  const fuzzed = await fuzz(seed, forMs)
  for (const { name, inputs, fault } of fuzzed)
    say(`${fault === null ? 'ok ' : 'RED'}  fuzzed ${name}: ${inputs} inputs${fault === null ? '' : `, ${fault}`}`)
  return fuzzed
}

await main()
