import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, test } from 'vitest'

import { buildAll, buildables, isFresh, missingOutputs } from './build.ts'
import { plant } from './plant.ts'

const builder = (what: string): string => `
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
export async function build() {
  appendFileSync('../../built.log', '${what} ')
  mkdirSync('dist', { recursive: true })
  writeFileSync('dist/out.js', readFileSync('src/index.ts'))
}
`
let root = ''

beforeEach(() => {
  root = plant(
    {},
    {
      'package-lock.json': '{}',
      'packages/base/package.json': '{"name":"@overt/base"}',
      'packages/base/src/index.ts': 'export const base = 1\n',
      'packages/sdk/package.json': '{"name":"@overt/sdk","type":"module","dependencies":{"@overt/base":"*"}}',
      'packages/sdk/build.ts': builder('sdk'),
      'packages/sdk/src/index.ts': 'export const sdk = 1\n',
      'apps/page/package.json': '{"name":"@overt/page","type":"module","dependencies":{"@overt/sdk":"*"}}',
      'apps/page/build.ts': builder('page'),
      'apps/page/src/index.ts': 'export const page = 1\n',
    },
  )
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const log = (): string => (existsSync(join(root, 'built.log')) ? readFileSync(join(root, 'built.log'), 'utf8') : '')

test('what others are made of is built first, and a second build does nothing', async () => {
  expect(await buildAll(root)).toEqual(['packages/sdk', 'apps/page'])
  expect(log()).toBe('sdk page ')
  expect(await buildAll(root)).toEqual([])
  expect(log()).toBe('sdk page ')
})

test('a changed source of a dependency rebuilds what is made of it; a changed test does not', async () => {
  await buildAll(root)
  writeFileSync(join(root, 'packages/sdk/src/index.test.ts'), 'export {}\n')
  expect(await buildAll(root)).toEqual([])
  writeFileSync(join(root, 'packages/base/src/index.ts'), 'export const base = 2\n')
  expect(await buildAll(root)).toEqual(['packages/sdk', 'apps/page'])
})

test('a bundle that was deleted is known to be missing, and built again when asked', async () => {
  await buildAll(root)
  rmSync(join(root, 'packages/sdk/dist'), { recursive: true })
  const sdk = buildables(root).find(({ folder }) => folder === 'packages/sdk')
  expect(sdk !== undefined && isFresh(root, sdk) && missingOutputs(root, sdk)).toEqual(['packages/sdk/dist/out.js'])
  expect(await buildAll(root)).toEqual(['packages/sdk'])
})

test('a build that fails or leaves nothing names the package and is not fresh afterwards', async () => {
  writeFileSync(join(root, 'packages/sdk/build.ts'), "export async function build() { throw new Error('no parser') }\n")
  await expect(buildAll(root)).rejects.toThrow(/packages\/sdk\/build.ts failed[\s\S]*no parser/)
  writeFileSync(join(root, 'packages/sdk/build.ts'), 'export async function build() {}\n')
  await expect(buildAll(root)).rejects.toThrow(/packages\/sdk\/build.ts left nothing/)
  expect(log()).toBe('')
})

test('two builds at once build once', async () => {
  await Promise.all([buildAll(root), buildAll(root)])
  expect(log()).toBe('sdk page ')
})
