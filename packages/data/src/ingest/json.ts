import { type Checked, type Refusal, accept, refuse } from './refusal.ts'

/** A batch nests 6 deep; nothing honest comes near this. */
const maxDepth = 32
const maxKeyBytes = 256
/** Two bytes may become a value of eight, twice while it is made. */
const maxValues = 1_000_000

/** What was parsed. `tight`: nothing stands between its tokens, so that the bytes hold no more than the value does. */
export interface Parsed {
  readonly document: unknown
  readonly tight: boolean
}

interface Outline {
  /** Colons outside of strings: keys as they are written. */
  readonly keys: number
  readonly tight: boolean
}

const utf8 = new TextDecoder('utf-8', { fatal: true })
const [blank, quote, comma, nine, colon, backslash] = [0x20, 0x22, 0x2c, 0x39, 0x3a, 0x5c]
const opening: readonly number[] = [0x5b, 0x7b]
const closing: readonly number[] = [0x5d, 0x7d]

/** Parses JSON from an unknown sender: valid UTF-8, bounded depth and key length, no key twice in one object, no `__proto__`. Time is linear in the bytes. */
export function parseJson(bytes: Uint8Array): Checked<Parsed> {
  const outline = outlineOf(bytes)
  if ('ok' in outline) return outline
  try {
    const document: unknown = JSON.parse(utf8.decode(bytes))
    // A key that stands twice is written twice and kept once.
    if ((typeof document === 'object' && document !== null ? keysOf(document) : 0) !== outline.keys)
      return refuse('malformed', 'A key stands twice in one object, or is __proto__.')
    return accept({ document, tight: outline.tight })
  } catch (cause) {
    if (cause instanceof SyntaxError || cause instanceof TypeError) return refuse('malformed', 'The body is not JSON in UTF-8.')
    throw cause
  }
}

/** Read from the bytes, before anything is built from them: what is in them, or why they are refused. */
function outlineOf(bytes: Uint8Array): Outline | Refusal {
  if (bytes.length > 2 * maxValues && commasIn(bytes) > maxValues)
    return refuse('too-large', `The body holds more than ${maxValues} values. Send smaller batches.`)
  let depth = 0
  let keys = 0
  let tight = true
  let textBytes = 0
  const words = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  for (let at = 0; at < bytes.length; at += 1) {
    // Numbers and the commas between them: three of four bytes, and most beside others.
    while (at + 4 <= bytes.length && areOfNumbers(words.getInt32(at, true))) at += 4
    const byte = bytes[at] ?? comma
    if (byte >= comma && byte <= nine) continue
    if (byte === quote) {
      const end = stringEnd(bytes, at + 1)
      textBytes = end - at
      at = end
    } else if (byte === colon) {
      keys += 1
      if (textBytes > maxKeyBytes) return refuse('malformed', `A key is longer than ${maxKeyBytes} bytes.`)
    } else if (opening.includes(byte)) {
      depth += 1
      if (depth > maxDepth) return refuse('malformed', `The body nests deeper than ${maxDepth}.`)
    } else if (closing.includes(byte)) depth -= 1
    else if (byte <= blank) tight = false
  }
  return { keys, tight }
}

/** Whether each of four bytes is a digit, a comma, or what stands between these in ASCII: no difference to either end of them has its highest bit. */
function areOfNumbers(word: number): boolean {
  return (((word - commas) | (nines - word)) & highest) === 0
}
const [commas, nines, highest] = [0x2c2c2c2c, 0x39393939, 0x80808080]

/** Every value but the first stands behind a comma. */
function commasIn(bytes: Uint8Array): number {
  let commas = 0
  for (const byte of bytes) if (byte === comma) commas += 1
  return commas
}

function stringEnd(bytes: Uint8Array, from: number): number {
  let at = from
  while (at < bytes.length && bytes[at] !== quote) at += bytes[at] === backslash ? 2 : 1
  return at
}

/** Keys of all objects in a value; less than any number where one is `__proto__`. An array is one of objects or one of none: another has fewer keys here than colons, and is no batch. */
function keysOf(value: object): number {
  let keys = 0
  if (Array.isArray(value)) {
    if (typeof value[0] !== 'object') return 0
    for (const member of value) if (typeof member === 'object' && member !== null) keys += keysOf(member)
    return keys
  }
  for (const name in value) {
    if (name === '__proto__') return Number.NEGATIVE_INFINITY
    const member = (value as Record<string, unknown>)[name] // as: a name of its own
    keys += 1 + (typeof member === 'object' && member !== null ? keysOf(member) : 0)
  }
  return keys
}
