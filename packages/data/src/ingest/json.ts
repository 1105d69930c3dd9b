import { type Checked, accept, refuse } from './refusal.ts'

/** A batch nests 6 deep; nothing honest comes near this. */
const maxDepth = 32
const maxKeyBytes = 256

const utf8 = new TextDecoder('utf-8', { fatal: true })
const quote = 0x22
const backslash = 0x5c
const open = new Set([0x7b, 0x5b])
const close = new Set([0x7d, 0x5d])
const colon = 0x3a

/** Parses JSON from an unknown sender: valid UTF-8, bounded depth and key length, no key twice in one object, no `__proto__`. Time is linear in the bytes. */
export function parseJson(bytes: Uint8Array): Checked<unknown> {
  const fault = structureFault(bytes)
  if (fault !== undefined) return refuse('malformed', fault)
  try {
    return accept(JSON.parse(utf8.decode(bytes)))
  } catch (cause) {
    if (cause instanceof SyntaxError || cause instanceof TypeError) return refuse('malformed', 'The body is not JSON in UTF-8.')
    throw cause
  }
}

/** What JSON.parse would let through: read from the bytes, before anything is built from them. */
function structureFault(bytes: Uint8Array): string | undefined {
  const keys: Set<string>[] = []
  let text: { readonly from: number; readonly to: number } | undefined
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0
    if (byte === quote) {
      const end = stringEnd(bytes, at)
      text = { from: at, to: end + 1 }
      at = end
    } else if (open.has(byte)) {
      keys.push(new Set())
      if (keys.length > maxDepth) return `The body nests deeper than ${maxDepth}.`
    } else if (close.has(byte)) keys.pop()
    else if (byte === colon && text !== undefined) {
      const fault = keyFault(bytes.subarray(text.from, text.to), keys.at(-1))
      if (fault !== undefined) return fault
    }
  }
  return undefined
}

function stringEnd(bytes: Uint8Array, from: number): number {
  let end = bytes.indexOf(quote, from + 1)
  while (end !== -1 && isEscaped(bytes, end)) end = bytes.indexOf(quote, end + 1)
  return end === -1 ? bytes.length : end
}

function isEscaped(bytes: Uint8Array, at: number): boolean {
  let slashes = 0
  while (bytes[at - 1 - slashes] === backslash) slashes += 1
  return slashes % 2 === 1
}

function keyFault(quoted: Uint8Array, seen: Set<string> | undefined): string | undefined {
  if (quoted.length > maxKeyBytes) return `A key is longer than ${maxKeyBytes} bytes.`
  const key = keyText(quoted)
  if (key === undefined) return 'A key is not JSON in UTF-8.'
  if (key === '__proto__' || seen?.has(key) === true) return 'A key stands twice in one object, or is __proto__.'
  seen?.add(key)
  return undefined
}

function keyText(quoted: Uint8Array): string | undefined {
  try {
    return String(JSON.parse(utf8.decode(quoted)))
  } catch (cause) {
    if (cause instanceof SyntaxError || cause instanceof TypeError) return undefined
    throw cause
  }
}
