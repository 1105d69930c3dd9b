import { enrolDevice, manifestOf, putManifest, putReceipt, receiptsOf, withdrawReceipt } from '@overt/data'
import { generateKeyPair, grantReceipt } from '@overt/privacy'
import type { Manifest, Modality, Purpose, Receipt } from '@overt/schema'
import { offeredModalities } from '@overt/schema/words'

import { CliError, exitCode } from '../terminal/failure.ts'
import type { Folder } from './folder.ts'
import { signedSample } from './sample.ts'
import { assertNotTakenBack, yesesOf } from './taken-back.ts'

/** A yes that is to be recorded. */
export interface GrantRequest {
  readonly person: string
  readonly manifest: Manifest
  /** null, where none was asked about: good for a manifest that offers one alone. */
  readonly purposes: readonly Purpose[] | null
  /** null: all that the manifest offers but what is agreed to by name alone. */
  readonly modalities: readonly Modality[] | null
  readonly expiresAtEpochMs: number
  readonly assurance: 'local' | 'public-dataset'
  /** The person says that they have read the manifest's notices. */
  readonly acknowledge?: boolean
}

/** Records a person's yes to a manifest; the receipt follows the newest live one of that manifest. */
export async function grant({ store }: Folder, request: GrantRequest): Promise<Receipt> {
  const { person, manifest } = request
  const known = await putManifest(store, manifest)
  if (!known.ok)
    throw new CliError(
      'OVT-1710',
      exitCode.refused,
      `The manifest can't be agreed to (${known.reason}): ${known.explain}`,
      'Check it with `overt manifest check`.',
    )
  const asked = scopeOf(request, store.nowEpochMs())
  const before = receiptsOf(store, person).find(
    ({ receipt, withdrawnAtEpochMs }) => receipt.manifestSha256 === known.value && withdrawnAtEpochMs === null,
  )
  const pair = await generateKeyPair()
  const receipt = await grantReceipt(
    {
      person,
      manifest,
      ...asked,
      nowEpochMs: store.nowEpochMs(),
      expiresAtEpochMs: Math.min(request.expiresAtEpochMs, manifest.expiresAtEpochMs),
      assurance: request.assurance,
      acknowledged: request.acknowledge === true ? (manifest.notices ?? []).map(({ sha256 }) => sha256) : [],
      follows: before?.receipt.id ?? null,
      status: before === undefined ? 'given' : 'renewed',
    },
    pair,
  )
  const kept = await putReceipt(store, receipt)
  if (!kept.ok)
    throw new CliError(
      'OVT-1712',
      exitCode.refused,
      `The receipt was not kept (${kept.reason}): ${kept.explain}`,
      'Withdraw what it follows, or name another manifest.',
    )
  return kept.value
}

/** What the person agrees to: no more than the manifest offers, each purpose by its name, and not in the past. */
function scopeOf(
  request: GrantRequest,
  nowEpochMs: number,
): { readonly purposes: readonly Purpose[]; readonly modalities: readonly Modality[] } {
  const { manifest, expiresAtEpochMs } = request
  const { atOnce, byName } = offeredModalities(manifest)
  const offered = { purposes: manifest.purposes, modalities: [...atOnce, ...byName] }
  const purposes = request.purposes ?? (offered.purposes.length === 1 ? offered.purposes : [])
  const modalities = request.modalities ?? atOnce
  if (expiresAtEpochMs <= nowEpochMs)
    throw impossible(
      `it would have ended on ${new Date(expiresAtEpochMs).toISOString()}`,
      'Give --expires a day to come, or a length such as 90d.',
    )
  const more = [
    ...purposes.filter((purpose) => !offered.purposes.includes(purpose)),
    ...modalities.filter((modality) => !offered.modalities.includes(modality)),
  ]
  const offers = `the purposes ${offered.purposes.join(', ')} and the modalities ${offered.modalities.join(', ')}.`
  if (more.length > 0) throw impossible(`the manifest does not offer ${more.join(', ')}`, `It offers ${offers}`)
  if (purposes.length === 0 || modalities.length === 0)
    throw impossible(
      `it names no ${purposes.length === 0 ? 'purpose' : 'modality'}`,
      `Each is agreed to apart: name them with --${purposes.length === 0 ? 'purposes' : 'modalities'}. The manifest offers ${offers}`,
    )
  return { purposes, modalities }
}

