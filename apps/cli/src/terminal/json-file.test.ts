import { Manifest } from '@overt/schema'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import Type from 'typebox'

import { failureOf } from './failure.ts'
import { misfitOf, readJsonFile } from './json-file.ts'

const dir = mkdtempSync(join(tmpdir(), 'overt-json-'))
afterAll(() => rmSync(dir, { recursive: true }))

const Access = Type.Object({ reach: Type.Union([Type.Literal('public'), Type.Literal('private')]) }, { additionalProperties: false })

async function told(content: object): Promise<{ readonly message: string; readonly remedy: string }> {
  const path = join(dir, 'given.json')
  writeFileSync(path, JSON.stringify(content))
  return failureOf(await readJsonFile(path, Access, 'access').catch((error: unknown) => error))
}

test('a file that does not fit says what is expected at the place, and what is there', async () => {
  expect(await told({ reach: 'all' })).toMatchObject({
    message: `${join(dir, 'given.json')} is not an access file: /reach must be one of "public", "private", and is "all".`,
    remedy: expect.stringContaining('docs/spec/access.md'),
  })
})

test('what stands under a key that is not known is not told: it may be a secret', async () => {
  const { message } = await told({ reach: 'public', clientSecret: 'in a file' })
  expect(message).toMatch(/knows no key "clientSecret"\.$/)
})

test('what is there is told of short values alone, and is found under keys with strokes', () => {
  const at = (place: string, value: unknown) => misfitOf(value, { at: place, reason: 'R' })
  expect(at('/a~1b/0/c~0d', { 'a/b': [{ 'c~d': 1 }] })).toBe('R, and is 1')
  expect(at('/a', { a: 'x'.repeat(200) })).toHaveLength('R, and is '.length + 80)
  for (const [place, value] of [
    ['/a', { a: {} }],
    ['/a/b', { a: 1 }],
    ['', []],
  ] as const)
    expect(at(place, value)).toBe('R')
})

test('a folder in place of a file is named', async () => {
  const failure = failureOf(await readJsonFile(dir, Manifest, 'manifest').catch((error: unknown) => error))
  expect(failure).toMatchObject({ code: 'OVT-1708', exitCode: 3, message: `${dir} is a folder, and a file is needed.` })
})
