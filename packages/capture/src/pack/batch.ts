import type { Batch, Event, Modality, Observation } from '@overt/schema'
import type { Permit } from '@overt/privacy'
import { encodeColumns } from '@overt/schema/words'

import { ambientMask } from './ambient.ts'
import { maskEvent, maskObservation } from './lens.ts'
import type { Mask } from './redactor.ts'
import type { Strip } from './roll.ts'

/** Who sends, from where, under which names. */
export interface Sender {
  readonly device: string
  readonly session: string
  /** This document. */
  readonly producer: string
}

/** A batch, and the events and observations in it before and after masking. */
export interface Packed {
  readonly batch: Batch
  readonly events: readonly Event[]
  readonly observations: readonly Observation[]
  readonly raw: { readonly events: readonly Event[]; readonly observations: readonly Observation[] }
}

/** Turns a strip into a batch: less in it by what the permit does not allow, masked, in columns. */
export function packStrip(
  permit: Permit,
  strip: Strip,
  sender: Sender,
  whole: Mask,
  given: {
    readonly id: string
    readonly nowEpochMs: number
    readonly counters: Readonly<Record<string, number>>
    readonly veil: (observation: Observation) => Observation
  },
): Packed {
  const here = { url: strip.href }
  const allowed = permit.modalities.filter((modality) => permit.allows(here, modality))
  const allows = (modality: Modality): boolean => allowed.includes(modality)
  const mask = strip.mode === 'task' ? whole : ambientMask(whole)
  const acted = new Set(strip.events.flatMap((event) => (event.kind === 'drag' ? [event.node, event.toNode] : [event.node])))
  const seen = new Map(strip.observations.map((observation) => [observation.id, observation]))
  // Goals and typed values first: what they teach the map is masked in the observations too.
  const events = strip.events.map((event) =>
    maskEvent(event, { nodes: seen.get(event.observation)?.nodes ?? [], deleted: strip.deleted.get(event) ?? [] }, allows, mask),
  )
  const observations = strip.observations.map((observation) => maskObservation(given.veil(observation), acted, allows, mask))
  const place = mask.url(strip.href)
  const { origin } = new URL(strip.href)
  const batch: Batch = {
    v: 'overt.batch/2',
    id: given.id,
    person: permit.person,
    ...sender,
    receipt: permit.receipt,
    manifest: permit.manifestSha256,
    purpose: permit.purpose,
    modalities: [...permit.modalities],
    mode: strip.mode,
    origin,
    path: place.startsWith(origin) ? place.slice(origin.length).slice(0, 2048) : '',
    closedAtEpochMs: given.nowEpochMs,
    redaction: mask.version,
    ...encodeColumns(events, observations),
    counters: given.counters,
  }
  return { batch, events, observations, raw: { events: strip.events, observations: strip.observations } }
}
