import { textFlag, type Flags } from '../command.ts'
import { readingFlags } from '../dataset/reading.ts'
import { inFolder } from '../folder/folder.ts'
import type { Terminal } from '../terminal/terminal.ts'

/** `overt pictures list`: what is held back and why, by kind and place; never the text, nor whose it is. */
export async function run(terminal: Terminal, _args: readonly string[], flags: Flags): Promise<void> {
  const held = await inFolder(terminal, 'heldPictures', { ...readingFlags(flags), session: textFlag(flags, 'session') ?? null })
  const lines = held.pictures.map(({ name, origin, verdict, findings }) => {
    const places = findings.map(({ kind, box: [x, y, width, height] }) => `${kind} at ${x},${y} (${width} x ${height} px)`)
    return `${name}  ${origin}  ${verdict === 'unread' ? 'could not be read' : places.join(', ')}`
  })
  terminal.result(held, lines.length === 0 ? ['No picture is held back.'] : lines)
}
