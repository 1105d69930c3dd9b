import { createHash } from 'node:crypto'

import type { ActionKind, ModelHead, Purpose, Row } from '@overt/schema'

import { featureVersion } from '../features/describe.ts'
import { rareKinds, type Repertoire } from '../model/candidates.ts'
import { LearnError } from '../model/error.ts'
import { encodeModel, encodeWeights, weightEncoding } from '../model/file.ts'
import { type Foresight, fitTemperature, foresee } from './calibrate.ts'
import { decisionsOf } from './decision.ts'
import { demonstrationsOf, type Demonstration } from './demonstration.ts'
import { fit, type Epoch } from './fit.ts'

/** What training is told. */
export interface TrainOptions {
  readonly seed?: number
  /** Purposes that the data's receipts give. */
  readonly purposes: readonly Purpose[]
  /** The release the rows come from. */
  readonly data: { readonly hash: string; readonly name: string }
  readonly epochs?: number
  readonly onEpoch?: (epoch: Epoch & { readonly epochs: number }) => void
  readonly nowMs?: () => number
}

/** What training did. */
export interface TrainReport {
  readonly decisions: number
  readonly demonstrations: number
  /** Steps that gave no decision, by reason. */
  readonly left: Readonly<Record<string, number>>
  readonly ms: number
  readonly epochs: number
  readonly validation: Foresight
  /** Decisions that the validation is over; 0 where the rows have no such split. */
  readonly validationDecisions: number
}

/** A trained model. */
export interface Trained {
  readonly bytes: Uint8Array
  readonly head: ModelHead
  readonly report: TrainReport
}

const shape = { linearBits: 18, hiddenBits: 16, hidden: 16 }
const defaultEpochs = 10
const maxCandidates = 150
/** Demonstrations fewer than this are passed over more often, so that each is seen about as much. */
const plenty = 400
const maxRounds = 3

/**
 * Trains the built-in model on the rows of a dataset: `train` to fit, `validation` for temperature and report, `test` left alone.
 * The same rows in the same order and the same seed give the same bytes. Throws `LearnError` OVT-1403 where no step gives a decision.
 */
export async function train(rows: AsyncIterable<Row> | Iterable<Row>, options: TrainOptions): Promise<Trained> {
  const now = options.nowMs ?? (() => performance.now())
  const begun = now()
  const seed = options.seed ?? 1
  const splits: { train: Row[]; validation: Row[] } = { train: [], validation: [] }
  for await (const row of rows) if (row.split !== 'test') splits[row.split].push(row)
  const demonstrations = demonstrationsOf(splits.train)
  const repertoire = repertoireOf(demonstrations)
  const { list, left } = decisionsOf(demonstrations, { repertoire, maxCandidates, seed })
  if (list.length === 0) throw new LearnError('OVT-1403', `nothing to learn from: ${splits.train.length} rows gave no decision`)
  const held = decisionsOf(demonstrationsOf(splits.validation), { repertoire, maxCandidates: Infinity, seed }).list
  const epochs = options.epochs ?? defaultEpochs * Math.min(maxRounds, Math.max(1, Math.floor(plenty / list.length)))
  const net = fit(
    list,
    { shape, seed, epochs, rate: 0.02, hide01: 0.1, decay: 1e-4, minDemonstrations: leastOf(demonstrations) },
    (epoch) => options.onEpoch?.({ ...epoch, epochs }),
  )
  const temperature = fitTemperature(net, held)
  const validation = foresee(net, held, temperature)
  const weights = encodeWeights(net)
  const ms = now() - begun
  const head: ModelHead = {
    v: 'overt.model/1',
    hash: createHash('sha256').update(weights).digest('hex'),
    features: featureVersion,
    weights: { encoding: weightEncoding, sizeBytes: weights.length },
    shape: { ...shape, temperature, rare: rareBits(repertoire) },
    purposes: [...options.purposes],
    data: { ...options.data, rows: splits.train.length, episodes: demonstrations.length },
    seed,
    trainedMs: ms,
    validation,
    chords: [...repertoire.chords],
  }
  const report = {
    decisions: list.length,
    demonstrations: demonstrations.length,
    left,
    ms,
    epochs,
    validation,
    validationDecisions: held.length,
  }
  return { bytes: encodeModel(head, weights), head, report }
}

/** With two demonstrations of a task or fewer there is nothing to tell chance from rule by. */
function leastOf(demonstrations: readonly Demonstration[]): number {
  const templates = new Set(demonstrations.map(({ template }) => template)).size
  const each = demonstrations.length / templates
  return each > 16 ? 3 : each > 2 ? 2 : 1
}

function repertoireOf(demonstrations: readonly Demonstration[]): Repertoire {
  const chords = new Set<string>()
  const kinds = new Set<ActionKind>()
  for (const { steps } of demonstrations) {
    for (const { candidate, skip } of steps) {
      if (skip !== '') continue
      kinds.add(candidate.kind)
      if (candidate.kind === 'key') chords.add(candidate.argument)
    }
  }
  return { chords: [...chords].sort(), rare: rareKinds.filter((kind) => kinds.has(kind)) }
}

function rareBits({ rare }: Repertoire): number {
  return rareKinds.reduce((bits, kind, bit) => (rare.includes(kind) ? bits | (1 << bit) : bits), 0)
}
