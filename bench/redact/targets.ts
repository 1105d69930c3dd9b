import type { RedactBench } from './run.ts'

/** A figure of redaction.md's targets and whether it holds. */
export interface Target {
  readonly what: string
  readonly target: string
  readonly measured: string
  readonly holds: boolean
}

const leastRecall: Readonly<Record<string, number>> = {
  card: 0.99,
  iban: 0.99,
  email: 0.99,
  ip: 0.99,
  mac: 0.99,
  national_id: 0.99,
  phone: 0.99,
  secret_labelled: 0.99,
  secret_vendor: 0.99,
  secret_random: 0.98,
  secret_human: 0.98,
  person: 0.75,
  address: 0.8,
}
const mostFalls = 0.02
const [leastMbPerS, mostWorstMs, mostP99Ms, mostFalse] = [5, 50, 4, 0.01]

/** Every target against what was measured. */
export function targetsOf(bench: RedactBench): readonly Target[] {
  const own = bench.rows.filter(({ engine, language }) => engine === 'overt' && language === '')
  const recallOf = (corpus: string, kind: string): number | null =>
    own.find((row) => row.corpus === corpus && row.kind === kind)?.recall ?? null
  // Every set that has the kind, but the half that the rules were written with.
  const corpora = [...new Set(own.map(({ corpus }) => corpus))].filter((corpus) => corpus !== 'generated tuned')
  const recalls = Object.entries(leastRecall).flatMap(([kind, least]) =>
    corpora.flatMap((corpus): readonly Target[] => {
      const recall = recallOf(corpus, kind)
      return recall === null
        ? []
        : [{ what: `${kind}, ${corpus}: recall`, target: `>= ${least}`, measured: recall.toFixed(3), holds: recall >= least }]
    }),
  )
  const falls = own
    .filter(({ corpus, n }) => corpus === 'generated tuned' && n > 0)
    .map(({ kind, recall }) => ({ kind, fall: (recall ?? 0) - (recallOf('generated held-out', kind) ?? recall ?? 0) }))
    .sort((one, other) => other.fall - one.fall)
  const worstFall = falls[0] ?? { kind: 'none', fall: 1 }
  const negatives = bench.negatives.filter(({ engine }) => engine === 'overt')
  const speeds = bench.speed.filter(({ engine }) => engine === 'overt')
  const worst = Math.max(...bench.worst.map(({ ms }) => ms))
  return [
    ...recalls,
    {
      what: `fall from the tuned to the held-out half, most (${worstFall.kind})`,
      target: `<= ${mostFalls}`,
      measured: worstFall.fall.toFixed(3),
      holds: worstFall.fall <= mostFalls,
    },
    ...negatives.map(({ corpus, rate }) => ({
      what: `texts with nothing to mask that lost something, ${corpus}`,
      target: `<= ${mostFalse}`,
      measured: rate.toFixed(4),
      holds: rate <= mostFalse,
    })),
    ...speeds
      .filter(({ sample }) => sample.startsWith('ordinary'))
      .map(({ sample, mbPerS }) => ({
        what: `MB/s a core, ${sample}`,
        target: `>= ${leastMbPerS}`,
        measured: mbPerS.toFixed(2),
        holds: mbPerS >= leastMbPerS,
      })),
    { what: 'worst input of 64 kB, ms', target: `<= ${mostWorstMs}`, measured: worst.toFixed(1), holds: worst <= mostWorstMs },
    ...speeds.map(({ sample, p99Ms }) => ({
      what: `a text, p99, ms, ${sample}`,
      target: `<= ${mostP99Ms}`,
      measured: p99Ms.toFixed(2),
      holds: p99Ms <= mostP99Ms,
    })),
  ]
}
