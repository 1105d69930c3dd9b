import type { Flags } from '../command.ts'
import { inFolder } from '../folder/folder.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { requireFlag } from '../terminal/value.ts'

const day = (epochMs: number): string => new Date(epochMs).toISOString().slice(0, 10)

/** `overt device list`: a person's devices, oldest first, and when each of them sent last. */
export async function run(terminal: Terminal, _args: readonly string[], flags: Flags): Promise<void> {
  const found = await inFolder(terminal, 'devices', { person: requireFlag(flags, 'person', 'whose devices') })
  const lines = found.devices.map(({ id, enrolledAtEpochMs, revokedAtEpochMs, lastSentAtEpochMs }) => {
    const state = revokedAtEpochMs === null ? 'in use' : `ended ${day(revokedAtEpochMs)}`
    const last = lastSentAtEpochMs === null ? 'nothing of it is kept' : `sent last ${day(lastSentAtEpochMs)}`
    return `${id}  ${state}  enrolled ${day(enrolledAtEpochMs)}  ${last}`
  })
  terminal.result(found, lines.length === 0 ? ['None.'] : lines)
}
