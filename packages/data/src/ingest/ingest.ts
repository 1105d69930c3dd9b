import { type Permit, PrivacyError } from '@overt/privacy'
import type { Batch } from '@overt/schema'

import type { Ner } from '../ner/open.ts'
import { maxSkewMs } from '../store/device.ts'
import type { Appended, Envelope } from '../store/envelope.ts'
import { DataError } from '../store/error.ts'
import { pack } from '../store/pack.ts'
import type { Filed, Store } from '../store/store.ts'
import { Admission, type Came } from './admit.ts'
import { type Arrived, arrive } from './arrive.ts'
import { Bases, type BaseNames } from './bases.ts'
import { Counters, type IngestCounters } from './counters.ts'
import { shapeBatch } from './decode.ts'
import { admitHead } from './head.ts'
import { type IngestAnswer, type IngestRequest, answerRefusal, header } from './http.ts'
import { maxBodyBytes } from './inflate.ts'
import { Nonces } from './nonces.ts'
import { Overreach } from './overreach.ts'
import { Quota, type QuotaOptions } from './quota.ts'
import { type Checked, type Refusal, accept, refuse } from './refusal.ts'
import { Room } from './room.ts'
import { type Signed, readSigned } from './signed.ts'
import { type Authenticated, Senders, refuseRevoked } from './token.ts'
import { Turns } from '../store/turns.ts'
import { isDifference, wholeOf } from './whole.ts'

/** Options of an ingest. */
export interface IngestOptions {
  readonly quota?: QuotaOptions
  /** Hears of every batch that was stored, after it is on disk. */
  readonly onStored?: (batch: Batch) => void
  /** Whose batches `onStored` hears of; of everybody's where it is left out. */
  readonly follows?: (person: string) => boolean
  /** Most bytes of bodies under way at once. */
  readonly roomBytes?: number
  /** Most bytes of batches, packed, that are remembered for those which are told by them. */
  readonly baseBytes?: number
  /** An operator's own model, which finds names beside the rules. */
  readonly ner?: Ner | undefined
  /** Whether others than this machine reach it, asked anew each time: then a receipt of assurance `local` is nobody's word. */
  readonly onNetwork?: () => boolean
}

/** What one ingest remembers between requests. */
export interface Ingest {
  readonly store: Store
  readonly options: IngestOptions
  readonly admission: Admission
  readonly senders: Senders
  readonly nonces: Nonces
  readonly overreach: Overreach
  readonly quota: Quota
  readonly counts: Counters
  readonly room: Room
  readonly turns: Turns
  readonly bases: Bases
  /** The counters as they stand. */
  counters(): IngestCounters
  /** Answers a request by its head alone, before its body takes any memory: the answer that turns it away, or what has to be called once its body is held no longer. */
  head(headers: IngestRequest['headers']): IngestAnswer | (() => void)
  /** Who signed a request that is no batch, and the JSON that they signed; or the answer that says no. `ended`: a device that has ended may ask this too. */
  signed(
    request: IngestRequest,
    may?: { readonly ended: boolean },
  ): Promise<{ readonly person: string; readonly document: unknown } | { readonly refusal: IngestAnswer }>
}

/** A document takes ten times the memory of its bytes, and waits where a permit is decided anew: after a change of consent that of every sender. */
const documentsAtOnce = 4

/** Of the room, for one person: two bodies of the largest size. */
const shareBytes = 2 * maxBodyBytes

interface Arriving extends IngestRequest, Pick<Came, 'arrivedAtEpochMs' | 'hasEnded'> {}

interface Kept {
  readonly id: string
  readonly duplicate: boolean
  /** Whether the device's next batch may be told by this one. */
  readonly based: boolean
}

/** Makes an ingest for a store. */
export function createIngest(store: Store, options: IngestOptions = {}): Ingest {
  const counts = new Counters()
  const quota = new Quota(options.quota ?? { burst: 1_000, perSecond: 500 })
  const ingest: Ingest = {
    store,
    options,
    admission: new Admission(store, options.onNetwork),
    senders: new Senders(store),
    nonces: new Nonces(2 * maxSkewMs),
    overreach: new Overreach(store),
    quota,
    counts,
    room: new Room(options.roomBytes ?? 64 * 1024 * 1024, shareBytes),
    turns: new Turns(documentsAtOnce),
    bases: new Bases(store.consent, options.baseBytes ?? 16 * 1024 * 1024),
    counters: () => counts.read(),
    head: (headers) => admitHead(ingest, headers),
    signed: async (request, { ended } = { ended: false }) => {
      const signed = await readSigned(ingest, request)
      if (!signed.ok) return { refusal: answerRefusal(signed) }
      const refusal = ended ? undefined : refuseRevoked(store, signed.value.sender.device)
      return refusal !== undefined
        ? { refusal: answerRefusal(refusal) }
        : { person: signed.value.sender.device.person, document: signed.value.document }
    },
  }
  return ingest
}

