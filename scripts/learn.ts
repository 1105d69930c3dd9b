import { execFileSync } from 'node:child_process'
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { type Marked, contrasts, isSecret, markedIn, overlap, shielded } from './learn-texts.ts'
import { type Example, learned } from './logistic.ts'

/** `node scripts/learn.ts [--on] FILE...` makes `learned-packed.ts` anew, the same from the same texts: JSON lines of `{"text": "the gate is ⟦code|4471⟧"}`; with `--on` from its weights on, so that what was learned from texts that are no longer there stays. What is written in the project and in its dependencies' documents counts as texts without a secret. */
const root = join(import.meta.dirname, '..')
const out = join(root, 'packages/privacy/src/redact/wide/learned-packed.ts')
/** How long pieces of documents are, in lines, in turn; and in letters, at least and at most. */
const pieceLines = [1, 1, 2, 3, 6, 12]
const [shortestPiece, longestPiece] = [20, 1_200]

function save(weights: string): void {
  writeFileSync(out, `/** Made by \`node scripts/learn.ts\`. */\nexport const secretWeights: string =\n  '${weights}'\n`)
}

function documents(): readonly string[] {
  const own = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' })
    .split('\n')
    .filter(
      (name) => /\.(?:md|tsx?|json|ya?ml|css|html)$/.test(name) && !/packed|redact|learn|corpora|package-lock|\/ner\/|secret/.test(name),
    )
  const theirs = globSync('node_modules/**/*.md', { cwd: root }).filter((name) => !/licen|contribut|author|secret|redact/i.test(name))
  return [...own, ...theirs.sort().filter((_, place) => place % 2 === 1)]
}

function piecesOf(name: string, turn: number): readonly string[] {
  const lines = readFileSync(join(root, name), 'utf8').slice(0, 60_000).split('\n')
  const pieces: string[] = []
  let next = turn
  for (let at = 0; at < lines.length;) {
    const most = pieceLines[next % pieceLines.length] ?? 1
    pieces.push(
      lines
        .slice(at, at + most)
        .join('\n')
        .slice(0, longestPiece)
        .trim(),
    )
    at += most
    next += 1
  }
  return pieces.filter(({ length }) => length > shortestPiece)
}

const isOn = process.argv[2] === '--on'
const { secretWeights } = await import(`${out}?before`)
// Without weights the redactor finds what rules find.
save('')
const { lookAt } = await import('../packages/privacy/src/redact/look.ts')
const { redactText } = await import('../packages/privacy/src/redact/text.ts')
const { packed, secretLength, unpacked, weightsOfOne, widest } = await import('../packages/privacy/src/redact/wide/learned.ts')
const { leadsIn, secretsPerhaps } = await import('../packages/privacy/src/redact/wide/likely-secret.ts')
const { secretSum } = await import('../packages/privacy/src/redact/wide/traits.ts')

const none = new Int8Array(secretLength)

function examplesOf({ text, spans }: Marked): readonly Example[] {
  const look = lookAt(text)
  const leads = leadsIn(look)
  return secretsPerhaps(text, look, leads).flatMap((stretch) => {
    const own = spans.filter((span) => overlap(span, stretch))
    const is = own.some(isSecret)
    if (own.length > 0 && !is) return []
    const places: number[] = []
    secretSum({ text, leads }, stretch, none, places)
    return [{ places, is }]
  })
}

const texts = process.argv.slice(isOn ? 3 : 2).flatMap((path) => readFileSync(path, 'utf8').split('\n').filter(Boolean).map(markedIn))
const marked = texts.flatMap((text, turn) => {
  const { spans } = redactText(text.text)
  return [text, ...(spans.length > 0 ? [shielded(text, spans)] : []), ...contrasts(text, turn)].flatMap(examplesOf)
})
const ordinary = documents()
  .flatMap(piecesOf)
  // What rules find in such a text may be one.
  .filter((text) => redactText(text).spans.length === 0)
  .flatMap((text) => examplesOf({ text, spans: [] }))
const before = isOn ? Float32Array.from(unpacked(secretWeights, secretLength), (weight) => weight / weightsOfOne) : undefined
const weights = learned([...marked, ...ordinary], secretLength, before)
save(packed(Int8Array.from(weights, (weight) => Math.max(-widest, Math.min(widest, Math.round(weight * weightsOfOne))))))
console.log(
  `${texts.length} texts: ${marked.length} stretches, ${marked.filter(({ is }) => is).length} of them secrets; ${ordinary.length} of documents`,
)
