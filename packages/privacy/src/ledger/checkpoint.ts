import { bytesOf, fromBase64, toBase64, toBase64Url, toHex } from '../consent/encoding.ts'
import { signBytes, type KeyPair } from '../consent/keys.ts'
import { verifyBytes } from '../consent/verify.ts'
import { PrivacyError } from '../error.ts'
import { fromHex, type Hash } from './hash.ts'
import { isKeyName, noteKeyId, signatureLine, signatureTypes, splitNote } from './note.ts'

/** What a checkpoint says: whose tree, how large, its root. */
export interface Checkpoint {
  /** Name of the log, as `overt/default`; also the name of the key that signs. */
  readonly origin: string
  readonly size: number
  readonly root: Hash
}

/** A checkpoint in a note, or why it is none. */
export type CheckpointRead =
  | { readonly ok: true; readonly value: Checkpoint }
  | { readonly ok: false; readonly reason: 'malformed' | 'unsigned' | 'bad-signature' }

/** A checkpoint as a signed note (C2SP tlog-checkpoint and signed-note, Ed25519). */
export async function signCheckpoint(checkpoint: Checkpoint, keyPair: KeyPair): Promise<string> {
  const { origin, size, root } = checkpoint
  if (!isKeyName(origin) || fromHex(root).length !== 32)
    throw new PrivacyError('OVT-1122', 'a checkpoint has a name without blanks or plus signs, and a root of 32 bytes')
  const text = `${origin}\n${size}\n${toBase64(fromHex(root))}\n`
  const signature = fromBase64(await signBytes(keyPair.privateKey, bytesOf(text))) ?? new Uint8Array()
  return `${text}\n${signatureLine(origin, await noteKeyId(origin, signatureTypes.ed25519, keyPair.publicKey), signature)}`
}

/** The checkpoint in a note that this key signed, or why it is none. Signatures by other keys (witnesses) are passed over. */
export async function verifyCheckpoint(note: string, publicKey: string): Promise<CheckpointRead> {
  const split = splitNote(note)
  const checkpoint = split === undefined ? undefined : parseCheckpoint(split.text)
  if (split === undefined || checkpoint === undefined) return { ok: false, reason: 'malformed' }
  const id = await noteKeyId(checkpoint.origin, signatureTypes.ed25519, publicKey)
  const own = split.signatures.find((signature) => signature.name === checkpoint.origin && signature.id === id)
  if (own === undefined) return { ok: false, reason: 'unsigned' }
  const genuine = await verifyBytes(publicKey, toBase64Url(own.bytes), bytesOf(split.text))
  return genuine ? { ok: true, value: checkpoint } : { ok: false, reason: 'bad-signature' }
}

/** Origin, size without leading zeros, root; lines after them are extensions. */
export function parseCheckpoint(text: string): Checkpoint | undefined {
  const [origin = '', size = '', root = ''] = text.split('\n')
  const bytes = fromBase64(root)
  if (!isKeyName(origin) || !/^(?:0|[1-9]\d{0,15})$/.test(size) || bytes?.length !== 32 || root !== toBase64(bytes)) return undefined
  return { origin, size: Number(size), root: toHex(bytes) }
}