/** Answers `POST /v1/batches`: acknowledges only what is on disk, keeps nothing of what it refuses. */
export async function ingestBatch(ingest: Ingest, request: IngestRequest): Promise<IngestAnswer> {
  ingest.counts.receive()
  const { consent, nowEpochMs } = ingest.store
  const outcome = await judgeTwice(ingest, { ...request, arrivedAtEpochMs: nowEpochMs(), hasEnded: consent.endings() })
  if (outcome.ok) return acknowledge(outcome.value)
  ingest.counts.refuse(outcome.kind)
  return answerRefusal(outcome)
}

function acknowledge({ id, duplicate, based }: Kept): IngestAnswer {
  return { status: 200, body: { acked: id, duplicate }, headers: based ? { 'overt-base': '3' } : {} }
}

/**
 * A permit ends with whatever changes for its person, the erasure of other work of theirs too. A batch that was on its way then is judged anew, whole, by what holds now:
 * what was erased or is no longer agreed to is refused for that. Where it changes a second time, the device comes again.
 */
async function judgeTwice(ingest: Ingest, request: Arriving): Promise<Checked<Kept>> {
  const first = await judgeOnce(ingest, request)
  if (!first.changed) return first.outcome
  const second = await judgeOnce(ingest, request)
  return second.changed ? changing : second.outcome
}

/** `changed`: it was refused for want of consent, or of a device, while something changed for its person. */
async function judgeOnce(ingest: Ingest, request: Arriving): Promise<{ readonly outcome: Checked<Kept>; readonly changed: boolean }> {
  const { store, senders } = ingest
  const hasEnded = store.consent.endings()
  const outcome = await takeIn(ingest, request).catch((cause: unknown) => failure(cause))
  if (outcome.ok || (outcome.kind !== 'receipt' && outcome.kind !== 'device')) return { outcome, changed: false }
  const sender = senders.authenticate(header(request, 'authorization'), store.nowEpochMs())
  return { outcome, changed: sender.ok && hasEnded(sender.value.device.person) }
}

const changing: Refusal = {
  ...refuse('unavailable', 'What its person agreed to changed while the batch arrived. Nothing was kept. Send it again.'),
  retryAfterS: 1,
}

/** A failed disk is an answer; anything else is a fault of ours and is not hidden. */
function failure(cause: unknown): Refusal {
  if (cause instanceof DataError && cause.kind === 'permit') return { ok: false, kind: 'receipt', explain: cause.message }
  if (cause instanceof PrivacyError)
    return { ok: false, kind: 'receipt', explain: 'The receipt was withdrawn while the batch arrived. Nothing was kept.' }
  return {
    ok: false,
    kind: 'unavailable',
    explain: `The batch could not be stored: ${cause instanceof DataError ? cause.code : 'OVT-1373'}. Send it again later.`,
  }
}

async function takeIn(ingest: Ingest, request: Arriving): Promise<Checked<Kept>> {
  const ready = await ingest.turns.run(() => makeReady(ingest, request))
  if (!ready.ok) return ready
  return 'duplicate' in ready.value ? accept(ready.value) : write(ingest, ready.value)
}

/** What waits for the disk, and nothing else of a request. */
interface Ready {
  readonly permit: Permit
  readonly packed: Uint8Array
  readonly envelope: Envelope
  readonly filed: Filed
  readonly changed: number
  /** Names of a batch that others may be told by: what is kept is what its device has, and shows something. */
  readonly base: BaseNames | undefined
  /** Where somebody follows this person's batches. */
  readonly batch: Batch | undefined
}

async function makeReady(ingest: Ingest, request: Arriving): Promise<Checked<Ready | Kept>> {
  const came = await readSigned(ingest, request)
  const signed = came.ok ? madeWhole(ingest, came.value) : came
  if (!signed.ok) return signed
  const made = await judged(ingest, request, signed.value)
  if (!made.ok) await ingest.overreach.note(signed.value.document, made)
  return made
}

