import { execFileSync } from 'node:child_process'
import { cpus, loadavg } from 'node:os'

import { root } from '../capture/bundle.ts'
import { generated, readCorpora, type Corpus } from './corpora.ts'
import { overt, overtInPage, peers } from './engines.ts'
import { samplesOf } from './samples.ts'
import { speedOf, worstMs, type Speed } from './speed.ts'
import { judge, type FalseRate, type RedactRow } from './tally.ts'

/** What `overt bench redact` prints. */
export interface RedactBench {
  readonly rows: readonly RedactRow[]
  readonly negatives: readonly FalseRate[]
  readonly speed: readonly Speed[]
  /** Our slowest inputs of 64 kB, slowest first. */
  readonly worst: readonly { readonly pattern: string; readonly ms: number }[]
  readonly machine: { readonly cpu: string; readonly cpus: number; readonly node: string; readonly revision: string }
  /** One-minute load average when the run began and when it ended. */
  readonly load: readonly [number, number]
  /** What could not be measured here, and why. */
  readonly missing: readonly string[]
}

/** A library gets as many texts of a corpus: some take a hundred milliseconds for one. */
const textsForPeers = 700

/** Measures the redactor and its peers on the generated material and on the corpora in a folder. Goes on without the folder, and says so. */
export async function runRedactBench(
  options: { readonly corpora?: string; readonly progress?: (line: string) => void } = {},
): Promise<RedactBench> {
  const began = load()
  const read = options.corpora === undefined ? undefined : readCorpora(options.corpora)
  const corpora: readonly Corpus[] = [...generated(), ...(read ?? [])]
  const page = await overtInPage()
  const ours = [overt, ...(page === undefined ? [] : [page])]
  const results: Awaited<ReturnType<typeof judge>>[] = []
  for (const engine of [...ours, ...peers])
    for (const corpus of corpora) {
      options.progress?.(`${engine.name}: ${corpus.name}`)
      const stride = ours.includes(engine) ? 1 : Math.max(1, Math.floor(corpus.cases.length / textsForPeers))
      results.push(await judge(engine, corpus, stride))
    }
  const samples = samplesOf(corpora)
  const speed: Speed[] = []
  for (const engine of [...ours, ...peers])
    for (const sample of samples)
      if (ours.includes(engine) || sample.name === 'sensitive')
        speed.push(await speedOf(engine, sample, ours.includes(engine) ? Infinity : textsForPeers))
  return {
    rows: results.flatMap(({ rows }) => rows),
    negatives: results.flatMap(({ negatives }) => negatives),
    speed,
    worst: await worstMs(overt),
    machine: machine(),
    load: [began, load()],
    missing: [
      ...(read === undefined ? ['no corpora of others: their folder is named with --corpora'] : []),
      ...(page === undefined ? ["a page's own file: `node scripts/build.ts` makes it"] : []),
    ],
  }
}

function load(): number {
  return Number((loadavg()[0] ?? 0).toFixed(1))
}

function machine(): RedactBench['machine'] {
  const revision = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim()
  return { cpu: cpus()[0]?.model.trim() ?? 'unknown', cpus: cpus().length, node: process.versions.node, revision }
}
