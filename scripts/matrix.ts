import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'

import { matrixCases, matrixFolders, matrixTable, type MatrixTest } from './matrix-table.ts'

interface Report {
  readonly testResults: readonly {
    readonly name: string
    readonly assertionResults: readonly { readonly title: string; readonly status: string }[]
  }[]
}

/** Runs the tests of the matrix and writes `docs/capture-matrix.md`; the exit status is the tests' own. */
async function main(root: string): Promise<void> {
  const report = join(root, '.cache/matrix.json')
  mkdirSync(join(root, '.cache'), { recursive: true })
  rmSync(report, { force: true })
  const options = ['run', '--project=browser', '--project=e2e', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const child = spawn(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), ...options, ...matrixFolders], {
    cwd: root,
    stdio: 'inherit',
  })
  const status = await new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve))
  const { testResults }: Report = JSON.parse(readFileSync(report, 'utf8'))
  const tests = testResults.flatMap(({ name, assertionResults }): readonly MatrixTest[] => {
    const file = relative(root, name).replaceAll('\\', '/')
    if (assertionResults.length === 0) return [{ file, title: 'the file itself', ok: false }]
    return assertionResults.map((one) => ({ file, title: one.title, ok: one.status === 'passed' }))
  })
  const files = matrixFolders.flatMap((folder) =>
    readdirSync(join(root, folder)).flatMap((name) => (name.endsWith('.test.ts') ? [`${folder}/${name}`] : [])),
  )
  writeFileSync(join(root, 'docs/capture-matrix.md'), matrixTable(matrixCases, tests, files))
  process.exitCode = status ?? 1
}

if (import.meta.main) await main(join(import.meta.dirname, '..'))
