import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import * as fakers from '@faker-js/faker'

/** What @faker-js/faker (MIT) has of each of its languages. */
export const definitions = Object.entries(fakers).flatMap(
  ([name, faker]) => (/^faker[A-Z]/.test(name) ? [(faker as fakers.Faker).rawDefinitions] : []), // as: every export of such a name is one
)

/** The words of a list that is written as a text. */
export const listOf = (text: string): readonly string[] => text.trim().split(/\s+/)

/** All words in a definition, however it is nested. */
export function wordsIn(definition: unknown): readonly string[] {
  if (typeof definition === 'string') return definition.split(/\s+/)
  if (Array.isArray(definition)) return definition.flatMap(wordsIn)
  return typeof definition === 'object' && definition !== null ? Object.values(definition).flatMap(wordsIn) : []
}

/** The names in the files of Python's Faker (MIT), the folder `faker/providers/person` of version 40.63.0: its lists of first and of last names in all languages. */
export function namesOfPython(folder: string): { readonly first: readonly string[]; readonly last: readonly string[] } {
  const files = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => readFileSync(join(folder, name, '__init__.py'), 'utf8'))
  const of = (kind: string): readonly string[] =>
    files
      .flatMap((file) => file.match(new RegExp(`\\n {4}\\w*${kind}_names\\w*\\b[^=\\n]*=[\\s\\S]*?\\n {4}[)}\\]]`, 'g')) ?? [])
      .flatMap((list) => [...list.matchAll(/"([^"\n]*)"/g)].map(([, one = '']) => one))
  return { first: of('first'), last: of('last') }
}
