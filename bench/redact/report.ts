import type { RedactBench } from './run.ts'
import type { RedactRow } from './tally.ts'
import { targetsOf } from './targets.ts'

const corpora = ['generated tuned', 'generated held-out'] as const

/** `docs/benchmarks/redaction.md`: targets and what was measured, each kind and language, the libraries beside it, speed, the worst inputs, and how it was done. */
export function reportOf(bench: RedactBench): string {
  const { machine, load, rows, negatives, speed, worst } = bench
  return [
    '# What redaction finds\n',
    `Made by \`overt bench redact --write\`. ${machine.cpus} x ${machine.cpu}, Node ${machine.node}, revision ${machine.revision}, load ${load[0]} before and ${load[1]} after. A span counts when every letter and digit of it is covered; intervals are Wilson's at 95%.\n`,
    '## Targets\n',
    table(
      ['figure', 'target', 'measured', ''],
      targetsOf(bench).map(({ what, target, measured, holds }) => [what, target, measured, holds ? 'holds' : 'falls short']),
    ),
    '## Generated text\n',
    'Two halves with templates, names and secrets of their own; rules are written with the first. The second is not wholly unseen: its figures by kind were known while version 2 was written, and steered some of its rules, and so did those of the sets of others for version 3; for version 5 the addresses that it missed were read, and so were those of the sets of others; for version 6 some of its human-made passwords and codes; for version 7 nothing of it was read. What a page has of it in 60 kB stands beside the whole.\n',
    halves(rows),
    ...corpora.map((corpus) => `## ${corpus}, by language\n\n${byLanguage(rows, corpus)}`),
    '## Corpora, beside libraries\n',
    beside(rows),
    '## Texts in which there is nothing\n',
    table(
      ['engine', 'corpus', 'lost something', 'interval', 'n'],
      negatives.map(({ engine, corpus, rate, wilson, n }) => [engine, corpus, share(rate), interval(wilson), String(n)]),
    ),
    '## Speed\n',
    table(
      ['engine', 'texts', 'n', 'kB', 'MB/s', 'ms a text, p99'],
      speed.map(({ engine, sample, texts, kB, mbPerS, p99Ms }) => [
        engine,
        sample,
        String(texts),
        kB.toFixed(0),
        mbPerS.toFixed(2),
        p99Ms.toFixed(2),
      ]),
    ),
    '## Worst inputs, 64 kB\n',
    table(
      ['of', 'ms'],
      worst.slice(0, 12).map(({ pattern, ms }) => [pattern.replaceAll('|', '\\|'), ms.toFixed(1)]),
    ),
    ...(bench.missing.length > 0 ? [`## Not measured\n\n${bench.missing.map((line) => `- ${line}`).join('\n')}\n`] : []),
    method,
  ].join('\n')
}

function halves(rows: readonly RedactRow[]): string {
  const own = rows.filter(({ engine, language }) => engine === 'overt' && language === '')
  const [tuned, heldOut] = corpora.map((corpus) => own.filter((row) => row.corpus === corpus))
  return table(
    ['kind', 'tuned: recall', 'interval', 'n', 'held-out: recall', 'interval', 'precision', 'F2', 'n'],
    (tuned ?? []).flatMap((row) => {
      const other = heldOut?.find(({ kind }) => kind === row.kind)
      return other === undefined
        ? []
        : [
            [
              row.kind,
              share(row.recall),
              interval(row.wilson),
              String(row.n),
              share(other.recall),
              interval(other.wilson),
              share(other.precision),
              share(other.f2),
              String(other.n),
            ],
          ]
    }),
  )
}

function byLanguage(rows: readonly RedactRow[], corpus: string): string {
  const own = rows.filter((row) => row.engine === 'overt' && row.corpus === corpus && row.language !== '' && row.n > 0)
  const languages = [...new Set(own.map(({ language }) => language))]
  const kinds = [...new Set(own.map(({ kind }) => kind))].sort()
  return table(
    ['kind', ...languages],
    kinds.map((kind) => [
      kind,
      ...languages.map((language) => {
        const row = own.find((one) => one.kind === kind && one.language === language)
        return row === undefined ? '' : `${share(row.recall)} of ${row.n}`
      }),
    ]),
  )
}

function beside(rows: readonly RedactRow[]): string {
  const all = rows.filter(({ language, kind, n }) => language === '' && !kind.startsWith('(') && n > 0)
  const engines = [...new Set(all.map(({ engine }) => engine))]
  const ours = all.filter(({ engine }) => engine === 'overt')
  return table(
    ['corpus', 'kind', 'n', 'interval', ...engines.map((engine) => `${engine}: recall (precision)`)],
    ours.map(({ corpus, kind, n, wilson }) => [
      corpus,
      kind,
      String(n),
      interval(wilson),
      ...engines.map((engine) => {
        const row = all.find((one) => one.engine === engine && one.corpus === corpus && one.kind === kind)
        return row === undefined ? '' : `${share(row.recall)} (${share(row.precision)})`
      }),
    ]),
  )
}

function share(value: number | null): string {
  return value === null ? '-' : value.toFixed(3)
}

function interval([low, high]: readonly [number, number]): string {
  return `${low.toFixed(3)}-${high.toFixed(3)}`
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return `${[head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n`
}

const method = `## How

- A page's redactor is the file that sites serve as overt-redact.js: rules and names that it has no room for are the server's, which looks again before anything is kept. Targets are measured with the whole, as servers, the command line and the extension have it.
- Libraries see every so many texts of a corpus, 700 at the most, since one of them takes up to a hundred milliseconds a text; ours sees all of them.
- Precision of a kind counts a mask as right where it touches any labelled span; of libraries whose masks have no kind of ours it is left out of the kind.
- A country or a town by itself counts apart from addresses, as \`(place)\`, and isn't masked; what else stands in brackets in a corpus is not ours to find.
- Names of the tuned half are a library's (@faker-js/faker), and some of them stand in the lexicon; those of the held-out half are written by hand.
- A name or a value of an event ends at 4,096 characters, a typed text at 65,536: long documents, up to 32,768, stand for texts that people seldom write.
- Speed is of the process's own processor time, in the middle of nine rounds (an engine's compiled code is dropped while others run), for each sort of text apart; a text's time is the middle of nine, too; what holds something to mask takes a second pass to see that nothing is left. Documents are those of this project.
`
