import type { Batch, Modality } from '@overt/schema'
import { neededModalities } from '@overt/schema/words'

import { urlsOf } from '../store/places.ts'
import type { Decoded } from './decode.ts'

/** What consent asks of a batch, and what the store files it under: known from its columns or from its rows. */
export interface Contents {
  readonly batch: Batch
  /** Modalities without which what it holds may not be kept. */
  readonly needed: ReadonlySet<Modality>
  /** Addresses that it tells of: of its observations, and of where its page went. */
  readonly urls: ReadonlySet<string>
  /** Tasks begun in it. */
  readonly tasks: number
}

/** The contents of a batch whose rows were made. */
export function contentsOf({ batch, events, observations }: Decoded): Contents {
  return {
    batch,
    needed: neededModalities(events, observations, batch.pictures),
    urls: urlsOf(events, observations),
    tasks: events.filter((event) => event.kind === 'task' && event.phase === 'start').length,
  }
}
