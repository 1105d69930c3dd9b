import { wilson } from '../redact/tally.ts'

/** What can be measured of one session, by what it is a measure of. */
export type Measures = ReadonlyMap<string, readonly number[]>

/** One session of somebody, as an attacker holds it. `task`: what was done, which everybody did. */
export interface Sitting {
  readonly person: number
  readonly task: number
  readonly measures: Measures
}

/** How well sessions are given back to their people. */
export interface Identified {
  /** Share of sessions whose own person is the likeliest; the n-th part of a hit where n are equally likely. */
  readonly rank1: number
  /** Wilson's, at 95%. */
  readonly interval: readonly [low: number, high: number]
  readonly chance: number
  /** Where as many strangers are taken for the person as the person is for a stranger. */
  readonly equalError: number
  readonly people: number
  readonly probes: number
  /** Measures that differ between sessions of one task. */
  readonly varying: number
}

/** How unlike a person each is taken to be, for every probe. */
type Scores = readonly (readonly number[])[]
type Vector = Float64Array
interface Known {
  readonly vectors: readonly Vector[]
  readonly people: readonly number[]
}

/** Measures that tell people apart best; more of them only learn noise. */
const mostMeasures = 40

/** Tells by whom the probes are, from sessions that are known: by a scaled Manhattan distance, and by a classifier that learns. */
export function reidentify(
  known: readonly Sitting[],
  probes: readonly Sitting[],
): { readonly manhattan: Identified; readonly learned: Identified } {
  const all = [...known, ...probes]
  const { vectors, varying } = vectorsOf(all, known.length)
  const enrolled: Known = { vectors: vectors.slice(0, known.length), people: known.map(({ person }) => person) }
  const unknown = vectors.slice(known.length)
  const told = (scores: Scores): Identified =>
    judge(
      scores,
      probes.map(({ person }) => person),
      varying,
    )
  return { manhattan: told(manhattan(enrolled, unknown)), learned: told(learned(enrolled, unknown)) }
}

/** Mean of each measure less the mean of all who did the same task, in units of its spread; those that differ most between people. */
function vectorsOf(all: readonly Sitting[], known: number): { readonly vectors: readonly Vector[]; readonly varying: number } {
  const names = [...new Set(all.flatMap(({ measures }) => [...measures.keys()]))]
  const columns = names.map((name) => centred(all, name)).filter((column) => column.some((value) => Math.abs(value) > 1e-9))
  const people = all.map(({ person }) => person)
  const best = columns
    .map((column) => ({ column, worth: ratioBetween(column.subarray(0, known), people) }))
    .toSorted((left, right) => right.worth - left.worth)
    .slice(0, mostMeasures)
  return { vectors: all.map((_, at) => Float64Array.from(best, ({ column }) => column[at] ?? 0)), varying: columns.length }
}

/** A measure of every session; 0 where it has none. */
function centred(all: readonly Sitting[], name: string): Vector {
  const means = all.map(({ measures }) => mean((measures.get(name) ?? []).map(Math.asinh)))
  const byTask = Map.groupBy(all.keys(), (at) => all[at]?.task)
  const column = new Float64Array(all.length)
  for (const group of byTask.values()) {
    const there = group.filter((at) => !Number.isNaN(means[at]))
    const common = mean(there.map((at) => means[at] ?? 0))
    for (const at of there) column[at] = (means[at] ?? 0) - common
  }
  const spread = Math.sqrt(mean([...column].map((value) => value * value)))
  return spread < 1e-9 ? column.fill(0) : column.map((value) => Math.max(-4, Math.min(4, value / spread)))
}

/** How much of a measure's spread is between people. */
function ratioBetween(column: Vector, people: readonly number[]): number {
  const groups = [...Map.groupBy(column.keys(), (at) => people[at]).values()].map((group) => mean([...group].map((at) => column[at] ?? 0)))
  return mean(groups.map((value) => value * value)) / (mean([...column].map((value) => value * value)) || 1)
}

