import { verifyBytes } from '@overt/privacy'

import { type Device, selectDevice } from '../store/device.ts'
import type { Store } from '../store/store.ts'
import { type Checked, accept, refuse } from './refusal.ts'

/** How far a device's clock may be from the server's. */
export const maxSkewMs = 5 * 60_000

const maxTokenLength = 2_048

/** What a device signs to send a batch. */
export interface DeviceToken {
  /** SHA-256 of the body before it was compressed, lower-case hexadecimal. */
  readonly body: string
  readonly device: string
  /** The device's clock, epoch ms. */
  readonly iat: number
  /** New for every request, 8-64 characters. */
  readonly nonce: string
}

/** A token whose signature holds, and the device that made it. */
export interface Authenticated {
  readonly token: DeviceToken
  readonly device: Device
}

/** Checks `authorization: Device <head>.<signature>`: the signature is the device's, over the ASCII bytes of the head. */
export async function authenticate(store: Store, authorization: string | undefined, nowEpochMs: number): Promise<Checked<Authenticated>> {
  const [head = '', signature = ''] = tokenOf(authorization)
  const token = readHead(head)
  if (token === undefined) return refuse('token', 'Send `authorization: Device <token>` as docs/spec/ingest.md says.')
  const device = selectDevice(store.control, token.device)
  const genuine = await verifyBytes(device?.publicKey ?? '', signature, new TextEncoder().encode(head))
  if (device === undefined || !genuine || device.revokedAtEpochMs !== null)
    return refuse('device', 'This device is not enrolled here, or its signature does not match. Enrol it with `overt device enrol`.')
  if (Math.abs(nowEpochMs - token.iat) > maxSkewMs)
    return refuse(
      'clock',
      `The token's time is ${Math.round((token.iat - nowEpochMs) / 1_000)} s off; at most ${maxSkewMs / 1_000} s are allowed.`,
    )
  return accept({ token, device })
}

function tokenOf(authorization: string | undefined): readonly string[] {
  const [scheme, token, more] = (authorization ?? '').split(' ')
  if (scheme?.toLowerCase() !== 'device' || token === undefined || more !== undefined || token.length > maxTokenLength) return []
  const parts = token.split('.')
  return parts.length === 2 ? parts : []
}

function readHead(head: string): DeviceToken | undefined {
  try {
    return toToken(JSON.parse(Buffer.from(head, 'base64url').toString('utf8')))
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined
    throw cause
  }
}

function toToken(value: unknown): DeviceToken | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { body, device, iat, nonce }: Readonly<Record<string, unknown>> = { ...value }
  if (typeof body !== 'string' || !/^[0-9a-f]{64}$/.test(body)) return undefined
  if (typeof device !== 'string' || !/^[A-Za-z0-9_.-]{1,64}$/.test(device)) return undefined
  if (typeof nonce !== 'string' || !/^[A-Za-z0-9_-]{8,64}$/.test(nonce)) return undefined
  return typeof iat === 'number' && Number.isFinite(iat) ? { body, device, iat, nonce } : undefined
}
