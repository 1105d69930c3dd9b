import { Manifest } from '@overt/schema'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

import type { CommandModule } from '../command.ts'
import { failureOf } from '../terminal/failure.ts'
import { openTerminal } from '../terminal/terminal.ts'
import * as keys from './manifest-keys.ts'
import * as check from './manifest-check.ts'
import * as sample from './manifest-sample.ts'
import * as sign from './manifest-sign.ts'
import * as verify from './receipt-verify.ts'
import * as grant from './receipt-grant.ts'

const dir = mkdtempSync(join(tmpdir(), 'overt-council-'))
afterAll(() => rmSync(dir, { recursive: true }))
const at = (name: string): string => join(dir, name)

/** What a command prints as its document or its result, in a folder. */
async function says(data: string, { run }: CommandModule, args: readonly string[] = [], flags = {}): Promise<string> {
  const printed: unknown[] = []
  const terminal = openTerminal({ quiet: true, data: at(data) }, new AbortController().signal)
  const print = (value: unknown): void => void printed.push(value)
  await run({ ...terminal, result: print, document: print }, args, flags)
  return JSON.stringify(printed[0])
}
const write = (name: string, text: string): string => {
  writeFileSync(at(name), text)
  return at(name)
}
const failure = async (asked: Promise<unknown>) => failureOf(await asked.catch((error: unknown) => error))
const councilKey = at('council.json')

let unsigned: Manifest
beforeAll(async () => {
  await says('council', keys, [], { councilKey })
  const { keyId: councilKeyId } = JSON.parse(readFileSync(councilKey, 'utf8'))
  unsigned = {
    ...JSON.parse(await says('operator', sample, [], { origin: 'http://127.0.0.1:8080', purposes: 'ground' })),
    councilKeyId,
    signatures: [],
  }
})

test('a manifest that names a council holds where that is trusted and both have signed, in either order, and nowhere else', async () => {
  const bySide = { operator: {}, council: { key: councilKey } }
  const chain = async (...order: readonly ('operator' | 'council')[]): Promise<string> => {
    let file = write('manifest.json', JSON.stringify(unsigned))
    for (const side of order) file = write(`${order.join('-')}.json`, await says(side, sign, [file], bySide[side]))
    return file
  }
  const both = await chain('operator', 'council')
  expect((await failure(says('operator', check, [both]))).message).toContain('untrusted-key')
  const told = write('keys.json', await says('council', keys))
  const { keys: trusted } = JSON.parse(await says('operator', keys, [], { council: told }))
  expect(trusted.map(({ by }: { by: string }) => by)).toEqual(['operator', 'council'])
  expect(trusted[1].keyId, 'not the operator’s of the council’s folder').toBe(unsigned.councilKeyId)
  expect(JSON.parse(await says('operator', check, [both]))).toMatchObject({ ok: true })
  expect(JSON.parse(await says('operator', check, [await chain('council', 'operator')]))).toMatchObject({ ok: true })
  expect((await failure(says('operator', check, [await chain('operator')]))).message).toContain('council-signature')
  expect((await failure(says('operator', check, [await chain('council')]))).message).toContain('unsigned')
  expect((await failure(says('council', check, [both]))).message).toContain('untrusted-key')
  const flags = { manifest: both, person: 'ada', purposes: 'ground', modalities: 'structure' }
  const receipt = write('receipt.json', await says('operator', grant, [], flags))
  expect(JSON.parse(await says('operator', verify, [receipt], { manifest: both }))).toMatchObject({ ok: true })
})

test('a key signs as the council only what names it, and no file that holds none is trusted', async () => {
  const file = write('unsigned.json', JSON.stringify(unsigned))
  const other = await failure(says('operator', sign, [file], { key: join(at('operator'), 'operator.json') }))
  expect(other).toMatchObject({ code: 'OVT-1710', exitCode: 4, message: expect.stringContaining(String(unsigned.councilKeyId)) })
  const { publicKey } = JSON.parse(readFileSync(councilKey, 'utf8'))
  const operators = JSON.parse(await says('other', keys)).keys
  for (const held of [
    { keyId: 'another', publicKey },
    { keyId: 'another', publicKey: 'none' },
    { keys: operators },
    { keys: [] },
    unsigned,
  ]) {
    const refused = await failure(says('operator', keys, [], { council: write('other.json', JSON.stringify(held)) }))
    expect(refused).toMatchObject({ code: 'OVT-1706', exitCode: 1, message: expect.stringContaining('council’s key') })
  }
  const own = await failure(says('operator', keys, [], { council: join(at('operator'), 'operator.json') }))
  expect(own, 'one holder would have both keys').toMatchObject({ code: 'OVT-1311', message: expect.stringContaining('operator’s key') })
  const sides = async (): Promise<string[]> => JSON.parse(await says('operator', keys)).keys.map(({ by }: { by: string }) => by)
  const before = await sides()
  expect(before.filter((by) => by === 'operator')).toHaveLength(1)
  await says('council', keys, [], { councilKey: at('second.json') })
  await says('operator', keys, [], { council: write('both.json', await says('council', keys)) })
  expect(
    (await sides()).filter((by) => by === 'council'),
    'each that the council’s folder names',
  ).toHaveLength(2)
})
