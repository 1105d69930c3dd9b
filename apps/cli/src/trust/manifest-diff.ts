import { diffManifests } from '@overt/privacy/tell'
import { Manifest } from '@overt/schema'

import { readJsonFile } from '../terminal/json-file.ts'
import type { Terminal } from '../terminal/terminal.ts'

/** `overt manifest diff OLD NEW`: what changed, in plain words. */
export async function run(terminal: Terminal, [before = '', after = '']: readonly string[]): Promise<void> {
  const changes = diffManifests(await readJsonFile(before, Manifest, 'manifest'), await readJsonFile(after, Manifest, 'manifest'))
  terminal.result({ changes }, changes.length === 0 ? ['No change.'] : changes)
}
