import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { afterAll, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const suite = join(import.meta.dirname, 'papers')
const scratch = mkdtempSync(join(tmpdir(), 'overt-papers-'))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

/** One command of `overt`; what it says with `--json`. */
async function overt<Said>(...words: readonly string[]): Promise<Said> {
  const all = [join(root, 'apps/cli/src/main.ts'), ...words, '--data', join(scratch, 'data'), '--json', '--quiet']
  const { stdout } = await promisify(execFile)(process.execPath, all, { maxBuffer: 2 ** 26 })
  return JSON.parse(stdout)
}

const bytesIn = (folder: string): string =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n')

/** What goals name: addresses, telephone numbers, passwords, cards. */
const values = [/@example/i, /Tr0ub!/, /\+49 30 ?\d/, /4539\d{6}/]

test('a login, a person’s data and a payment are shown, learnt and done again from placeholders: no value of a goal is in what is learnt from', async () => {
  const recorded = await overt<{ successes: number }>('record', '--suite', suite, '--episodes', '8', '--person', 'gus', '--seed', '1')
  expect(recorded.successes).toBe(24)
  const spec = join(scratch, 'spec.json')
  writeFileSync(spec, JSON.stringify({ purpose: 'ground', dedupe: false, splits: { by: 'episode', validation01: 0.1, test01: 0 } }))
  const [release, lines, model] = ['release', 'lines', 'papers.model'].map((name) => join(scratch, name)) as [string, string, string] // as: three of three
  await overt('dataset', 'build', spec, '--out', release)
  await overt('dataset', 'export', release, '--format', 'jsonl', '--out', lines)
  await overt('train', '--dataset', release, '--out', model, '--seed', '1')
  const learnt = `${bytesIn(lines)}\n${readFileSync(model, 'latin1')}`
  for (const placeholder of ['[EMAIL_1]', '[PHONE_1]', '[CARD_1]', '[SECRET_1]']) expect(learnt.includes(placeholder)).toBe(true)
  expect(values.filter((value) => value.test(learnt))).toEqual([])
  type Tasks = readonly { readonly name: string; readonly n: number; readonly successes: number }[]
  const { tasks } = await overt<{ tasks: Tasks }>('evaluate', '--model', model, '--suite', suite, '--episodes', '2', '--seed', '7')
  expect(tasks).toMatchObject(['login', 'person', 'payment'].map((name) => ({ name, n: 2, successes: 2 })))
})
