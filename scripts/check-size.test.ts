import { randomBytes } from 'node:crypto'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { checkSize } from './check-size.ts'
import { verdictOf } from './check.ts'
import { plant } from './plant.ts'

const table = [{ path: 'dist/mine/index.html', gzipBytes: 3_000 }]
const page = '<script type="module" src="./assets/a.js"></script><link rel="stylesheet" href="./assets/a.css">'

function house(bytes: number): string {
  const root = plant({}, { 'dist/mine/index.html': page, 'dist/mine/assets/a.css': 'a{}', 'dist/mine/assets/a.js': '' })
  writeFileSync(join(root, 'dist/mine/assets/a.js'), randomBytes(bytes))
  return root
}

test('a page within its ceiling is green; one byte store too much that it loads is red', () => {
  const roots = [house(2_000), house(4_000)]
  const [light, heavy] = roots.map((root) => checkSize(root, table))
  for (const root of roots) rmSync(root, { recursive: true })
  expect(light?.faults).toEqual([])
  expect(heavy?.faults.map(({ what }) => what)).toEqual([expect.stringMatching(/weighs 4\d\d\d bytes after gzip; at most 3000/)])
})

test('a page that loads what is not built throws, and nothing built is an error', () => {
  const root = plant({}, { 'dist/mine/index.html': page })
  expect(() => checkSize(root, table)).toThrow(/loads .\/assets\/a.js, which is not built/)
  rmSync(root, { recursive: true })
  expect(verdictOf(checkSize(plant({}, {}), table)).ok).toBe(false)
})
