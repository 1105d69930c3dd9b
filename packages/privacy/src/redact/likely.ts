/** Letters that often follow a letter in English, German, French and Spanish words and identifiers. */
const followers: Readonly<Record<string, string>> = {
  a: 'bcdefgilmnprstuvy',
  b: 'aeilorsuy',
  c: 'aehiklorstu',
  d: 'aeiorsu',
  e: 'abcdfgilmnpqrstuvwxy',
  f: 'aefiloru',
  g: 'aehilnorstu',
  h: 'aeinorty',
  i: 'abcdefgklmnoprstvz',
  j: 'aeou',
  k: 'aeinors',
  l: 'adefiloptuy',
  m: 'aeimopu',
  n: 'acdefgiknostuv',
  o: 'bcdfgklmnoprstuvw',
  p: 'aehiloprstu',
  q: 'u',
  r: 'acdegiklmnorstuvy',
  s: 'acehiklmopstuwy',
  t: 'aehiorstuwyz',
  u: 'abcdegilmnprst',
  v: 'aeio',
  w: 'aehionr',
  x: 'aceipt',
  y: 'aelmnopst',
  z: 'aeiu',
}

/** Share 0-1 of neighbouring letters that words have; 1 where there are none. Random letters reach about 0.4, words over 0.8. */
export function wordlike01(text: string): number {
  const lower = text.toLowerCase()
  let pairs = 0
  let usual = 0
  for (let at = 1; at < lower.length; at += 1) {
    const before = followers[lower[at - 1] ?? '']
    if (before === undefined || !/[a-z]/.test(lower[at] ?? '')) continue
    // A capital after a small letter begins a new word: camelCase.
    if (/[a-z]/.test(text[at - 1] ?? '') && /[A-Z]/.test(text[at] ?? '')) continue
    pairs += 1
    if (before.includes(lower[at] ?? '')) usual += 1
  }
  return pairs === 0 ? 1 : usual / pairs
}

/** Bits per character of a text's own distribution. */
export function entropyBits(text: string): number {
  const counts = new Map<number, number>()
  for (let at = 0; at < text.length; at += 1) counts.set(text.charCodeAt(at), (counts.get(text.charCodeAt(at)) ?? 0) + 1)
  let bits = 0
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length)
  return bits
}
