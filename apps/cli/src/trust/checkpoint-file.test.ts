import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'

import { readCheckpointFile } from './checkpoint-file.ts'

const dir = mkdtempSync(join(tmpdir(), 'overt-note-'))
afterAll(() => rmSync(dir, { recursive: true }))

const note = 'overt/x\n3\nAAAA\n\n\u2014 overt/x BBBB\n'

test.each([
  ['a note', note],
  ['a line of the history', JSON.stringify(note)],
  ['what `ledger show --json` prints', JSON.stringify({ v: 1, entries: [], checkpoint: note })],
  ['what `erase --json` prints', JSON.stringify({ v: 1, receipt: { atEpochMs: 1, entries: [], checkpoint: note } })],
])('a checkpoint is found in %s', async (_, text) => {
  writeFileSync(join(dir, 'kept'), text)
  expect(await readCheckpointFile(join(dir, 'kept'))).toBe(note)
})

test('garbage is handed on as it is, and a missing file is an error of its own', async () => {
  writeFileSync(join(dir, 'kept'), '{"checkpoint":7}')
  expect(await readCheckpointFile(join(dir, 'kept'))).toBe('{"checkpoint":7}')
  await expect(readCheckpointFile(join(dir, 'nowhere'))).rejects.toMatchObject({ code: 'ENOENT' })
})
