import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { contextOf, permitFor } from '../packages/data/fixtures/house.ts'
import { workOf } from '../packages/data/fixtures/work.ts'
import { exportDataset } from '../packages/data/src/datasets/export.ts'
import { buildDataset, checkDataset } from '../packages/data/src/index.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
const requirements = join(here, 'requirements.txt')

/** Builds a release and lets Python read it. Says so and ends well where Python is not at hand; fails where it is and can't be set up. */
async function run(): Promise<number> {
  const python = interpreter()
  if (python === null) {
    process.stdout.write(
      'There is no python3 with venv and pip here, so nothing was tested (OVERT_PYTHON names another).\n0 passed, 0 failed\n',
    )
    return 0
  }
  const dir = mkdtempSync(join(tmpdir(), 'overt-python-'))
  try {
    await releases(dir)
    const env = { ...process.env, HF_HUB_OFFLINE: '1', HF_DATASETS_OFFLINE: '1', HF_HOME: join(dir, 'cache'), RELEASES: dir }
    return spawnSync(python, [join(here, 'test_release.py')], { stdio: 'inherit', env }).status ?? 1
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

/** A Python that has what requirements.txt names, in `.cache/python`, made on first use; null where there is no Python to make it with. */
function interpreter(): string | null {
  const base = process.env['OVERT_PYTHON'] ?? 'python3'
  const folder = join(here, '../.cache/python')
  const python = join(folder, 'bin/python')
  const wanted = readFileSync(requirements, 'utf8')
  const stamp = join(folder, 'requirements.txt')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return python
  if (spawnSync(base, ['-c', 'import venv, ensurepip']).status !== 0) return null
  process.stdout.write('fetching datasets and pyarrow from PyPI (about 100 MB, once, into .cache/python)\n')
  for (const [command, ...args] of [
    [base, '-m', 'venv', folder],
    [python, '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--requirement', requirements],
  ] as const) {
    if (spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] }).status !== 0)
      throw new Error(`${command} ${args.join(' ')} failed: check the network and pip's registry, or name a Python in OVERT_PYTHON`)
  }
  writeFileSync(stamp, wanted)
  return python
}

/** `whole` has three splits, `train` one, `back` went through lines and came back. */
async function releases(dir: string): Promise<void> {
  const permits = [await permitFor('ada'), await permitFor('gus')]
  const shares = { whole: 0.2, train: 0 }
  for (const [name, share01] of Object.entries(shares)) {
    const splits = { by: 'episode' as const, validation01: share01, test01: share01 }
    const report = await buildDataset(contextOf(workOf('ada', 'gus'), permits), { name, purpose: 'ground', splits }, join(dir, name))
    if (!report.ok || !(await checkDataset(join(dir, name))).ok) throw new Error(`the release ${name} is not sound`)
  }
  await exportDataset(join(dir, 'whole'), 'jsonl', join(dir, 'lines'))
  await exportDataset(join(dir, 'lines'), 'hf', join(dir, 'back'))
}

process.exitCode = await run()
