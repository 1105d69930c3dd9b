import { type KeyObject, createPublicKey, verify } from 'node:crypto'

import { type Device, maxSkewMs, selectDevice, selectDeviceNamed } from '../store/device.ts'
import type { Store } from '../store/store.ts'
import { type Checked, type Refusal, accept, refuse } from './refusal.ts'

const maxTokenLength = 2_048

/** What a device signs to send a batch. */
export interface DeviceToken {
  /** SHA-256 of the body before it was compressed, lower-case hexadecimal. */
  readonly body: string
  /** Its id, or that of a receipt that its key signed. */
  readonly device: string
  /** The device's clock, epoch ms. */
  readonly iat: number
  /** New for every request, 8-64 characters. */
  readonly nonce: string
}

/** A token whose signature holds, and the device that made it, which may have ended: what that may still do, whoever takes its request decides. */
export interface Authenticated {
  readonly token: DeviceToken
  readonly device: Device
  /** How far its clock is before the server's. */
  readonly aheadMs: number
}

/** A device, and its key as the crypto module takes it. */
interface Sender {
  readonly device: Device
  readonly key: KeyObject
  /** The token whose signature was checked last: a request is asked for it by its head, and again with its body. */
  genuine: string
}

/** Knows who sends: a device is looked up, and its key imported, once, and again after every change of consent, which enrolling a device is one of. */
export class Senders {
  readonly #store: Store
  readonly #senders = new Map<string, Sender>()
  #generation = -1

  constructor(store: Store) {
    this.#store = store
  }

  /** Checks `authorization: Device <head>.<signature>`: the signature is the device's, over the ASCII bytes of the head. */
  authenticate(authorization: string | undefined, nowEpochMs: number): Checked<Authenticated> {
    const [head = '', signature = ''] = tokenOf(authorization)
    const token = readHead(head)
    if (token === undefined) return refuse('token', 'Send `authorization: Device <token>` as docs/spec/ingest.md says.')
    const sender = this.#find(token.device)
    if (sender === undefined || !isGenuine(sender, head, signature))
      return refuse('device', 'This device is not enrolled here, or its signature does not match. Enrol it with `overt device enrol`.')
    const aheadMs = token.iat - nowEpochMs
    if (Math.abs(aheadMs) > maxSkewMs)
      return refuse(
        'clock',
        `The token's time is ${Math.round(aheadMs / 1_000)} s off; at most ${maxSkewMs / 1_000} s are allowed. Set the clock.`,
      )
    return accept({ token, device: sender.device, aheadMs })
  }

  #find(name: string): Sender | undefined {
    const { generation } = this.#store.consent
    if (this.#generation !== generation) this.#senders.clear()
    this.#generation = generation
    const known = this.#senders.get(name)
    if (known !== undefined) return known
    const device = selectDeviceNamed(this.#store.control, name)
    if (device === undefined) return undefined
    const key = createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: device.publicKey } })
    const sender = { device, key, genuine: '' }
    this.#senders.set(name, sender)
    return sender
  }
}

/** Why nothing more is taken from a device; undefined while it may send. Asked of the store each time: it may have ended since its signature was checked. */
export function refuseRevoked({ control }: Store, { id }: Device): Refusal | undefined {
  if (selectDevice(control, id)?.revokedAtEpochMs === null) return undefined
  return refuse('device', 'This device was ended, by its person or with all that was recorded of them. Enrol it anew, with a new key.')
}

function isGenuine(sender: Sender, head: string, signature: string): boolean {
  const token = `${head}.${signature}`
  if (sender.genuine === token) return true
  if (!verify(null, Buffer.from(head, 'ascii'), sender.key, Buffer.from(signature, 'base64url'))) return false
  sender.genuine = token
  return true
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
