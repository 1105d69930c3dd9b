import { evaluateSuite, modelContender, openSuite } from '@overt/agent'
import { spawn } from 'node:child_process'
import { access, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { importMiniwob } from '../folder/importing.ts'
import { buildRelease, learn } from './lesson.ts'
import type { Walk } from './walk.ts'

/** How the same loop does on people's demonstrations. `measure`: `success` on live pages, or, where those are missing, the first choice on held-out demonstrations. */
export interface HumanReport {
  readonly tasks: number
  readonly mean: number
  readonly measure: 'success' | 'next-action'
  readonly demonstrations: number
  readonly episodes: number
}

const root = fileURLToPath(new URL('../../../../', import.meta.url))
const person = 'miniwob-people'
/** Every so many tasks of the folder are taken, so that the sample is spread over kinds. */
const everyTasks = 5
const demonstrationsEach = 24
const episodesEach = 4

/** Folder of recorded human demonstrations: the one named, else the one beside the project; null where there is none. */
export async function demonstrationsDir(named: string | undefined): Promise<string | null> {
  const dir = named ?? join(root, '../shared/data/miniwob-demos')
  return (await there(dir)) ? dir : null
}

/** Imports a sample of people's demonstrations, trains on them alone and scores the result. */
export async function humanPart(
  walk: Walk,
  demosDir: string,
  pages: string | undefined,
  say: (text: string, progress01: number) => void,
): Promise<HumanReport> {
  const files = (await readdir(demosDir)).filter((name) => name.endsWith('.jsonl.gz')).sort()
  const sample = files.filter((_, index) => index % everyTasks === 0)
  const tasks = sample.map((name) => name.replace(/\.jsonl\.gz$/, ''))
  say(`Importing people's demonstrations of ${tasks.length} tasks`, 0.1)
  const { successes } = await importMiniwob(walk.folder, { paths: sample.map((name) => join(demosDir, name)), person })
  const release = await buildRelease(walk, 'human', demonstrationsEach, 0.1, [person])
  say('Learning from them', 0.4)
  const lesson = await learn(walk, release, 'human')
  const html = await miniwobPages(pages)
  const known = { tasks: tasks.length, demonstrations: Math.min(successes, release.report.episodes) }
  if (html === null) return { ...known, mean: lesson.model.head.validation.top1, measure: 'next-action', episodes: 0 }
  say('Trying tasks it has not seen', 0.6)
  return { ...known, mean: await liveMean(walk, html, tasks, lesson), measure: 'success', episodes: tasks.length * episodesEach }
}

async function liveMean(walk: Walk, html: string, tasks: readonly string[], lesson: Awaited<ReturnType<typeof learn>>): Promise<number> {
  const suite = await openSuite(`miniwob:${html}`)
  try {
    const report = await evaluateSuite({
      browser: walk.hidden,
      suite,
      tasks,
      episodes: episodesEach,
      seed: 1,
      contenders: [modelContender(lesson.model)],
      signal: walk.terminal.signal,
    })
    return report.mean
  } finally {
    await suite.close()
  }
}

/** MiniWoB++'s pages: the folder named, the one fetched before, or the `miniwob` package of PyPI where pip is at hand; null where none of these is. */
async function miniwobPages(named: string | undefined): Promise<string | null> {
  if (named !== undefined) return named
  const cache = join(root, '.cache/miniwob')
  const html = join(cache, 'miniwob/html')
  if (await there(html)) return html
  const fetched = await succeeds('python3', [
    '-m',
    'pip',
    'install',
    '--quiet',
    '--no-deps',
    '--no-compile',
    '--target',
    cache,
    'miniwob==1.1.0',
  ])
  return fetched && (await there(html)) ? html : null
}

function succeeds(command: string, args: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    spawn(command, args, { stdio: 'ignore', timeout: 60_000 })
      .once('error', () => resolve(false))
      .once('close', (code) => resolve(code === 0))
  })
}

function there(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false, // absent: the caller goes on without it
  )
}