/** What was signed as a difference, as the batch that it stands for. */
function madeWhole({ bases }: Ingest, signed: Signed): Checked<Signed> {
  if (!isDifference(signed.document)) return accept(signed)
  const whole = wholeOf(bases, signed.sender.device.id, signed.document)
  return whole.ok ? accept({ ...signed, ...whole.value, packed: undefined, tight: true }) : whole
}

async function judged(ingest: Ingest, request: Arriving, signed: Signed): Promise<Checked<Ready | Kept>> {
  const shaped = shapeBatch(signed.document)
  if (!shaped.ok) return shaped
  if (header(request, 'sec-gpc') === '1' && shaped.value.batch.purpose === 'share')
    return refuse('receipt', 'The browser asks not to share (Sec-GPC). Nothing was kept.')
  const arrived = arrive(shaped.value, signed)
  return arrived.ok ? admit(ingest, signed.sender, arrived.value, request) : arrived
}

async function admit(
  ingest: Ingest,
  sender: Authenticated,
  arrived: Arrived,
  { arrivedAtEpochMs, hasEnded }: Arriving,
): Promise<Checked<Ready | Kept>> {
  const { store, counts } = ingest
  const { batch } = arrived.contents
  if ((batch.device !== sender.device.id && batch.device !== sender.token.device) || batch.person !== sender.device.person)
    return refuse('person', 'The batch is of another device or person than the one that signed the request. Nothing was kept.')
  const filed = store.file({ kind: 'batch', id: batch.id, contentSha256: arrived.sha256 })
  const known = await store.find(filed)
  if (known !== undefined) return repeated(counts, batch, known, ingest.bases.has(sender.device.id, batch.id))
  const permit = await ingest.admission.admit(arrived.contents, { ...sender, arrivedAtEpochMs, hasEnded })
  if (!permit.ok) return permit
  const clean = await arrived.keep(permit.value, ingest.options.ner)
  if (clean.named !== undefined) counts.name(clean.named)
  return accept({
    permit: permit.value,
    packed: clean.packed ?? pack(clean.bytes),
    envelope: envelopeOf(clean.batch, arrived.contents.tasks, arrived.sha256),
    filed,
    changed: clean.changed,
    base: clean.asSigned && batch.observations.sights.length > 0 ? namesOf(batch, sender) : undefined,
    batch: isFollowed(ingest, batch) ? clean.batch : undefined,
  })
}

function namesOf({ id, session, producer }: Batch, { device }: Authenticated): BaseNames {
  return { device: device.id, id, session, producer }
}

function isFollowed({ options }: Ingest, { person }: Batch): boolean {
  return options.onStored !== undefined && options.follows?.(person) !== false
}

async function write({ store, counts, options, bases }: Ingest, ready: Ready): Promise<Checked<Kept>> {
  const { permit, packed, envelope, filed, changed, base, batch } = ready
  const appended = await store.appendPacked(permit, packed, envelope, filed)
  if (appended !== 'stored') return repeated(counts, envelope, appended, false)
  counts.store(envelope.events, changed)
  if (base !== undefined) bases.keep(permit, base, packed)
  // Its person may have erased it while it was written.
  if (batch !== undefined && store.keys.hasRecord(filed.idHash)) options.onStored?.(batch)
  return accept({ id: envelope.id, duplicate: false, based: base !== undefined })
}

function repeated(counts: Counters, { id }: { readonly id: string }, known: Exclude<Appended, 'stored'>, based: boolean): Checked<Kept> {
  if (known === 'conflict') return refuse('conflict', 'Another batch of this id is stored already. Give every batch an id of its own.')
  counts.deduplicate()
  return accept({ id, duplicate: true, based })
}

function envelopeOf(batch: Batch, tasks: number, contentSha256: string): Envelope {
  const { id, person, session, device, mode, origin, receipt } = batch
  return {
    kind: 'batch',
    id,
    contentSha256,
    form: batch.v,
    person,
    session,
    device,
    mode,
    origin,
    receipt,
    atEpochMs: batch.closedAtEpochMs,
    events: batch.count,
    observations: batch.observations.sights.length,
    pictures: batch.pictures?.length ?? 0,
    tasks,
  }
}