/** Distance to the mean of each person's sessions, scaled by how much people's own sessions differ (Araújo et al. 2005; the best of the CMU benchmark's). */
function manhattan({ vectors, people }: Known, probes: readonly Vector[]): Scores {
  const count = Math.max(...people) + 1
  const templates = Array.from({ length: count }, (_, person) => meanOf(vectors.filter((__, at) => people[at] === person)))
  const size = vectors[0]?.length ?? 0
  const spread = Float64Array.from({ length: size }, (_, place) =>
    mean(vectors.map((vector, at) => Math.abs((vector[place] ?? 0) - (templates[people[at] ?? 0]?.[place] ?? 0)))),
  )
  return probes.map((probe) =>
    templates.map((template) =>
      probe.reduce((sum, value, place) => sum + Math.abs(value - (template[place] ?? 0)) / (spread[place] || 1), 0),
    ),
  )
}

const rounds = 150
const step = 0.1
const decay = 0.001

/** Multinomial logistic regression by plain gradient descent; the score is the negative logarithm of the probability. */
function learned({ vectors, people }: Known, probes: readonly Vector[]): Scores {
  const count = Math.max(...people) + 1
  const size = vectors[0]?.length ?? 0
  const weights = Array.from({ length: count }, () => new Float64Array(size))
  for (let round = 0; round < rounds; round += 1) {
    const steps = weights.map((own) => own.map((weight) => -decay * weight))
    vectors.forEach((vector, at) => {
      chances(weights, vector).forEach((chance, person) => {
        const pull = ((people[at] === person ? 1 : 0) - chance) / vectors.length
        const own = steps[person]
        if (own !== undefined && Math.abs(pull) > 1e-9)
          for (let place = 0; place < size; place += 1) own[place] = (own[place] ?? 0) + pull * (vector[place] ?? 0)
      })
    })
    weights.forEach((own, person) => own.forEach((weight, place) => (own[place] = weight + step * count * (steps[person]?.[place] ?? 0))))
  }
  return probes.map((probe) => chances(weights, probe).map((chance) => -Math.log(chance + 1e-12)))
}

function chances(weights: readonly Vector[], vector: Vector): number[] {
  const sums = weights.map((own) => {
    let sum = 0
    for (let place = 0; place < own.length; place += 1) sum += (own[place] ?? 0) * (vector[place] ?? 0)
    return sum
  })
  const most = Math.max(...sums)
  const powers = sums.map((sum) => Math.exp(sum - most))
  const whole = powers.reduce((sum, power) => sum + power, 0)
  return powers.map((power) => power / whole)
}

function judge(scores: Scores, people: readonly number[], varying: number): Identified {
  const hits = scores.reduce((sum, own, at) => {
    const best = Math.min(...own)
    return sum + (own[people[at] ?? -1] === best ? 1 / own.filter((score) => score === best).length : 0)
  }, 0)
  const probes = scores.length
  const count = scores[0]?.length ?? 0
  const rank1 = hits / probes
  return {
    rank1,
    interval: wilson(hits, probes),
    chance: 1 / count,
    equalError: equalErrorOf(scores, people),
    people: count,
    probes,
    varying,
  }
}

/** The two rates as the threshold rises; between two scores they are taken to rise and fall evenly. */
function equalErrorOf(scores: Scores, people: readonly number[]): number {
  const claims = scores.flatMap((own, at) => own.map((score, person) => ({ score, true: person === people[at] })))
  const trueClaims = scores.length
  const falseClaims = claims.length - trueClaims
  const byScore = Map.groupBy(
    claims.toSorted((left, right) => left.score - right.score),
    ({ score }) => score,
  )
  let missed = 1
  let taken = 0
  for (const tied of byScore.values()) {
    const found = tied.filter((claim) => claim.true).length
    const nextMissed = missed - found / trueClaims
    const nextTaken = taken + (tied.length - found) / falseClaims
    if (nextMissed <= nextTaken) return taken + ((missed - taken) / (missed - nextMissed + nextTaken - taken)) * (nextTaken - taken)
    missed = nextMissed
    taken = nextTaken
  }
  return 1
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? Number.NaN : values.reduce((sum, value) => sum + value, 0) / values.length
}

function meanOf(vectors: readonly Vector[]): Vector {
  return Float64Array.from(vectors[0] ?? [], (_, place) => mean(vectors.map((vector) => vector[place] ?? 0)))
}
