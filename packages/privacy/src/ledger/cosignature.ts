import { bytesOf, fromBase64, toBase64Url } from '../consent/encoding.ts'
import { signBytes, type KeyPair } from '../consent/keys.ts'
import { verifyBytes } from '../consent/verify.ts'
import { PrivacyError } from '../error.ts'
import { joined } from './hash.ts'
import { isKeyName, noteKeyId, signatureLine, signatureTypes, splitNote } from './note.ts'
import type { VerifierKey } from './verifier-key.ts'

const timeBytes = 8

/** A note with one more signature: a witness says that, as of then, this is the largest tree it has seen of the log, and that it only grew (C2SP tlog-cosignature, `cosignature/v1`). */
export async function cosign(
  note: string,
  witness: { readonly name: string; readonly keyPair: KeyPair },
  nowEpochMs: number,
): Promise<string> {
  const split = splitNote(note)
  const { name, keyPair } = witness
  if (split === undefined || !isKeyName(name))
    throw new PrivacyError('OVT-1123', 'a witness has a name without blanks, and signs signed notes')
  const atEpochS = Math.floor(nowEpochMs / 1_000)
  const signature = fromBase64(await signBytes(keyPair.privateKey, messageOf(split.text, atEpochS))) ?? new Uint8Array()
  const time = new Uint8Array(timeBytes)
  new DataView(time.buffer).setBigUint64(0, BigInt(atEpochS))
  return note + signatureLine(name, await noteKeyId(name, signatureTypes.cosignature, keyPair.publicKey), joined(time, signature))
}

/** When this witness signed the note, in epoch ms; null where it did not. */
export async function cosignedAt(note: string, witness: VerifierKey): Promise<number | null> {
  const split = splitNote(note)
  const id = await noteKeyId(witness.name, signatureTypes.cosignature, witness.publicKey)
  const own = split?.signatures.find((signature) => signature.name === witness.name && signature.id === id)
  if (split === undefined || own?.bytes.length !== timeBytes + 64) return null
  const atEpochS = Number(new DataView(own.bytes.buffer, own.bytes.byteOffset).getBigUint64(0))
  const genuine = await verifyBytes(witness.publicKey, toBase64Url(own.bytes.slice(timeBytes)), messageOf(split.text, atEpochS))
  return genuine ? atEpochS * 1_000 : null
}

function messageOf(text: string, atEpochS: number): Uint8Array<ArrayBuffer> {
  return bytesOf(`cosignature/v1\ntime ${atEpochS}\n${text}`)
}
