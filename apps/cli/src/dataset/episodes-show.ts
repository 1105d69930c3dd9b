import type { Flags } from '../command.ts'
import { inFolder } from '../folder/folder.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { readingFlags } from './reading.ts'

/** `overt episodes show ID`: one episode, step by step. */
export async function run(terminal: Terminal, [id = '']: readonly string[], flags: Flags): Promise<void> {
  const { episode } = await inFolder(terminal, 'episode', { ...readingFlags(flags), id })
  const steps = episode.steps.map(({ index, action, observation, change }) => {
    const target = action.target === null ? '' : ` ${action.target.role} "${action.target.name}"`
    return `${String(index + 1).padStart(3)}  ${action.kind}${target}${action.argument === '' ? '' : ` "${action.argument}"`}  (${observation.nodes.length} nodes seen; then: ${change})`
  })
  terminal.result({ episode }, [`${episode.goal === '' ? '(no goal)' : episode.goal}: ${episode.outcome}`, ...steps])
}