function impossible(why: string, remedy: string): CliError {
  return new CliError('OVT-1709', exitCode.usage, `Such a receipt would permit nothing: ${why}.`, remedy)
}

/** Ends one receipt with all that it continues, or all of a person's. */
export async function withdraw(
  { store }: Folder,
  subject: { readonly person?: string; readonly receipt?: string },
): Promise<{ readonly withdrawn: number }> {
  const ended = await withdrawReceipt(store, subject.receipt === undefined ? { person: subject.person ?? '' } : { id: subject.receipt })
  if (!ended.ok)
    throw new CliError('OVT-1713', exitCode.notFound, ended.explain, 'List what there is with `overt receipt show --person P`.')
  return { withdrawn: ended.value }
}

/** A person's receipts, newest first. */
export async function receipts(
  { store }: Folder,
  { person }: { readonly person: string },
): Promise<{ readonly receipts: ReturnType<typeof receiptsOf> }> {
  return { receipts: receiptsOf(store, person) }
}

/** Where `overt up` listens unless it is told otherwise. */
const usualEndpoint = 'http://127.0.0.1:4747'

const trialMs = 30 * 86_400_000

/** Enrols a device under the manifest of the person's newest live receipt; for another `origin`, or a person who was never asked, under a sample manifest. No device is for more than they agreed to, and who said no since is not enrolled anew. */
export async function enrol(
  folder: Folder,
  request: { readonly person: string; readonly endpoint: string | null; readonly origin: string | null },
): ReturnType<typeof enrolDevice> {
  const { store } = folder
  const { person } = request
  const endpoint = request.endpoint ?? folder.endpoint ?? usualEndpoint
  const yeses = yesesOf(store, person)
  const last = yeses.find(({ assurance }) => assurance === 'local')
  const before = last ?? yeses[0]
  const manifest = last === undefined || request.origin !== null ? undefined : manifestOf(store, last.manifestSha256)
  const origin = request.origin ?? new URL(endpoint).origin
  assertNotTakenBack(store, person, {
    otherwise: 'no device is enrolled for them',
    purposes: before?.purposes ?? ['ground'],
    origins: manifest?.apps.flatMap(({ origins }) => origins) ?? [origin],
  })
  if (manifest === undefined || last === undefined)
    return enrolDevice(store, { person, endpoint, ...(await sampleFor(folder, origin, before)) })
  const { purposes, modalities, expiresAtEpochMs } = last
  return enrolDevice(store, { person, manifest, endpoint, purposes, modalities, expiresAtEpochMs })
}

/** A trial's manifest for an origin, and what of it somebody agrees to who agreed to something before: no other purposes, no other modalities, and for no longer. */
async function sampleFor(
  { store, operator }: Folder,
  origin: string,
  before: Receipt | undefined,
): Promise<Pick<Parameters<typeof enrolDevice>[1], 'manifest' | 'purposes' | 'modalities' | 'expiresAtEpochMs'>> {
  const nowEpochMs = store.nowEpochMs()
  const trial = { origins: [origin], nowEpochMs } as const
  if (before === undefined) return { manifest: await signedSample(operator, trial) }
  const { purposes } = before
  const manifest = await signedSample(operator, { ...trial, purposes })
  const { atOnce } = offeredModalities(manifest)
  const modalities = atOnce.filter((one) => before.modalities.includes(one))
  if (modalities.length === 0)
    throw impossible(
      `at ${origin} a trial records ${atOnce.join(', ')}, and ${before.person} agreed to ${before.modalities.join(', ')}`,
      'Record first what they agree to there: `overt receipt grant --manifest FILE --person P`.',
    )
  return { manifest, purposes, modalities, expiresAtEpochMs: Math.min(before.expiresAtEpochMs, nowEpochMs + trialMs) }
}
