import { fromBase64, toBase64, toBase64Url } from '../consent/encoding.ts'
import { joined } from './hash.ts'
import { isKeyName, noteKeyId, signatureTypes } from './note.ts'

/** A public key and the name that it signs under. */
export interface VerifierKey {
  readonly name: string
  /** 32 bytes in base64url. */
  readonly publicKey: string
}

/** A key as C2SP signed-note writes it (vkey): name, key id and key, by plus signs. `kind`: a log's, or a witness's. */
export async function printVerifierKey({ name, publicKey }: VerifierKey, kind: keyof typeof signatureTypes = 'ed25519'): Promise<string> {
  const type = signatureTypes[kind]
  const key = fromBase64(publicKey) ?? new Uint8Array()
  return `${name}+${await noteKeyId(name, type, publicKey)}+${toBase64(joined(Uint8Array.of(type), key))}`
}

/** The key in a vkey; undefined where it is none of this kind. */
export async function parseVerifierKey(text: string, kind: keyof typeof signatureTypes = 'ed25519'): Promise<VerifierKey | undefined> {
  // Base64 has plus signs of its own.
  const [name = '', id = '', ...rest] = text.trim().split('+')
  const bytes = fromBase64(rest.join('+'))
  if (!isKeyName(name) || bytes?.length !== 33 || bytes[0] !== signatureTypes[kind]) return undefined
  const publicKey = toBase64Url(bytes.slice(1))
  return id === (await noteKeyId(name, signatureTypes[kind], publicKey)) ? { name, publicKey } : undefined
}
