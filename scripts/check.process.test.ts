import { copyFileSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'

import { afterEach, expect, test, vi } from 'vitest'

import { runChecks } from './check.ts'
import { type Tree, plant } from './plant.ts'

const house = join(import.meta.dirname, '..')
let root = ''

afterEach(() => {
  rmSync(root, { recursive: true, force: true })
  vi.restoreAllMocks()
})

/** Runs one check over a planted house with the settings of this one; returns what it printed. */
async function printed(check: string, tree: Tree): Promise<string> {
  root = plant(tree, {
    'package.json': '{\n  "type": "module"\n}\n',
    '.gitignore': 'node_modules\n',
    'packages/a/src/index.ts': 'export const sound = 1\n',
  })
  for (const file of ['tsconfig.json', '.oxlintrc.json', '.oxfmtrc.json']) copyFileSync(join(house, file), join(root, file))
  symlinkSync(join(house, 'node_modules'), join(root, 'node_modules'))
  const out: string[] = []
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => out.push(String(text)) > 0)
  const { passed, failed } = await runChecks(root, { only: [check] })
  expect(passed + failed).toBe(1)
  return out.join('')
}

const at = 'packages/a/src/x.ts'

test.each<[string, string, Tree, RegExp]>([
  ['types', 'an unchecked index', { [at]: "export const x: string = ['a'][0]\n" }, /RED {2}types[\s\S]*x.ts\(1,\d+\): error TS2322/],
  ['types', 'syntax that is not erased', { [at]: 'export enum A { B }\n' }, /TS1294/],
  ['types', 'an optional that is set to undefined', { [at]: 'export const x: { a?: number } = { a: undefined }\n' }, /TS2375/],
  [
    'lint',
    'a promise that nobody awaits',
    { [at]: 'export function f(): void {\n  Promise.resolve(1)\n}\n' },
    /RED {2}lint[\s\S]*x.ts:2:\d+.*no-floating-promises/,
  ],
  [
    'lint',
    'a union that is not exhausted',
    { [at]: "export function f(x: 'a' | 'b'): number {\n  switch (x) {\n    case 'a':\n      return 1\n  }\n  return 0\n}\n" },
    /switch-exhaustiveness-check/,
  ],
  ['lint', 'loose equality', { [at]: 'export const x = (a: unknown) => a == 1\n' }, /eqeqeq/],
  ['format', 'a semicolon', { [at]: 'export const x = 1;\n' }, /RED {2}format[\s\S]*x.ts/],
])('%s: %s is red', async (check, _, tree, what) => {
  expect(await printed(check, tree)).toMatch(what)
})

test.each(['types', 'lint', 'format'])('%s: a sound house is green', async (check) => {
  expect(await printed(check, {})).toMatch(new RegExp(`^ok {3}${check} .* 1 files\\n$`))
})

test('a failing test makes the unit check red, and so does a house without tests', async () => {
  const config = "export default { test: { projects: [{ test: { name: 'unit', include: ['packages/**/*.test.ts'] } }] } }\n"
  const failing = "import { expect, test } from 'vitest'\n\ntest('x', () => expect(1).toBe(2))\n"
  expect(await printed('unit', { 'vitest.config.js': config, 'packages/a/src/x.test.ts': failing })).toMatch(
    /RED {2}unit[\s\S]*expected 1 to be 2/,
  )
  rmSync(root, { recursive: true })
  expect(await printed('unit', { 'vitest.config.js': config })).toMatch(/RED {2}unit[\s\S]*No test files found/)
})

test('a check that nobody knows is an error', async () => {
  root = plant()
  await expect(runChecks(root, { only: ['lnit'] })).rejects.toThrow(/no check is called lnit; there are deps, /)
})
