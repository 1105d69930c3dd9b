import type { Flags } from '../command.ts'
import { readingFlags } from '../dataset/reading.ts'
import { inFolder } from '../folder/folder.ts'
import type { PictureJudging } from '../folder/judging.ts'
import type { Terminal } from '../terminal/terminal.ts'

/** Which picture, and why: nobody judges one without a purpose. */
export function judgingOf([name = '']: readonly string[], flags: Flags): PictureJudging {
  return { name, purpose: readingFlags(flags).purpose }
}

/** Judges a held picture and says what became of it. */
export async function judge(terminal: Terminal, args: readonly string[], flags: Flags, destroy: boolean): Promise<void> {
  const judged = await inFolder(terminal, 'judgePicture', { ...judgingOf(args, flags), destroy })
  const kinds = Object.keys(judged.found).join(', ')
  const done = destroy ? 'Destroyed, for its person too' : 'Released: readers get it, under a permit as ever'
  terminal.result(judged, [
    `${done}. A check had found: ${kinds === '' ? 'nothing that it could read' : kinds}.`,
    `Entry ${judged.entry} of the ledger; its person sees it in Mine.`,
    ...judged.left.map((what) => `Not reached: ${what}`),
  ])
}
