import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { root } from '../capture/bundle.ts'
import type { Corpus } from './corpora.ts'

/** Texts of one sort, whose speed is told apart. */
export interface Sample {
  readonly name: string
  readonly texts: readonly string[]
}

const longestText = 32_768
const shortestLong = 4_096

/** Ordinary short texts and ordinary long ones, and texts with something to mask: one figure for all would hide the slowest. */
export function samplesOf(corpora: readonly Corpus[]): readonly Sample[] {
  const cases = corpora.flatMap(({ cases: all }) => all)
  const documents = documentsOf()
  return [
    { name: 'ordinary short: nothing to mask, though it looks so', texts: cases.filter((one) => isNothing(one)).map(({ text }) => text) },
    {
      name: 'ordinary short: lines of documents',
      texts: documents.flatMap((text) => text.split('\n')).filter((line) => line.trim() !== ''),
    },
    { name: 'ordinary long: documents', texts: documents.flatMap(pieces).filter(({ length }) => length >= shortestLong) },
    { name: 'sensitive', texts: cases.filter((one) => !isNothing(one)).map(({ text }) => text) },
  ]
}

function isNothing({ complete, positive, spans }: Corpus['cases'][number]): boolean {
  return spans.length === 0 && positive !== true && (complete || positive === false)
}

/** What was written for people in this project. */
function documentsOf(): readonly string[] {
  const docs = join(root, 'docs')
  const paths = readdirSync(docs, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md'))
  return paths.sort().map((name) => readFileSync(join(docs, name), 'utf8'))
}

function pieces(text: string): readonly string[] {
  return Array.from({ length: Math.ceil(text.length / longestText) }, (_, index) =>
    text.slice(index * longestText, (index + 1) * longestText),
  )
}
