/** A word of a text, with where it stands. */
export interface Token {
  readonly text: string
  readonly lower: string
  /** Index of its first UTF-16 unit, and of the one after its last. */
  readonly start: number
  readonly end: number
}

const word = /\[[A-Z]+(?:_[A-Z]+)*_\d+\]|[@#]?[\p{L}\p{N}]+(?:[.,:'’/_@-](?=[\p{L}\p{N}])[\p{L}\p{N}]+)*/gu

/** Splits a text into words; a placeholder of redaction is one word; punctuation stays inside `12/01/2016`, `7:16`, `O'Neil` and `a@b.org` only. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  for (const match of text.matchAll(word)) {
    tokens.push({ text: match[0], lower: match[0].toLowerCase(), start: match.index, end: match.index + match[0].length })
  }
  return tokens
}

/** A text as it is compared: its words in lower case, one space between; the bare text where it has no words. */
export function normal(text: string): string {
  if (isPlain(text)) return text.toLowerCase()
  const words = text.match(word)
  return words === null ? text.trim().toLowerCase() : words.join(' ').toLowerCase()
}

/** Space and the signs that stand inside words, of ASCII. */
const joints: ReadonlySet<number> = new Set(Array.from(" .,:'/_@-", (sign) => sign.charCodeAt(0)))

/** Whether a text is ASCII letters and digits with single joints between them: then its words are it, and the pattern, which is ten times as slow, need not be asked. */
function isPlain(text: string): boolean {
  let inWord = false
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at)
    const lower = unit | 32
    if ((lower >= 97 && lower <= 122) || (unit >= 48 && unit <= 57)) inWord = true
    else if (inWord && joints.has(unit)) inWord = false
    else return false
  }
  return inWord || text === ''
}

/** FNV-1a over UTF-16 units: the same number everywhere. Signed 32 bits, which engines keep without allocating; the features take it modulo 2^32. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash | 0
}

/** Joins two hashes into one (murmur3's finaliser). Signed 32 bits. */
export function mix(left: number, right: number): number {
  let hash = Math.imul(left ^ (left >>> 16), 0x85ebca6b) ^ Math.imul(right ^ 0x9e3779b9, 0xc2b2ae35)
  hash = Math.imul(hash ^ (hash >>> 13), 0x27d4eb2f)
  return hash ^ (hash >>> 16)
}
