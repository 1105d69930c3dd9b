import type { buildDataset } from '@overt/data'

import { counted } from '../terminal/counted.ts'
import { exitCode } from '../terminal/failure.ts'
import type { Terminal } from '../terminal/terminal.ts'

/** Prints what a build made or a check found; exit 1 where something is wrong. */
export function tell(terminal: Terminal, report: Awaited<ReturnType<typeof buildDataset>>): void {
  const splits = Object.entries(report.splits).map(
    ([split, { rows, episodes }]) => `${split} ${counted(rows, 'row')} of ${counted(episodes, 'episode')}`,
  )
  terminal.result(report, [
    `${report.ok ? 'Good' : 'Not good'}: ${counted(report.rows, 'row')}, ${counted(report.episodes, 'episode')}, ${counted(report.people, 'person', 'people')}${splits.length === 0 ? '' : ` (${splits.join('; ')})`}.`,
    ...Object.entries(report.dropped).map(([reason, count]) => `Left out: ${count} ${reason}`),
    ...report.problems.map(({ code, level, what }) => `${level}: ${what} (${code})`),
    ...(report.hash === '' ? [] : [`Release ${report.hash}`]),
  ])
  if (!report.ok) process.exitCode = exitCode.failed
}
