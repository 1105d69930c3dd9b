import { existsSync } from 'node:fs'
import { join } from 'node:path'

import { DataError } from './error.ts'

interface FolderPart {
  readonly name: string
  readonly kind: 'key' | 'damaged'
  /** What a folder without it has lost. */
  readonly without: string
}

/**
 * What every data folder consists of, in the order in which a new one gets it: a crash while it is made leaves out the last of these, never one before another.
 * `ledger/leaves.sha256` is not among them, since it follows from the entries; files of the log are counted by the ledger.
 */
const parts: readonly FolderPart[] = [
  { name: 'tenant.key', kind: 'key', without: 'nothing recorded here can be read' },
  { name: 'control.sqlite', kind: 'damaged', without: 'consents, withdrawals, devices and erasures are not known any more' },
  { name: 'keys.sqlite', kind: 'key', without: 'nothing recorded here can be read' },
  { name: 'ledger.key', kind: 'key', without: 'no checkpoint of the ledger can be checked or signed' },
  { name: 'ledger/entries.jsonl', kind: 'damaged', without: 'what was agreed, read and erased is not on record any more' },
  { name: 'ledger/checkpoints', kind: 'damaged', without: 'nothing shows that the ledger was not written anew' },
  { name: 'ledger/checkpoint', kind: 'damaged', without: 'nothing shows that the ledger was not written anew' },
  { name: 'log', kind: 'damaged', without: 'what was recorded is gone' },
]

/** The first part that a folder has lost; undefined where it has all. `founded`: it is known to have had all of them. `prefix`: of parts named so alone. */
export function lostPart(dir: string, founded: boolean, prefix = ''): FolderPart | undefined {
  const there = parts.map(({ name }) => existsSync(join(dir, name)))
  const last = founded ? parts.length : there.lastIndexOf(true)
  return parts.find(({ name }, place) => place < last && there[place] === false && name.startsWith(prefix))
}

/** Throws `DataError` where a folder that is not new lacks a part: one made anew in its place would hide the loss. */
export function assertParts(dir: string, founded: boolean): void {
  const lost = lostPart(dir, founded)
  if (lost !== undefined) throw new DataError(lost.kind, lossOf(dir, lost))
}

/** A loss in words. */
export function lossOf(dir: string, { name, without }: FolderPart): string {
  return `${join(dir, name)} is missing, and this folder is not new: without it ${without}. Nothing was made in its place.`
}

/** Whether a folder holds anything of a store: then it is not new. */
export function isFolderInUse(dir: string): boolean {
  return parts.some(({ name }) => existsSync(join(dir, name)))
}
