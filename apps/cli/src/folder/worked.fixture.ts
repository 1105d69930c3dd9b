import { encodeColumns } from '@overt/schema/words'
import type { Event, Observation, ObservationNode } from '@overt/schema'
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'

import { openDevice } from './device.ts'
import type { Folder } from './folder.ts'
import { signedSample } from './sample.ts'

const origin = 'http://127.0.0.1:1'
const row = { parent: -1, value: '', states: [], options: [], look: '', keys: '' } as const
const nodes: readonly ObservationNode[] = [
  { ...row, id: 1, tag: 'button', inputType: '', role: 'button', name: 'Save', box: [1, 2, 30, 10], states: [], options: [] },
  { ...row, id: 2, tag: 'input', inputType: 'text', role: 'textbox', name: 'Note', box: [1, 20, 30, 10], states: [], options: [] },
]
const viewport = { width: 800, height: 600, scrollX: 0, scrollY: 0, pixelRatio: 1 }

/** Keeps a few tasks of a person under a receipt for `ground`: a note is written and saved. */
export async function workFor(folder: Folder, person: string): Promise<void> {
  const { store, operator } = folder
  const manifest = await signedSample(operator, { origins: [origin], purposes: ['ground'], nowEpochMs: store.nowEpochMs() })
  const device = await openDevice(folder, { person, manifest, purpose: 'ground' })
  const seen: Observation = { id: 0, url: `${origin}/orders`, title: 'Orders', viewport, status: 'fresh', nodes: [...nodes] }
  const base = { gap: 0, observation: 0 }
  const task = { kind: 'task', ...base, node: -1, template: '', seed: '' } as const
  for (const note of ['heron', 'osprey', 'kingfisher']) {
    const events: readonly Event[] = [
      { ...task, seq: 0, phase: 'start', goal: `write ${note}`, outcome: 'unknown', by: 'none' },
      { kind: 'text', seq: 1, ...base, node: 2, before: '', after: note, cause: 'typed', secret: false },
      { kind: 'click', seq: 2, ...base, node: 1, button: 0, count: 1, modifiers: '', x: 5, y: 5, cause: 'pointer' },
      { ...task, seq: 3, phase: 'end', goal: '', outcome: 'success', by: 'page' },
    ]
    await device.send({
      v: 'overt.batch/2',
      id: randomUUID(),
      person,
      device: device.id,
      session: `session-${note}`,
      producer: randomUUID(),
      receipt: device.receipt.id,
      manifest: device.receipt.manifestSha256,
      purpose: 'ground',
      modalities: ['actions', 'text', 'structure'],
      mode: 'task',
      origin,
      path: '/orders',
      closedAtEpochMs: store.nowEpochMs(),
      redaction: manifest.redaction,
      ...encodeColumns(events, [seen]),
      counters: {},
    })
  }
}

/** Runs the program with a killed process in place of one call of the file system: the first of `name` whose first path ends so. Tells by which signal it ended. */
export function killedAt(
  when: 'before' | 'after',
  name: 'rename' | 'writeFile',
  end: string,
  args: readonly string[],
): Promise<string | null> {
  const script = `import fs from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
const call = fs.${name}
const die = () => process.kill(process.pid, 'SIGKILL')
fs.${name} = async (path, ...more) => {
  const isIt = String(path).endsWith(${JSON.stringify(end)})
  if (isIt && ${JSON.stringify(when)} === 'before') die()
  const made = await call(path, ...more)
  if (isIt) die()
  return made
}
syncBuiltinESMExports()`
  const hook = `data:text/javascript,${encodeURIComponent(script)}`
  const child = spawn(process.execPath, ['--import', hook, join(import.meta.dirname, '../main.ts'), ...args], { stdio: 'ignore' })
  return new Promise((resolve) => child.once('close', (_, signal) => resolve(signal)))
}
