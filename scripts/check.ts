import { spawn } from 'node:child_process'
import { join } from 'node:path'

import { buildAll } from './build.ts'
import { checkDeps } from './check-deps.ts'
import { checkPermits } from './check-permits.ts'
import { checkShape } from './check-shape.ts'
import { checkSize } from './check-size.ts'
import { checkWords } from './check-words.ts'
import { type Finding, type Source, readSources } from './source.ts'

interface Verdict {
  readonly ok: boolean
  /** `412 files`, or why there is none. */
  readonly looked: string
  readonly lines: readonly string[]
}

interface Check {
  readonly name: string
  run(): Promise<Verdict>
}

/** How many checks were green and red. */
export interface Tally {
  readonly passed: number
  readonly failed: number
}

const shownFaults = 60
const atOnce = 2

/** What a finding means: red where there is a fault, and where nothing was looked at. */
export function verdictOf({ looked, of, faults }: Finding): Verdict {
  if (looked === 0) return { ok: false, looked: `0 ${of}`, lines: ['looked at nothing, which is an error'] }
  const lines = faults.slice(0, shownFaults).map(({ path, line, what }) => `${path}${line === 0 ? '' : `:${line}`}  ${what}`)
  if (faults.length > shownFaults) lines.push(`and ${faults.length - shownFaults} more`)
  return { ok: faults.length === 0, looked: `${looked} ${of}`, lines }
}

async function tool(root: string, args: readonly string[], looked: string): Promise<Verdict> {
  const [script = '', ...rest] = args
  const child = spawn(process.execPath, [join(root, 'node_modules', script), ...rest], {
    cwd: root,
    env: { ...process.env, NO_COLOR: '1' },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (output += text))
  const exitCode = await new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve))
  const lines = output.trim().split('\n')
  return { ok: exitCode === 0, looked, lines: lines.length > 3 * shownFaults ? [...lines.slice(0, 3 * shownFaults), 'and more'] : lines }
}

function checksOf(root: string, sources: readonly Source[]): readonly Check[] {
  const files = `${sources.length} files`
  const house = (name: string, find: () => Finding): Check => ({ name, run: async () => verdictOf(find()) })
  return [
    house('deps', () => checkDeps(root, sources)),
    house('permits', () => checkPermits(sources)),
    house('shape', () => checkShape(root, sources)),
    house('words', () => checkWords(root, sources)),
    { name: 'unit', run: () => tool(root, ['vitest/vitest.mjs', 'run', '--project=unit', '--reporter=dot'], 'tests without a browser') },
    { name: 'types', run: () => tool(root, ['typescript/bin/tsc', '-p', '.', '--pretty', 'false'], files) },
    { name: 'lint', run: () => tool(root, ['oxlint/bin/oxlint', '--type-aware', '--deny-warnings', '--format=unix', '.'], files) },
    { name: 'format', run: () => tool(root, ['oxfmt/bin/oxfmt', '--check', '.'], files) },
    {
      name: 'size',
      run: async () => {
        await buildAll(root)
        return verdictOf(checkSize(root))
      },
    },
  ]
}

async function runOne(check: Check): Promise<boolean> {
  const startedMs = performance.now()
  const verdict = await check.run().catch((error: unknown): Verdict => {
    return {
      ok: false,
      looked: 'did not run',
      lines: (error instanceof Error ? (error.stack ?? error.message) : String(error)).split('\n').slice(0, 30),
    }
  })
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1)
  const line = `${verdict.ok ? 'ok ' : 'RED'}  ${check.name.padEnd(8)} ${seconds.padStart(5)} s  ${verdict.looked}`
  process.stdout.write(`${[line, ...(verdict.ok ? [] : verdict.lines.map((text) => `       ${text}`))].join('\n')}\n`)
  return verdict.ok
}

/** Runs the checks of the house, two at a time, and prints a line for each. */
export async function runChecks(
  root: string,
  options: { readonly only?: readonly string[]; readonly without?: readonly string[] } = {},
): Promise<Tally> {
  const { only = [], without = [] } = options
  const all = checksOf(root, readSources(root))
  const unknown = only.filter((name) => !all.some((check) => check.name === name))
  if (unknown.length > 0) throw new Error(`no check is called ${unknown.join(', ')}; there are ${all.map(({ name }) => name).join(', ')}`)
  const queue = all.filter(({ name }) => (only.length === 0 || only.includes(name)) && !without.includes(name))
  const ends: boolean[] = []
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) ends.push(await runOne(next))
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return { passed: ends.filter(Boolean).length, failed: ends.filter((ok) => !ok).length }
}

async function main(only: readonly string[]): Promise<void> {
  const { passed, failed } = await runChecks(join(import.meta.dirname, '..'), { only })
  process.stdout.write(`${passed} checks passed, ${failed} failed\n`)
  process.exitCode = failed === 0 ? 0 : 1
}

if (import.meta.main) await main(process.argv.slice(2))
