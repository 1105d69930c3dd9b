import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { schemaFiles } from './schemas.ts'

const house = join(import.meta.dirname, '..')

test('the JSON Schema files say what the schemas say (`npm run schemas` writes them)', () => {
  for (const [path, text] of schemaFiles()) expect(readFileSync(join(house, path), 'utf8'), path).toBe(text)
})

test('there is no JSON Schema file that nobody writes', () => {
  const found = readdirSync(join(house, 'packages/schema/json')).map((name) => `packages/schema/json/${name}`)
  expect(found.toSorted()).toEqual([...schemaFiles().keys()].toSorted())
})

test('each file holds types, not the marks of the library that made it', () => {
  for (const [path, text] of schemaFiles()) {
    const document = JSON.parse(text)
    expect(document.type ?? document.anyOf, path).toBeDefined()
    expect(text).not.toMatch(/"~\w+"/)
  }
})
