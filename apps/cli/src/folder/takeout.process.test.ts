import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'

import { inFolder, openFolder } from './folder.ts'
import { openTerminal } from '../terminal/terminal.ts'
import { killedAt, workFor } from './worked.fixture.ts'

test('a takeout that is cut off leaves none of its person’s work once the folder is opened again, and an earlier one stays', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'overt-takeout-'))
  const data = join(dir, 'data')
  const folder = await openFolder(data, () => {}, new AbortController().signal)
  await workFor(folder, 'ada')
  await folder.store.close()
  const out = join(dir, 'ada.zip')
  const terminal = openTerminal({ quiet: true, data }, new AbortController().signal)
  await inFolder(terminal, 'takeout', { person: 'ada', out })
  const later = join(dir, 'later.zip')
  expect(await killedAt('before', 'rename', '.zip.partial', ['takeout', '--person', 'ada', '--out', later, '--data', data])).toBe('SIGKILL')
  expect(existsSync(`${later}.partial`)).toBe(true)
  await inFolder(terminal, 'erase', { person: 'ada', session: null, lastMs: null })
  expect(readdirSync(dir).toSorted()).toEqual(['ada.zip', 'data'])
  rmSync(dir, { recursive: true })
})
