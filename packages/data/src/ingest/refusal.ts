/** Every way in which ingest says no: its HTTP status and stable code. */
export const refusals = {
  malformed: { status: 400, code: 'OVT-1380' },
  encoding: { status: 400, code: 'OVT-1381' },
  schema: { status: 400, code: 'OVT-1382' },
  token: { status: 401, code: 'OVT-1383' },
  device: { status: 401, code: 'OVT-1384' },
  clock: { status: 401, code: 'OVT-1385' },
  replayed: { status: 401, code: 'OVT-1356' },
  'body-hash': { status: 401, code: 'OVT-1357' },
  person: { status: 403, code: 'OVT-1360' },
  receipt: { status: 403, code: 'OVT-1361' },
  place: { status: 403, code: 'OVT-1362' },
  modality: { status: 403, code: 'OVT-1363' },
  redaction: { status: 403, code: 'OVT-1364' },
  erased: { status: 403, code: 'OVT-1365' },
  conflict: { status: 409, code: 'OVT-1370' },
  base: { status: 409, code: 'OVT-1374' },
  'too-large': { status: 413, code: 'OVT-1371' },
  quota: { status: 429, code: 'OVT-1372' },
  unavailable: { status: 503, code: 'OVT-1373' },
} as const
export type RefusalKind = keyof typeof refusals

/** A refusal: what the sender hears, and what the counters count it under. */
export interface Refusal {
  readonly ok: false
  readonly kind: RefusalKind
  /** One sentence: what, why, what to do. Never holds content. */
  readonly explain: string
  readonly retryAfterS?: number
  /** What a recorder sent that it may not, in words of ours. */
  readonly beyond?: readonly string[]
}

/** A checked value, or a refusal. */
export type Checked<T> = { readonly ok: true; readonly value: T } | Refusal

/** Makes a refusal. */
export function refuse(kind: RefusalKind, explain: string): Refusal {
  return { ok: false, kind, explain }
}

/** Makes a checked value. */
export function accept<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value }
}
