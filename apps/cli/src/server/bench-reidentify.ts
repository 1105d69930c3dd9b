import { type Reidentification, runReidentification } from '../../../../bench/reidentify/run.ts'
import { textFlag, type Flags } from '../command.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { readGivenFile } from '../terminal/text-file.ts'
import { asUsage } from './bench-names.ts'

/** `overt bench reidentify`: who people are by their hands, from their strokes, from what left the device and from a release. */
export async function benchReidentify(terminal: Terminal, flags: Flags): Promise<Reidentification> {
  const keystrokes = textFlag(flags, 'keystrokes')
  // Here alone is it known which path was given, where that is a folder.
  if (keystrokes !== undefined) await readGivenFile(keystrokes)
  return runReidentification({ people: 60, known: 4, probes: 6, keystrokes, progress: terminal.progress }).catch(asUsage)
}
