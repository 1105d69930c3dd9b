import { isTooShort } from '@overt/data/govern'

import { textFlag, type Flags } from '../command.ts'
import { readingFlags } from '../dataset/reading.ts'
import { inFolder } from '../folder/folder.ts'
import { CliError, exitCode } from '../terminal/failure.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { readTextFile } from '../terminal/text-file.ts'
import { wholeFlag } from '../terminal/value.ts'

const mostSought = 1_000
const longestSought = 200

/** `overt pictures check`: lets pictures out of quarantine that show nothing; tells of the others by kind and count, never by what they show. */
export async function run(terminal: Terminal, _args: readonly string[], flags: Flags): Promise<void> {
  const reading = readingFlags(flags)
  const file = textFlag(flags, 'against')
  const sought = file === undefined ? [] : soughtIn(await readTextFile(file), file)
  const most = wholeFlag(flags, 'most', 1)
  const done = await inFolder(terminal, 'pictures', { ...reading, session: textFlag(flags, 'session') ?? null, sought, most })
  const held = done.held.map(({ name, verdict, found, ...of }) => {
    const kinds = Object.entries(found).map(([kind, times]) => `${kind} ${times}`)
    return `${name}  session ${of.session}  ${verdict === 'unread' ? 'could not be read' : kinds.join(', ')}`
  })
  const words = `${done.clear} cleared, ${done.found} with something in them, ${done.unread} not readable; ${done.before} checked before, ${done.left} not checked yet.`
  terminal.result(done, [...held, words])
  if (held.length > 0) process.exitCode = exitCode.failed
}

/** One text a line. */
function soughtIn(text: string, file: string): readonly string[] {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const bad = lines.findIndex((line) => isTooShort(line) || line.length > longestSought)
  if (bad === -1 && lines.length > 0 && lines.length <= mostSought) return lines
  const what = bad === -1 ? `it has ${lines.length} texts` : `its text ${bad + 1} is too short to be told apart, or too long`
  throw new CliError(
    'OVT-1746',
    exitCode.configuration,
    `${file} is no list of texts to look for: ${what}.`,
    `Write 1 to ${mostSought} lines, each of 4 letters or figures to ${longestSought} signs.`,
  )
}
