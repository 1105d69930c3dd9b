import type { Batch, Event, Modality, Observation } from '@overt/schema'
import { neededModalities } from '@overt/schema/words'

import type { Permit } from '../consent/permit.ts'
import { redactEvent, redactObservation } from '../redact/event.ts'
import { createPlaceholderMap } from '../redact/placeholder.ts'

/** What left the device, as the person's own client keeps it: no content, enough to hold it against the server's segments. */
export interface Sent {
  readonly batch: string
  readonly device: string
  readonly contentSha256: string
  readonly receipt: string
  readonly closedAtEpochMs: number
  /** null while the server has not acknowledged it. */
  readonly ackedAtEpochMs: number | null
  readonly redaction: number
  /** What it holds and the permit does not allow at its place. */
  readonly beyond: readonly Modality[]
  /** Texts in it that these rules would mask still. */
  readonly unmasked: number
}

/** Judges a batch as it left, whatever recorder made it. `contentSha256`: of its bytes as they were sent. */
export function sentOf(
  permit: Permit,
  given: {
    readonly batch: Batch
    readonly events: readonly Event[]
    readonly observations: readonly Observation[]
    readonly contentSha256: string
  },
): Sent {
  const { batch, events, observations, contentSha256 } = given
  const place = { url: batch.origin + batch.path }
  const needed = [...neededModalities(events, observations)]
  const declared = batch.modalities.filter((one) => !permit.modalities.includes(one))
  const map = createPlaceholderMap()
  const told = [...observations.map((one) => [one, redactObservation(one, map)]), ...events.map((one) => [one, redactEvent(one, map)])]
  return {
    batch: batch.id,
    device: batch.device,
    contentSha256,
    receipt: batch.receipt,
    closedAtEpochMs: batch.closedAtEpochMs,
    ackedAtEpochMs: null,
    redaction: batch.redaction,
    beyond: [...new Set([...needed.filter((one) => !permit.allows(place, one)), ...declared])],
    unmasked: told.filter(([before, after]) => textsOf(before) !== textsOf(after)).length,
  }
}

/** What is told beside placeholders: one that stands where a whole field is left empty, or where a place has another name, hides as much. */
function textsOf(told: unknown): string {
  return JSON.stringify(told).replaceAll(/\[[A-Z_]+_\d{1,6}\]/g, '')
}
