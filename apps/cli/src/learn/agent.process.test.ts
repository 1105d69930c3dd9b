import type { Purpose } from '@overt/schema'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'

import { openTerminal } from '../terminal/terminal.ts'
import { run } from './agent.ts'
import { smallModel } from './small-model.fixture.ts'

const dir = mkdtempSync(join(tmpdir(), 'overt-agent-'))
afterAll(() => rmSync(dir, { recursive: true }))

const terminal = openTerminal({ quiet: true, data: join(dir, 'data') }, new AbortController().signal)

/** An agent whose model's people agreed to these purposes; nothing listens where it is sent. */
function sent(purposes: readonly Purpose[], flags: { readonly purpose: string; readonly url?: string }): Promise<void> {
  const model = join(dir, 'a.model')
  writeFileSync(model, smallModel(purposes))
  const rest = { url: 'http://127.0.0.1:1/orders', goal: 'Press Save.', approve: 'never', headless: true, maxActions: '1' }
  return run(terminal, [], { model, ...rest, ...flags })
}

test('a job outside the purposes of its model is refused, whatever these are', async () => {
  const refused = { code: 'OVT-1512', exitCode: 4 }
  await expect(sent(['evaluate'], { purpose: 'ground' })).rejects.toMatchObject(refused)
  await expect(sent(['ground'], { purpose: 'automate' })).rejects.toMatchObject(refused)
  await expect(sent(['ground', 'automate'], { purpose: 'automate' })).rejects.toMatchObject({ code: 'OVT-1513' })
})

test('a job has one purpose, and it is one of doing something', async () => {
  const usage = { code: 'OVT-1705', exitCode: 2 }
  for (const purpose of ['', ',', 'ground,automate', 'evaluate', 'correct', 'work'])
    await expect(sent(['ground', 'automate', 'evaluate', 'correct'], { purpose }), purpose).rejects.toMatchObject(usage)
})

test('an agent is sent to pages of the web alone', async () => {
  for (const url of ['file:///etc/hostname', 'data:text/html,x', 'chrome://version', 'about:blank', 'orders'])
    await expect(sent(['ground'], { purpose: 'ground', url }), url).rejects.toMatchObject({ code: 'OVT-1705', exitCode: 2 })
})
