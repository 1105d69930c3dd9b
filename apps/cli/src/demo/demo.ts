import { textFlag, type Flags } from '../command.ts'
import { CliError, exitCode } from '../terminal/failure.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { wholeFlag } from '../terminal/value.ts'
import { tableOf, type DemoReport } from './report.ts'
import { openWalk } from './walk.ts'
import { walkThrough } from './walk-through.ts'

/** `overt demo`: the whole loop on the bundled internal tool, with a window or without. */
export async function run(terminal: Terminal, _args: readonly string[], flags: Flags): Promise<void> {
  const headless = flags['headless'] === true
  if (!headless && process.platform === 'linux' && process.env['DISPLAY'] === undefined && process.env['WAYLAND_DISPLAY'] === undefined) {
    throw new CliError(
      'OVT-1754',
      exitCode.configuration,
      'There is no display to open a window on.',
      'Run `overt demo --headless`, or run this where a desktop is.',
    )
  }
  const walk = await openWalk(terminal, { port: wholeFlag(flags, 'port', 0), clean: flags['clean'] === true })
  try {
    const options = {
      headless,
      episodes: wholeFlag(flags, 'episodes', 1),
      demonstrations: wholeFlag(flags, 'demonstrations', 1),
      miniwobDemos: textFlag(flags, 'miniwobDemos'),
      miniwob: textFlag(flags, 'miniwob'),
    }
    if (!headless) terminal.say(`A window opens on ${walk.server.url}/demo. Nothing leaves this machine.`)
    await walkThrough(walk, options, (report) => terminal.result(report satisfies DemoReport, tableOf(report)))
  } finally {
    await walk.close()
  }
}
