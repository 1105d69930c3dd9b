import { type Reidentification, runReidentification } from '../../../../bench/reidentify/run.ts'
import { textFlag, type Flags } from '../command.ts'
import type { Terminal } from '../terminal/terminal.ts'

/** `overt bench reidentify`: who people are by their hands, from their strokes, from what left the device and from a release. */
export function benchReidentify(terminal: Terminal, flags: Flags): Promise<Reidentification> {
  return runReidentification({ people: 60, known: 4, probes: 6, keystrokes: textFlag(flags, 'keystrokes'), progress: terminal.progress })
}
