import { bytesOf, fromBase64, sha256, toBase64, toHex } from '../consent/encoding.ts'
import { joined } from './hash.ts'

/** One signature line of a note. */
export interface NoteSignature {
  readonly name: string
  /** Key id, 8 hexadecimal digits. */
  readonly id: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** Signature types of C2SP signed-note: plain Ed25519, and the timestamped one of witnesses (tlog-cosignature). */
export const signatureTypes = { ed25519: 1, cosignature: 4 } as const

/** A megabyte would be 5,000 signatures; a log has one and a few witnesses. */
const longestNote = 65_536

/** Text and signatures of a signed note (C2SP signed-note); undefined where it is none. */
export function splitNote(note: string): { readonly text: string; readonly signatures: readonly NoteSignature[] } | undefined {
  const split = note.lastIndexOf('\n\n')
  // Control characters other than the line feed have no place in a note.
  if (split === -1 || !note.endsWith('\n') || note.length > longestNote || /[^\P{Cc}\n]/u.test(note)) return undefined
  const signatures = note
    .slice(split + 2, -1)
    .split('\n')
    .map(signatureOf)
  return signatures.every((one) => one !== undefined) ? { text: note.slice(0, split + 1), signatures } : undefined
}

function signatureOf(line: string): NoteSignature | undefined {
  const [dash, name = '', value, more] = line.split(' ')
  const bytes = fromBase64(value ?? '')
  if (dash !== '\u2014' || !isKeyName(name) || bytes === undefined || bytes.length < 5 || more !== undefined) return undefined
  return { name, id: toHex(bytes.slice(0, 4)), bytes: bytes.slice(4) }
}

/** A signature line, with its line feed. */
export function signatureLine(name: string, id: string, signature: Uint8Array): string {
  const idBytes = Uint8Array.from(id.match(/../g) ?? [], (pair) => parseInt(pair, 16))
  return `\u2014 ${name} ${toBase64(joined(idBytes, signature))}\n`
}

/** Whether a text can name a key: neither blanks nor plus signs. */
export function isKeyName(name: string): boolean {
  return /^[^\s+]{1,255}$/u.test(name)
}

/** Id of a key: the first four bytes of SHA-256 over name, line feed, type and key. `publicKey`: 32 bytes in base64url. */
export async function noteKeyId(name: string, type: number, publicKey: string): Promise<string> {
  const key = fromBase64(publicKey) ?? new Uint8Array()
  return toHex((await sha256(joined(bytesOf(`${name}\n`), Uint8Array.of(type), key))).slice(0, 4))
}
