/** Signs that a reader of pixels takes for others. */
const alike: Readonly<Record<string, string>> = {
  o: '0',
  i: '1',
  l: '1',
  '|': '1',
  '!': '1',
  s: '5',
  $: '5',
  b: '8',
  z: '2',
  g: '9',
  q: '9',
  u: 'v',
}
const joined = [
  ['rn', 'm'],
  ['vv', 'w'],
  ['cl', 'd'],
] as const
/** One wrong sign in so many is the same text still. */
const signsPerFault = 6
const shortest = 4

/** A text as a reader of pixels might have taken any text like it: letters and figures alone, those that look alike as one. */
export function blurred(text: string): string {
  let plain = text.normalize('NFKD').toLowerCase()
  for (const [pair, one] of joined) plain = plain.replaceAll(pair, one)
  return plain.replaceAll(/[^\p{L}\p{N}|!$]/gu, '').replaceAll(/[a-z|!$]/g, (sign) => alike[sign] ?? sign)
}

/** Whether so little is left of a text that too much is like it by chance. */
export function isTooShort(text: string): boolean {
  return blurred(text).length < shortest
}

/** Where any of some texts stands in another, both blurred, with few signs wrong. The longest first, so that a part of what was found is not found again. */
export function placesAlike(text: string, sought: readonly string[]): readonly { readonly start: number; readonly end: number }[] {
  let rest = text
  const found: { readonly start: number; readonly end: number }[] = []
  for (const one of sought.toSorted((left, right) => right.length - left.length))
    for (let end = endOf(one, rest); end !== -1; end = endOf(one, rest)) {
      const faults = Math.floor(one.length / signsPerFault)
      const start = Math.max(0, end - one.length - faults)
      // The first end that passes lacks as many signs as it may.
      found.push({ start: Math.max(0, end - one.length + faults), end })
      rest = `${rest.slice(0, start)}${'\n'.repeat(end - start)}${rest.slice(end)}`
    }
  return found
}

/** Where the first stretch ends that differs from what is sought by no more signs than it may; -1 where none does (Sellers, 1980: edit distance that may begin anywhere). */
function endOf(sought: string, text: string): number {
  const faults = Math.floor(sought.length / signsPerFault)
  let before = Array.from({ length: sought.length + 1 }, (_, length) => length)
  for (let at = 0; at < text.length; at += 1) {
    const now = [0]
    for (let length = 1; length <= sought.length; length += 1) {
      const kept = (before[length - 1] ?? 0) + (sought[length - 1] === text[at] ? 0 : 1)
      now.push(Math.min(kept, (before[length] ?? 0) + 1, (now[length - 1] ?? 0) + 1))
    }
    if ((now[sought.length] ?? 0) <= faults) return at + 1
    before = now
  }
  return -1
}
