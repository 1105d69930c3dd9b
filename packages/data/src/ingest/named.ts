import { type Permit, type PlaceholderMap, createPlaceholderMap } from '@overt/privacy'

import type { Ner } from '../ner/open.ts'
import type { Decoded } from './decode.ts'
import { redactBatch } from './redact.ts'

/** What an operator's model found in a batch. */
export interface Named {
  /** A map for the batch that knows it; a text that the model did not judge is masked whole by it. */
  readonly map: () => PlaceholderMap
  /** Distinct texts that were judged, stretches found in them, and texts that were not judged. */
  readonly judged: number
  readonly found: number
  readonly failed: number
}

/** Has the model read each text of a batch as redaction will come by it: no text is redacted that it did not see. */
export async function nameTexts(permit: Permit, ner: Ner, decoded: Decoded): Promise<Named> {
  const texts = new Set<string>()
  redactBatch(
    decoded,
    mapWith((text) => (texts.add(text), [])),
  )
  const found = await ner.find(permit, texts)
  const also: PlaceholderMap['also'] = (text) => {
    const spans = found.get(text)
    if (spans === undefined) throw new RangeError('the model has not judged this text')
    return spans
  }
  return {
    map: () => mapWith(also),
    judged: found.size,
    found: found.values().reduce((sum, spans) => sum + spans.length, 0),
    failed: texts.size - found.size,
  }
}

function mapWith(also: PlaceholderMap['also'] & {}): PlaceholderMap {
  return { ...createPlaceholderMap(), also }
}
