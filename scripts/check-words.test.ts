import { rmSync } from 'node:fs'

import { expect, test } from 'vitest'

import { checkWords } from './check-words.ts'
import { verdictOf } from './check.ts'
import { type Tree, plant } from './plant.ts'
import { readSources } from './source.ts'

function faultsOf(faults: Tree): readonly string[] {
  const root = plant(faults)
  const found = checkWords(root, readSources(root)).faults.map(({ path, line, what }) => `${path}:${line} ${what}`)
  rmSync(root, { recursive: true })
  return found
}

const event = 'packages/schema/src/event.ts'
const feature = 'packages/learn/src/features/x.ts'
const place = (...parts: readonly string[]): string => `/${parts.join('/')}`

test('a sound house is green', () => {
  expect(faultsOf({})).toEqual([])
})

test('no schema to look at is an error', () => {
  const root = plant({}, { 'package-lock.json': '{}' })
  expect(verdictOf(checkWords(root, readSources(root))).ok).toBe(false)
  rmSync(root, { recursive: true })
})

test.each<[string, Tree, RegExp]>([
  [
    'a schema field',
    { [event]: 'export const E = Type.Object({ idleMs: Type.Number() })\n' },
    /event.ts:1 idleMs: nothing here is named for idle/,
  ],
  ['a quoted field', { [event]: "export const E = Type.Object({ 'stress_level': Type.Number() })\n" }, /named for stress/],
  ['a field of an interface', { [event]: 'export interface E { readonly hesitationMs: number }\n' }, /named for hesitation/],
  ['a kind', { [event]: "export const E = Type.Literal('affect')\n" }, /named for affect/],
  ['a feature by its string', { [feature]: "export const names = ['typing_score']\n" }, /typing_score: nothing here is named for score/],
  ['a feature by its field', { [feature]: 'export const x = { emotion: 1 }\n' }, /named for emotion/],
  ['a JSON Schema', { 'packages/schema/json/x.schema.json': '{"properties":{"moodScore":{}}}' }, /x.schema.json:0 moodScore/],
  [
    'a word that the glossary avoids',
    { [event]: 'export const E = Type.Object({ employee: Type.String() })\n' },
    /employee: the glossary says person/,
  ],
  ['a place on one machine', { 'docs/x.md': `see ${place('tmp', 'x.log')}` }, /docs\/x.md:1 .* is a place on one machine/],
  [
    'a registry host in the lockfile',
    { 'package-lock.json': '{"packages":{"a":{\n"resolved": "https://registry.npmjs.org/a.tgz"}}}' },
    /package-lock.json:2 names a registry host/,
  ],
  [
    'a lockfile without a platform',
    { 'package-lock.json': '{"packages":{"node_modules/a":{"optionalDependencies":{"a-darwin":"1"}}}}' },
    /lacks a-darwin/,
  ],
])('%s is red', (_, tree, what) => {
  expect(faultsOf(tree).join('\n')).toMatch(what)
})

test('a word of the glossary is green though another row avoids it, and so is a longer word', () => {
  expect(faultsOf({ [event]: 'export const E = Type.Object({ step: 1, affectedRows: 1, underscore: 1 })\n' })).toEqual([])
})
