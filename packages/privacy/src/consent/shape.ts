import type { Manifest, Modality, Only, Purpose, Receipt, Signature } from '@overt/schema'
import { canonicalJson } from '@overt/schema/words'

type Check = (value: unknown) => boolean

const text =
  (maxLength: number): Check =>
  (value) =>
    typeof value === 'string' && value.length <= maxLength
const match =
  (pattern: RegExp): Check =>
  (value) =>
    typeof value === 'string' && pattern.test(value)
const whole =
  (from: number, to: number): Check =>
  (value) =>
    Number.isInteger(value) && Number(value) >= from && Number(value) <= to
const word =
  (...words: readonly string[]): Check =>
  (value) =>
    typeof value === 'string' && words.includes(value)
const list =
  (item: Check, minimum: number, unique = false): Check =>
  (value) =>
    Array.isArray(value) && value.length >= minimum && value.every(item) && (!unique || new Set(value).size === value.length)
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value)
const orAbsent =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value)
const flag: Check = (value) => typeof value === 'boolean'
const time: Check = (value) => typeof value === 'number' && value >= 0 && value <= 8.64e15
const days = whole(1, Number.MAX_SAFE_INTEGER)
const id = match(/^[A-Za-z0-9_.-]{1,64}$/)
const hash = match(/^[0-9a-f]{64}$/)
const base64Url = match(/^[A-Za-z0-9_-]{0,4096}$/)

/** A closed object: every field well-formed, none besides. */
function shape<T>(fields: Readonly<Record<keyof T & string, Check>>): Check {
  const checks = Object.entries<Check>(fields)
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
    const members = new Map<string, unknown>(Object.entries(value))
    return Object.keys(value).every((key) => Object.hasOwn(fields, key)) && checks.every(([key, check]) => check(members.get(key)))
  }
}

const purposes = ['ground', 'assist', 'automate', 'evaluate', 'correct', 'improve', 'share'] as const satisfies readonly Purpose[]
const modalities = [
  'actions',
  'text',
  'structure',
  'pixels',
  'drawings',
  'films',
  'paths',
  'desktop',
] as const satisfies readonly Modality[]

const receipt = shape<Receipt>({
  v: word('overt.receipt/1'),
  id,
  person: id,
  manifestId: id,
  manifestSha256: hash,
  status: word('given', 'refused', 'withdrawn', 'paused', 'renewed'),
  purposes: list(word(...purposes), 0, true),
  modalities: list(word(...modalities), 0, true),
  decidedAtEpochMs: time,
  expiresAtEpochMs: time,
  assurance: word('device', 'local', 'public-dataset'),
  legalBasis: text(128),
  acknowledged: orAbsent(list(hash, 1, true)),
  follows: orNull(id),
  publicKey: base64Url,
  signature: base64Url,
})

const names = orAbsent(list((value) => value !== '' && text(64)(value), 1, true))
const only = orAbsent(shape<Only>({ network: names, region: names, contract: names, device: names }))

const app = shape<Manifest['apps'][number]>({
  name: text(128),
  origins: list(text(512), 1),
  paths: list(text(512), 1),
  exceptPaths: list(text(512), 0),
  modalities: list(word(...modalities), 1, true),
  only,
})

const manifest = shape<Manifest>({
  v: word('overt.manifest/1'),
  id,
  version: days,
  operator: shape<Manifest['operator']>({ name: text(256), contact: text(256) }),
  apps: list(app, 1),
  purposes: list(word(...purposes), 1, true),
  hours: orNull(shape<NonNullable<Manifest['hours']>>({ days: list(whole(0, 6), 0), fromHour: whole(0, 23), toHour: whole(1, 24) })),
  retentionDays: shape<Manifest['retentionDays']>({ events: days, frames: days, datasets: days }),
  recipients: list(text(256), 0),
  legalBasis: text(128),
  redaction: days,
  assessment: shape<Manifest['assessment']>({ sha256: hash, expiresAtEpochMs: time, stub: flag }),
  issuedAtEpochMs: time,
  noticeDays: whole(0, 365),
  expiresAtEpochMs: time,
  scope: word('organisation', 'local'),
  councilKeyId: orNull(id),
  only,
  fields: orAbsent(list(text(64), 1, true)),
  notices: orAbsent(list(shape<{ jurisdiction: string; sha256: string }>({ jurisdiction: text(16), sha256: hash }), 1)),
  exemptions: orAbsent(list(shape<{ part: string; people: number }>({ part: text(64), people: whole(10, Number.MAX_SAFE_INTEGER) }), 1)),
  signatures: list(shape<Signature>({ keyId: id, by: word('operator', 'council'), value: base64Url }), 0),
})

/** Whether a value has the shape of a receipt, exactly. The same rules as the schema's, without a compiler: pages may not compile. */
export function isReceipt(value: unknown): value is Receipt {
  return receipt(value)
}

/** Whether a value has the shape of a manifest, exactly. */
export function isManifest(value: unknown): value is Manifest {
  return manifest(value)
}

/** A private copy as plain JSON, so that what was checked is what is used; undefined for a cycle, a BigInt or a document over 256 kB. */
export function snapshot(value: unknown): unknown {
  try {
    // Not JSON.stringify: what a page has given arrays as their toJSON would be in it.
    const json = canonicalJson(value)
    return json.length > 262_144 ? undefined : JSON.parse(json)
  } catch {
    // A cycle, a BigInt, a getter that throws, a depth that no document has: none is a document.
    return undefined
  }
}
