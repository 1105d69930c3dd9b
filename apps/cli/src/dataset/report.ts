import type { buildDataset } from '@overt/data'

import { exitCode } from '../terminal/failure.ts'
import type { Terminal } from '../terminal/terminal.ts'

/** Prints what a build made or a check found; exit 1 where something is wrong. */
export function tell(terminal: Terminal, report: Awaited<ReturnType<typeof buildDataset>>): void {
  const splits = Object.entries(report.splits).map(([split, { rows, episodes }]) => `${split} ${rows} rows of ${episodes} episodes`)
  terminal.result(report, [
    `${report.ok ? 'Good' : 'Not good'}: ${report.rows} rows, ${report.episodes} episodes, ${report.people} people (${splits.join('; ')}).`,
    ...Object.entries(report.dropped).map(([reason, count]) => `Left out: ${count} ${reason}`),
    ...report.problems.map(({ code, level, what }) => `${level}: ${what} (${code})`),
    ...(report.hash === '' ? [] : [`Release ${report.hash}`]),
  ])
  if (!report.ok) process.exitCode = exitCode.failed
}
