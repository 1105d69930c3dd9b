import type { LedgerEntry } from '@overt/schema'

import { readEntry } from './entry.ts'
import { finding, type Finding } from './finding.ts'
import type { FollowedLeaf } from './follow.ts'
import { entryHash, hashText, readBlind, tagged } from './leaf.ts'

/** What new leaves say: the person's own entries, and those that everybody may read. */
export interface NewEntries {
  readonly own: readonly LedgerEntry[]
  readonly open: readonly LedgerEntry[]
  readonly findings: readonly Finding[]
}

/** Finds the person's leaves among all by their tags, and holds the lines that the server gave against them. No leaf of theirs may be left out, and no line may be another than the leaf. */
export async function ownEntries(leaves: readonly FollowedLeaf[], names: readonly string[], lines: readonly string[]): Promise<NewEntries> {
  const given = new Map(lines.map((line) => [readEntry(line)?.index ?? -1, line]))
  const read = await Promise.all(leaves.map((one) => readLeaf(one, names, given.get(one.index))))
  return {
    own: read.flatMap((one) => (one.kind === 'own' ? [one.entry] : [])),
    open: read.flatMap((one) => (one.kind === 'open' ? [one.entry] : [])),
    findings: read.flatMap((one) => (one.kind === 'bad' ? [one.finding] : [])),
  }
}

type ReadLeaf =
  | { readonly kind: 'own' | 'open'; readonly entry: LedgerEntry }
  | { readonly kind: 'bad'; readonly finding: Finding }
  /** Another person's, or nobody's. */
  | { readonly kind: 'other' }

async function readLeaf({ index, hash, leaf }: FollowedLeaf, names: readonly string[], line: string | undefined): Promise<ReadLeaf> {
  const blind = leaf === null ? undefined : readBlind(leaf)
  if (leaf !== null && blind === undefined) return readOpen(index, leaf)
  const mine = blind !== undefined && (await isTagged(blind.tag, names, index))
  const entry = line === undefined ? undefined : readEntry(line)
  if (entry === undefined || line === undefined)
    return mine ? bad('withheld', `entry ${index} is this person's and is not shown to them`, index) : { kind: 'other' }
  // Of a blind leaf the tag is known to be right already.
  const same = mine ? blind.line === (await hashText(line)) : hash === (await entryHash(line))
  if (same && entry.who !== null && names.includes(entry.who)) return { kind: 'own', entry }
  return bad('forged-entry', `the entry that is shown as number ${index} is not the one in the tree`, index)
}

async function isTagged(tag: string, names: readonly string[], index: number): Promise<boolean> {
  const tags = await Promise.all(names.map((who) => hashText(tagged(who, index))))
  return tags.includes(tag)
}

function readOpen(index: number, leaf: string): ReadLeaf {
  const entry = readEntry(leaf)
  return entry?.index === index ? { kind: 'open', entry } : bad('forged-entry', `entry ${index} of the log is none`, index)
}

function bad(kind: Finding['kind'], problem: string, index: number): ReadLeaf {
  return { kind: 'bad', finding: finding(kind, problem, index) }
}
