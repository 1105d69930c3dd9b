import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { buildAll } from './build.ts'
import { runChecks } from './check.ts'

interface Tally {
  readonly passed: number
  readonly failed: number
}

interface Report {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numFailedTestSuites: number
}

/** Runs the named vitest projects with their own output and counts them from the report; a run that counted nothing has failed. */
async function runTests(root: string, projects: readonly string[], filters: readonly string[]): Promise<Tally> {
  const report = join(root, '.cache/tests.json')
  mkdirSync(join(root, '.cache'), { recursive: true })
  rmSync(report, { force: true })
  const args = [
    'run',
    ...projects.map((name) => `--project=${name}`),
    '--passWithNoTests',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]
  const child = spawn(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), ...args, ...filters], {
    cwd: root,
    stdio: 'inherit',
  })
  const exitCode = await new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve))
  const counted: Report = JSON.parse(readFileSync(report, 'utf8'))
  const failed = Math.max(counted.numFailedTests, counted.numFailedTestSuites > 0 || exitCode !== 0 ? 1 : 0)
  return { passed: counted.numPassedTests, failed }
}

async function main(filters: readonly string[]): Promise<void> {
  const root = join(import.meta.dirname, '..')
  const built = await buildAll(root, { say: (line) => process.stderr.write(`overt: ${line}\n`) }).then(
    () => ({ passed: 1, failed: 0 }),
    (error: unknown) => {
      process.stderr.write(`overt: ${error instanceof Error ? error.message : String(error)}\n`)
      return { passed: 0, failed: 1 }
    },
  )
  const checks = filters.length > 0 ? { passed: 0, failed: 0 } : await runChecks(root, { without: ['unit'] })
  const tests = await runTests(root, ['unit', 'process', 'browser', 'e2e'], filters)
  const total = [built, checks, tests].reduce((sum, one) => ({ passed: sum.passed + one.passed, failed: sum.failed + one.failed }))
  process.exitCode = total.failed > 0 || tests.passed === 0 ? 1 : 0
  const summary = `${total.passed} passed, ${total.failed} failed\n`
  writeFileSync(join(root, '.cache/tests.txt'), summary)
  process.stdout.write(summary)
}

await main(process.argv.slice(2))
