import { afterEach, expect, test, vi } from 'vitest'

import { selfPauses } from './self-pause.ts'

const quiet = { getElementsByTagName: () => [] } as unknown as Document // as: a page without films, sounds and frames

afterEach(() => vi.unstubAllGlobals())

async function reasonOn(machine: object): Promise<string> {
  vi.stubGlobal('navigator', machine)
  const reason = selfPauses(quiet)
  await Promise.resolve()
  return reason()
}

const battery = (level: number, charging: boolean) => ({ getBattery: () => Promise.resolve({ level, charging }) })

test('it pauses while data is saved, the line is paid for by use, or a battery is low that nothing charges', async () => {
  expect(await reasonOn({ connection: { saveData: true } })).toBe('save-data')
  expect(await reasonOn({ connection: { saveData: false, type: 'cellular' } })).toBe('metered')
  expect(await reasonOn(battery(0.2, false))).toBe('battery')
})

test('it does not where a browser says nothing, will not say, or says that all is well', async () => {
  expect(await reasonOn({})).toBe('')
  expect(await reasonOn({ getBattery: () => Promise.reject(new Error('not here')) })).toBe('')
  expect(await reasonOn({ connection: { saveData: false, type: 'wifi' }, ...battery(0.21, false) })).toBe('')
  expect(await reasonOn(battery(0.1, true))).toBe('')
})

test('it goes on when the battery is charged again', async () => {
  const found = { level: 0.1, charging: false }
  vi.stubGlobal('navigator', { getBattery: () => Promise.resolve(found) })
  const reason = selfPauses(quiet)
  await Promise.resolve()
  expect(reason()).toBe('battery')
  found.charging = true
  expect(reason()).toBe('')
})
