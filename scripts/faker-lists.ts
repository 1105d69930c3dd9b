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
