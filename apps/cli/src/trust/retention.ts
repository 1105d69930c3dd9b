import { inFolder } from '../folder/folder.ts'
import type { Terminal } from '../terminal/terminal.ts'

/** `overt retention`: ends what is due, and shows what is kept until when. */
export async function run(terminal: Terminal): Promise<void> {
  const report = await inFolder(terminal, 'retention', undefined)
  const classes = [
    ['events', report.events],
    ['pictures', report.frames],
    ['datasets', report.datasets],
  ] as const
  terminal.result(report, [
    ...classes.map(([name, { kept, ended, nextAtEpochMs }]) => {
      const next = nextAtEpochMs === null ? '' : `, the next until ${new Date(nextAtEpochMs).toISOString()}`
      return `${name}: ${kept} kept${next}; ${ended} ended now`
    }),
    `${report.freedBytes} bytes freed`,
    ...report.left.map((what) => `Not reached: ${what}`),
  ])
}
