import { sha256Hex } from '../store/cipher.ts'
import type { Store } from '../store/store.ts'
import { type IngestRequest, header } from './http.ts'
import { inflate } from './inflate.ts'
import { parseJson } from './json.ts'
import type { Nonces } from './nonces.ts'
import type { Quota } from './quota.ts'
import { type Checked, type Refusal, accept, refuse } from './refusal.ts'
import type { Authenticated, Senders } from './token.ts'

/** What tells whether a request is a device's own, and new. */
interface Desk {
  readonly store: Store
  readonly senders: Senders
  readonly quota: Quota
  readonly nonces: Nonces
}

/** A request whose sender is known, and what they signed. */
export interface Signed {
  readonly sender: Authenticated
  readonly document: unknown
  /** As it was signed, and whether it holds no more than the document. */
  readonly body: Uint8Array
  /** The body as it came, where it is gzip and holds nothing beside. */
  readonly packed: Uint8Array | undefined
  readonly tight: boolean
  readonly sha256: string
}

/** Who sent a request, and the JSON that they signed. */
export async function readSigned(desk: Desk, request: IngestRequest): Promise<Checked<Signed>> {
  const nowEpochMs = desk.store.nowEpochMs()
  const sender = desk.senders.authenticate(header(request, 'authorization'), nowEpochMs)
  if (!sender.ok) return sender
  const waitS = desk.quota.take(sender.value.device.id, nowEpochMs)
  if (waitS > 0) return { ...quotaRefusal, retryAfterS: waitS }
  const body = await inflate(request.body, header(request, 'content-encoding'))
  if (!body.ok) return body
  const { bytes, packed } = body.value
  const sha256 = sha256Hex(bytes)
  const fresh = checkBody(desk, sender.value, sha256, nowEpochMs)
  if (!fresh.ok) return fresh
  const parsed = parseJson(bytes)
  return parsed.ok ? accept({ sender: sender.value, body: bytes, packed, ...parsed.value, sha256 }) : parsed
}

const quotaRefusal: Refusal = { ok: false, kind: 'quota', explain: 'This device sends more than its share. Wait, then send again.' }

function checkBody(desk: Desk, { token, device }: Authenticated, sha256: string, nowEpochMs: number): Checked<string> {
  if (token.body !== sha256)
    return refuse('body-hash', 'The body is not the one that the token was signed for (SHA-256 of the decompressed bytes).')
  if (!desk.nonces.take(device.id, token.nonce, sha256, nowEpochMs))
    return refuse('replayed', 'This nonce was used before, for another body.')
  return accept(sha256)
}
