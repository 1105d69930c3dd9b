import { bytesOf, sha256, toHex } from '../consent/encoding.ts'
import { leafHash, type Hash } from './hash.ts'

/** Kinds of entries that concern nobody in particular: their leaves are the entries themselves, and anybody may read them. */
const openKinds: ReadonlySet<string> = new Set(['manifest', 'key', 'dataset', 'training', 'export', 'kill'])
/** An entry of a bundle has a length of two bytes (C2SP tlog-tiles). */
const longestOpen = 16_384
/** The end of an entry's canonical JSON from version 2 on; the whole of an older one is its leaf. */
const ending = /,"index":(\d+),"kind":"([a-z][a-z-]{0,31})","v":2,"who":(?:null|"([0-9a-f]{64})")\}$/

/** How an entry stands in the tree: as it is, or blind, which tells nobody whom it is about, what, or when. */
export type LeafForm = { readonly kind: 'open' } | { readonly kind: 'blind'; /** What its tag is made of. */ readonly tagged: string }

/** The form of an entry's leaf, from its line. */
export function leafForm(line: string): LeafForm {
  const [, index, kind = '', who] = ending.exec(line) ?? []
  const open = index === undefined || (who === undefined && openKinds.has(kind) && line.length <= longestOpen)
  // Without a person the tag is of the line, which nobody can guess: even the kind is kept.
  return open ? { kind: 'open' } : { kind: 'blind', tagged: tagged(who ?? line, index) }
}

/** What the tag of a person's leaf at an index is made of: who knows `who` finds all of that person's leaves, and nobody else any. */
export function tagged(who: string, index: number | string): string {
  return `${who} ${index}`
}

/** A blind leaf, from the hashes of what its tag is made of and of its line. */
export function blindLeaf(tag: Hash, line: Hash): string {
  return `blind ${tag} ${line}`
}

/** Tag and line's hash of a blind leaf; undefined of an open one. */
export function readBlind(leaf: string): { readonly tag: Hash; readonly line: Hash } | undefined {
  const [, tag, line] = /^blind ([0-9a-f]{64}) ([0-9a-f]{64})$/.exec(leaf) ?? []
  return tag === undefined || line === undefined ? undefined : { tag, line }
}

/** Whether the leaf of this line tells about a person: so it was before version 2, and such leaves are given to nobody. */
export function isBare(line: string): boolean {
  return !ending.test(line) && !line.endsWith('"who":null}')
}

/** The leaf of an entry. */
export async function leafOf(line: string): Promise<string> {
  const form = leafForm(line)
  return form.kind === 'open' ? line : blindLeaf(await hashText(form.tagged), await hashText(line))
}

/** Hash of an entry's leaf. */
export async function entryHash(line: string): Promise<Hash> {
  return leafHash(bytesOf(await leafOf(line)))
}

/** SHA-256 of a text, hexadecimal. */
export async function hashText(text: string): Promise<Hash> {
  return toHex(await sha256(bytesOf(text)))
}
