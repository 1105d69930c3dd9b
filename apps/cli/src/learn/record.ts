import type { Flags } from '../command.ts'
import { inFolder } from '../folder/folder.ts'
import { takenBackCode } from '../folder/taken-back.ts'
import { CliError, exitCode } from '../terminal/failure.ts'
import { counted } from '../terminal/counted.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { listFlag, personFlag, wholeFlag } from '../terminal/value.ts'
import { agreesAnew } from './agrees-anew.ts'
import { suiteFlag } from './suite-flag.ts'

/** `overt record`: demonstrations of `solve()`, through the real recorder; exit 1 where one of them failed its task. */
export async function run(terminal: Terminal, _args: readonly string[], flags: Flags): Promise<void> {
  const request = {
    suite: suiteFlag(flags),
    tasks: listFlag(flags, 'tasks'),
    episodes: wholeFlag(flags, 'episodes', 1),
    seed: wholeFlag(flags, 'seed', 0),
    person: personFlag(flags, 'in whose name they are recorded'),
  }
  const report = await inFolder(terminal, 'record', { ...request, agreesAnew: false }).catch(async (error: unknown) => {
    if (!(error instanceof CliError) || error.code !== takenBackCode || !terminal.input) throw error
    if (!(await agreesAnew(error.message, { input: process.stdin, output: process.stderr, signal: terminal.signal }))) throw error
    return inFolder(terminal, 'record', { ...request, agreesAnew: true })
  })
  terminal.result(report, [
    ...report.tasks.flatMap(({ name, episodes, successes, failures }) => [
      `${name}: ${successes} of ${episodes}`,
      ...failures.map((why) => `  ${why}`),
    ]),
    `${counted(report.episodes, 'demonstration')} in ${(report.ms / 1000).toFixed(1)} s: ${counted(report.batches, 'batch', 'batches')}, ${counted(report.events, 'event')}.`,
  ])
  if (report.successes < report.episodes) process.exitCode = exitCode.failed
}
