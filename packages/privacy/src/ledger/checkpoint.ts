import { bytesOf, fromBase64, sha256, toBase64, toBase64Url, toHex } from '../consent/encoding.ts'
import { signBytes, type KeyPair } from '../consent/keys.ts'
import { verifyBytes } from '../consent/verify.ts'
import { PrivacyError } from '../error.ts'
import { fromHex, joined, type Hash } from './hash.ts'

/** What a checkpoint says: whose tree, how large, its root. */
export interface Checkpoint {
  /** Name of the log, as `overt/default`; also the name of the key that signs. */
  readonly origin: string
  readonly size: number
  readonly root: Hash
}

/** A checkpoint as a signed note (C2SP tlog-checkpoint and signed-note, Ed25519). */
export async function signCheckpoint(checkpoint: Checkpoint, keyPair: KeyPair): Promise<string> {
  const { origin, size, root } = checkpoint
  if (!isName(origin) || fromHex(root).length !== 32)
    throw new PrivacyError('OVT-1122', 'a checkpoint has a name without blanks or plus signs, and a root of 32 bytes')
  const text = `${origin}\n${size}\n${toBase64(fromHex(root))}\n`
  const signature = fromBase64(await signBytes(keyPair.privateKey, bytesOf(text))) ?? new Uint8Array()
  return `${text}\n\u2014 ${origin} ${toBase64(joined(await keyHash(origin, keyPair.publicKey), signature))}\n`
}

/** The checkpoint in a note that this key signed, or why it is none. Signatures by other keys (witnesses) are passed over. */
export async function verifyCheckpoint(
  note: string,
  publicKey: string,
): Promise<
  { readonly ok: true; readonly value: Checkpoint } | { readonly ok: false; readonly reason: 'malformed' | 'unsigned' | 'bad-signature' }
> {
  const split = note.lastIndexOf('\n\n')
  const text = note.slice(0, split + 1)
  const checkpoint = split === -1 ? undefined : parseText(text)
  if (checkpoint === undefined || !note.endsWith('\n')) return { ok: false, reason: 'malformed' }
  const hash = toHex(await keyHash(checkpoint.origin, publicKey))
  for (const line of note.slice(split + 2, -1).split('\n')) {
    const [dash, name, value, more] = line.split(' ')
    const bytes = fromBase64(value ?? '')
    if (dash !== '\u2014' || bytes === undefined || bytes.length < 5 || more !== undefined) return { ok: false, reason: 'malformed' }
    if (name !== checkpoint.origin || toHex(bytes.slice(0, 4)) !== hash) continue
    const genuine = await verifyBytes(publicKey, toBase64Url(bytes.slice(4)), bytesOf(text))
    return genuine ? { ok: true, value: checkpoint } : { ok: false, reason: 'bad-signature' }
  }
  return { ok: false, reason: 'unsigned' }
}

/** Origin, size without leading zeros, root; lines after them are extensions. */
function parseText(text: string): Checkpoint | undefined {
  const [origin = '', size = '', root = ''] = text.split('\n')
  const bytes = fromBase64(root)
  if (!isName(origin) || !/^(?:0|[1-9]\d{0,15})$/.test(size) || bytes?.length !== 32 || root !== toBase64(bytes)) return undefined
  return { origin, size: Number(size), root: toHex(bytes) }
}

function isName(name: string): boolean {
  return /^[^\s+]{1,255}$/u.test(name)
}

/** C2SP signed-note: the first four bytes of SHA-256 over name, line feed, algorithm 1 (Ed25519) and key. */
async function keyHash(name: string, publicKey: string): Promise<Uint8Array> {
  const key = fromBase64(publicKey) ?? new Uint8Array()
  return (await sha256(joined(bytesOf(`${name}\n`), Uint8Array.of(1), key))).slice(0, 4)
}
