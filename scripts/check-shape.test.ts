import { rmSync } from 'node:fs'

import { expect, test } from 'vitest'

import { checkShape } from './check-shape.ts'
import { type Tree, plant } from './plant.ts'
import { readSources } from './source.ts'

function faultsOf(faults: Tree): readonly string[] {
  const root = plant(faults)
  const found = checkShape(root, readSources(root)).faults.map(({ path, line, what }) => `${path}:${line} ${what}`)
  rmSync(root, { recursive: true })
  return found
}

const lines = (n: number): string => Array.from({ length: n }, (_, at) => `console.log(${at})`).join('\n')
const at = 'packages/data/src/store/x.ts'

test('a sound house is green', () => {
  expect(faultsOf({})).toEqual([])
})

test.each<[string, Tree, RegExp]>([
  ['state at the top of a file', { [at]: 'let count = 0\nexport { count }\n' }, /x.ts:1 let at the top of a file/],
  ['an export without a docstring', { [at]: '// not one\nexport const x = 1\n' }, /x.ts:2 goes out without a docstring/],
  ['a file of 401 code lines', { [at]: lines(401) }, /has 401 code lines; at most 400/],
  ['a function of 61 lines', { [at]: `export function f() {\n${lines(59)}\n}\n` }, /a function of 61 code lines/],
  ['a folder named for a kind', { 'packages/data/src/utils/x.ts': 'export const x = 1\n' }, /the folder utils names a kind/],
  ['a third level', { 'packages/data/src/a/b/c/x.ts': 'export const x = 1\n' }, /lies 3 folders under src/],
  [
    'a barrel that is no door',
    { 'packages/data/src/store/index.ts': "export { x } from './x.ts'\n", [at]: 'export const x = 1\n' },
    /a barrel that is not a door/,
  ],
  ['export *', { [at]: "export * from './read.ts'\n" }, /export \*: name what goes out/],
  ['export * as', { [at]: "export * as all from './read.ts'\n" }, /export \*/],
  ['a default export', { [at]: 'export default 1\n' }, /default export/],
  [
    '41 names on a door',
    { 'packages/data/src/index.ts': `export { ${Array.from({ length: 41 }, (_, n) => `x as x${n}`).join(', ')} } from './store/x.ts'\n` },
    /a door of 41 names/,
  ],
  ['a cast without a reason', { [at]: 'export const x = 1 as unknown\n' }, /x.ts:1 as unknown: say why/],
  ['a ! without a reason', { [at]: 'export const x = [1][0]!\n' }, /!: say why/],
  ['any without a reason', { [at]: 'export const x: any = 1\n' }, /any: say why/],
  ['a reason on the line before', { [at]: '// because\nexport const x: any = 1\n' }, /any: say why/],
  ['a reason of two letters', { [at]: 'export const x: any = 1 // ok\n' }, /any: say why/],
  ['an empty catch', { [at]: 'try {\n  f()\n} catch {}\n' }, /an empty catch/],
  ['a catch with only a comment', { [at]: 'try {\n  f()\n} catch {\n  // never mind\n}\n' }, /an empty catch/],
  ['an enum', { [at]: 'export enum Kind { A }\n' }, /an enum/],
  ['a class that inherits', { [at]: 'export class B extends A {}\n' }, /inherits/],
  ['a name that says nothing', { [at]: 'export class EventManager {}\n' }, /EventManager says nothing/],
  ['a file name in camel case', { 'packages/data/src/store/readAll.ts': 'export const x = 1\n' }, /kebab-case/],
])('%s is red', (_, tree, what) => {
  expect(faultsOf(tree).join('\n')).toMatch(what)
})

test.each<[string, Tree]>([
  ['400 code lines with comments between', { [at]: `${lines(400)}\n// a comment\n/* another\n over two lines */\n` }],
  ['as const', { [at]: "/** One. */\nexport const x = ['a'] as const\n" }],
  ['a cast with its reason', { [at]: '/** One. */\nexport const x = 1 as unknown // the parser says so\n' }],
  ['a cast in a test', { 'packages/data/src/store/x.test.ts': 'export const x = 1 as unknown\n' }],
  ['an export with a docstring', { [at]: '/** One. */\nexport const x = 1\n' }],
  ['a type that is read off a documented value', { [at]: '/** One. */\nexport const x = 1\nexport type X = typeof x\n' }],
  ['an error class', { [at]: '/** One. */\nexport class StoreError extends Error {}\n' }],
])('%s is green', (_, tree) => {
  expect(faultsOf(tree)).toEqual([])
})
