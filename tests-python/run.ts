import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { contextOf, permitFor } from '../packages/data/fixtures/house.ts'
import { workOf } from '../packages/data/fixtures/work.ts'
import { exportDataset } from '../packages/data/src/datasets/export.ts'
import { buildDataset, checkDataset } from '../packages/data/src/index.ts'

/** Builds a release and lets Python read it. `OVERT_PYTHON` names another interpreter. Says so and ends well where Python or its `datasets` is not there. */
async function run(): Promise<number> {
  const python = process.env['OVERT_PYTHON'] ?? 'python3'
  const there = spawnSync(python, ['-c', 'import datasets; print(datasets.__version__)'], { encoding: 'utf8' })
  if (there.status !== 0) {
    process.stdout.write(`${python} has no module datasets (pip install datasets): nothing was tested\n0 passed, 0 failed\n`)
    return 0
  }
  const dir = mkdtempSync(join(tmpdir(), 'overt-python-'))
  try {
    await releases(dir)
    const env = { ...process.env, HF_HUB_OFFLINE: '1', HF_DATASETS_OFFLINE: '1', HF_HOME: join(dir, 'cache'), RELEASES: dir }
    const script = fileURLToPath(new URL('test_release.py', import.meta.url))
    return spawnSync(python, [script], { stdio: 'inherit', env }).status ?? 1
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
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
