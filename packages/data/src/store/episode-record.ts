import type { Episode } from '@overt/schema'

import { sha256Hex } from './cipher.ts'
import type { Envelope } from './envelope.ts'

/** An imported episode as a record: its bytes, and what is known of it beside. */
export function episodeRecord(episode: Episode): [Uint8Array, Envelope] {
  const bytes = Buffer.from(JSON.stringify(episode))
  const { id, person, session, receipt } = episode
  const envelope: Envelope = {
    kind: 'episode',
    id,
    contentSha256: sha256Hex(bytes),
    form: 'overt.episode/1',
    person,
    session,
    device: 'import',
    mode: 'import',
    origin: episode.app,
    receipt,
    atEpochMs: episode.startedAtEpochMs,
    events: episode.quality.events,
    observations: episode.steps.length,
    tasks: 1,
  }
  return [bytes, envelope]
}
