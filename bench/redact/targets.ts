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
  const recalls = Object.entries(leastRecall).flatMap(([kind, least]) =>
    ['generated held-out', 'synthetic_capture_dev'].flatMap((corpus): readonly Target[] => {
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
  const negatives = bench.negatives.filter(({ engine, corpus }) => engine === 'overt' && /generated|synthetic/.test(corpus))
  const falseRate = Math.max(...negatives.map(({ rate }) => rate))
  const speeds = bench.speed.filter(({ engine }) => engine === 'overt')
  const slowestP99Ms = Math.max(...speeds.filter(({ sample }) => !sample.includes('long')).map(({ p99Ms }) => p99Ms))
  const worst = Math.max(...bench.worst.map(({ ms }) => ms))
  return [
    ...recalls,
    {
      what: `fall from the tuned to the held-out half, most (${worstFall.kind})`,
      target: `<= ${mostFalls}`,
      measured: worstFall.fall.toFixed(3),
      holds: worstFall.fall <= mostFalls,
    },
    {
      what: 'hard negatives that lost something',
      target: `<= ${mostFalse}`,
      measured: falseRate.toFixed(4),
      holds: falseRate <= mostFalse,
    },
    ...speeds
      .filter(({ sample }) => sample.startsWith('ordinary'))
      .map(({ sample, mbPerS }) => ({
        what: `MB/s a core, ${sample}`,
        target: `>= ${leastMbPerS}`,
        measured: mbPerS.toFixed(2),
        holds: mbPerS >= leastMbPerS,
      })),
    { what: 'worst input of 64 kB, ms', target: `<= ${mostWorstMs}`, measured: worst.toFixed(1), holds: worst <= mostWorstMs },
    {
      what: 'a short text, p99, ms',
      target: `<= ${mostP99Ms}`,
      measured: slowestP99Ms.toFixed(2),
      holds: slowestP99Ms <= mostP99Ms,
    },
  ]
}
