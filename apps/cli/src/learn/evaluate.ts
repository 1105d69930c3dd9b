import { evaluateSuite, launchBrowser, openSuite, type EvaluationReport } from '@overt/agent'

import { textFlag, type Flags } from '../command.ts'
import { counted } from '../terminal/counted.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { listFlag, pathFlag, wholeFlag } from '../terminal/value.ts'
import { bar } from './bar.ts'
import { contendersOf } from './contenders.ts'
import { examplesFor } from './examples.ts'
import { openModel } from './model-file.ts'
import { suiteFlag } from './suite-flag.ts'

/** `overt evaluate`: strict success on seeds that no demonstration used, beside the baselines on the same seeds. */
export async function run(terminal: Terminal, _args: readonly string[], flags: Flags): Promise<void> {
  const model = await openModel(terminal, pathFlag(flags, 'model', 'the model file'))
  const contenders = contendersOf(model, await examplesFor(terminal, model, textFlag(flags, 'dataset')))
  const suite = await openSuite(suiteFlag(flags))
  const browser = await launchBrowser({ headless: true })
  try {
    const wanted = listFlag(flags, 'tasks')
    const episodes = wholeFlag(flags, 'episodes', 1)
    const total = (wanted.length > 0 ? wanted.length : suite.tasks.length) * episodes * contenders.length
    let done = 0
    const report = await evaluateSuite({
      browser,
      suite,
      tasks: wanted,
      episodes,
      seed: wholeFlag(flags, 'seed', 0),
      contenders,
      model: model.head.hash,
      data: model.head.data.hash,
      signal: terminal.signal,
      onEpisode: ({ task, contender }) =>
        terminal.progress(bar((done += 1) / total, `${done} of ${counted(total, 'episode')} (${contender}, ${task})`)),
    })
    terminal.result(report, lines(report))
  } finally {
    await browser.close()
    await suite.close()
  }
}

const percent = (share01: number): string => `${(share01 * 100).toFixed(1)}%`

function lines(report: EvaluationReport): readonly string[] {
  const width = Math.max(...report.tasks.map(({ name }) => name.length))
  return [
    ...report.tasks.map(
      ({ name, n, successes, wilson: [low, high] }) =>
        `${name.padEnd(width)}  ${successes} of ${n}  ${percent(successes / n)} [${percent(low)}, ${percent(high)}]`,
    ),
    `Mean ${percent(report.mean)} over ${counted(report.tasks.length, 'task')}, ${counted(report.n, 'episode')}${report.preliminary ? ' (preliminary: fewer than 50 a task)' : ''}.`,
    ...Object.entries(report.baselines).map(([name, mean]) => `${name}: ${percent(mean)}`),
    `A decision takes ${report.msPerDecision.p50} ms (median), ${report.msPerDecision.p95} ms (95th percentile). Model ${report.model.slice(0, 12)}, data ${report.data.slice(0, 12)}, seed ${report.seed}.`,
  ]
}
