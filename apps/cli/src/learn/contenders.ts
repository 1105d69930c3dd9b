import { baselineContender, modelContender, type Contender } from '@overt/agent'
import { baselinesOf, type Model } from '@overt/learn'
import type { Row } from '@overt/schema'

/** The agent first, then every baseline, each in its best form: those that learn get the rows that the model was trained on. */
export function contendersOf(model: Model, rows: readonly Row[]): readonly Contender[] {
  return [modelContender(model), ...baselinesOf(rows).map(baselineContender)]
}
