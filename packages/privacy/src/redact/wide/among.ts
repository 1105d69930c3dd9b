import { type Packed, unpack, wordHash } from '../packed.ts'

/** Whether a word is in a packed list. Unpacked when it is first asked, to an array: a set of so many would take ten times its room. */
export function amongPacked(bytes: () => string, packed: Packed): (word: string) => boolean {
  let has: ((hash: number) => boolean) | undefined
  return (word) => (has ??= among(unpack(bytes(), packed)))(wordHash(word, packed))
}

/** Asks sorted hashes for one: their first bits lead to where those that share them begin, two or so. */
function among(sorted: Uint32Array): (hash: number) => boolean {
  const shared = Math.max(0, 32 - Math.clz32(sorted.at(-1) ?? 0) - (31 - Math.clz32(sorted.length)))
  const starts = new Uint32Array(((sorted.at(-1) ?? 0) >>> shared) + 2)
  for (const hash of sorted) starts[(hash >>> shared) + 1] = (starts[(hash >>> shared) + 1] ?? 0) + 1
  for (let place = 1; place < starts.length; place += 1) starts[place] = (starts[place] ?? 0) + (starts[place - 1] ?? 0)
  return (hash) => {
    const end = starts[(hash >>> shared) + 1] ?? 0
    let at = starts[hash >>> shared] ?? 0
    while (at < end && (sorted[at] ?? 0) < hash) at += 1
    return at < end && sorted[at] === hash
  }
}

/** Bytes that are read when they are first asked. */
export function bytesOnce(packed: string): () => string {
  let read: string | undefined
  return () => (read ??= atob(packed))
}
