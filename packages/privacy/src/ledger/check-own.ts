import type { LedgerEntry, Manifest } from '@overt/schema'

import { finding, patienceMs, skewMs, type Finding } from './finding.ts'
import { beginFollowing, follow, type Witnessed } from './follow.ts'
import { judgeManifests } from './judge-manifests.ts'
import { judgeOwn } from './judge-own.ts'
import { ownEntries, type NewEntries } from './own-entries.ts'
import { judgeSeen } from './judge-seen.ts'
import type { Own, OwnMemory, Seen } from './own.ts'
import type { ReadTile } from './tiled-tree.ts'
import type { VerifierKey } from './verifier-key.ts'

/** What a server shows a person's client, as `askOwn` asks for it: the witnesses before the checkpoint, that before the person's own part. */
export interface Shown {
  readonly nowEpochMs: number
  readonly witnessed: readonly Witnessed[]
  /** Answer to the person's own question; null where there was none. */
  readonly answer: { readonly who: string | null; readonly lines: readonly string[]; readonly opened: readonly string[] } | null
  /** The checkpoint; null where there was none. */
  readonly note: string | null
  readonly readTile: ReadTile
  /** What the server asks people to agree to now; null where it asks for nothing. */
  readonly offered: Manifest | null
}

/** What a check found, and what to keep for the next. Nothing is learnt of a log that is not the one seen before. */
export interface OwnVerdict {
  readonly findings: readonly Finding[]
  readonly memory: OwnMemory
}

/** A memory that knows the log's key and nothing else: the first check reads the log from its beginning. */
export async function beginMemory(log: VerifierKey, nowEpochMs: number): Promise<OwnMemory> {
  return { followed: await beginFollowing(log), names: [], own: [], open: [], seenAtEpochMs: nowEpochMs }
}

/**
 * The person's own check of a deployment: that the ledger only grew and is the one that witnesses saw, that every entry about the person is shown to them,
 * that what is stored is what their client sent while a receipt was live, and that what was erased is gone. The same code runs in Node, in an extension and in a page.
 */
export async function checkOwn(memory: OwnMemory, shown: Shown, own: Own): Promise<OwnVerdict> {
  return checkBy(memory, shown, {
    ...own,
    device: deviceFindings(own),
    judge: ({ own: entries, names }) => judgeOwn(entries, own, names, shown.nowEpochMs),
  })
}

/** The same check where nothing is known of what was sent: it can't tell whether what is stored is what left the person's devices. */
export async function checkSeen(memory: OwnMemory, shown: Shown, seen: Seen): Promise<OwnVerdict> {
  return checkBy(memory, shown, {
    ...seen,
    erased: [],
    device: [],
    judge: async ({ own: entries }) => judgeSeen(entries, seen, shown.nowEpochMs),
  })
}

interface Judge extends Pick<Own, 'erased' | 'manifests'> {
  /** What was found without asking anybody. */
  readonly device: readonly Finding[]
  readonly judge: (memory: OwnMemory) => Promise<readonly Finding[]>
}

async function checkBy(memory: OwnMemory, shown: Shown, judge: Judge): Promise<OwnVerdict> {
  const { note, answer, nowEpochMs } = shown
  const { device } = judge
  if (note === null || answer === null) {
    const away = nowEpochMs - memory.seenAtEpochMs
    return {
      memory,
      findings:
        away < patienceMs ? device : [...device, finding('withheld', `the ledger has not been shown for ${Math.round(away / 1_000)} s`)],
    }
  }
  const following = await follow(memory.followed, { ...shown, note })
  if (!following.ok) return { memory, findings: [...device, following.finding] }
  const names = [...new Set([...(answer.who === null ? [] : [answer.who]), ...memory.names])]
  const fresh = await ownEntries(following.leaves, names, answer.lines)
  const next = { ...grown(memory, fresh), names, followed: following.followed, seenAtEpochMs: nowEpochMs }
  return { memory: next, findings: [...device, ...fresh.findings, ...(await judged(next, shown, judge, renamed(memory, next)))] }
}

function grown(memory: OwnMemory, fresh: NewEntries): Pick<OwnMemory, 'own' | 'open'> {
  return { own: [...memory.own, ...fresh.own], open: [...memory.open, ...fresh.open] }
}

/** Only an erasure gives a person another name: under a second one, entries would be hidden from them. */
function renamed(before: OwnMemory, { names, own }: OwnMemory): readonly Finding[] {
  const left = before.names.filter(
    (name) => !own.some(({ kind, who, body }) => who === name && kind === 'erasure' && body['scope'] === 'person'),
  )
  return names.length > before.names.length && left.length > 0
    ? [finding('withheld', 'the person has another name in the ledger than before, and was not erased')]
    : []
}

async function judged(memory: OwnMemory, shown: Shown, judge: Judge, more: readonly Finding[]): Promise<readonly Finding[]> {
  const { nowEpochMs, answer, offered } = shown
  const opened = new Set(answer?.opened)
  return [
    ...more,
    ...(await judge.judge(memory)),
    ...(await judgeManifests(memory.open, judge, offered, nowEpochMs)),
    ...clockFindings([...memory.own, ...memory.open], nowEpochMs),
    ...judge.erased.filter((id) => opened.has(id)).map((id) => finding('kept', `batch ${id} was erased and can be opened still`)),
  ]
}

/** What the person's own machine saw by itself. */
function deviceFindings({ sent, stopped, manifests }: Own): readonly Finding[] {
  const least = Math.max(1, ...manifests.map(({ redaction }) => redaction))
  return [
    ...stopped.filter((reason) => reason.startsWith('indicator.')).map((reason) => finding('indicator', `recording stopped: ${reason}`)),
    ...sent
      .filter(({ beyond }) => beyond.length > 0)
      .map(({ batch, beyond }) => finding('beyond-manifest', `batch ${batch} holds ${beyond.join(', ')}`)),
    ...sent
      .filter(({ unmasked, redaction }) => unmasked > 0 || redaction < least)
      .map(({ batch, unmasked, redaction }) =>
        finding('weak-redaction', `batch ${batch}, redacted by version ${redaction}, has ${unmasked} texts that should be masked`),
      ),
  ]
}

/** Times in a log go forward, and never beyond now. */
function clockFindings(entries: readonly LedgerEntry[], nowEpochMs: number): readonly Finding[] {
  const inOrder = entries.toSorted((left, right) => left.index - right.index)
  let latest = 0
  for (const { index, atEpochMs } of inOrder) {
    if (atEpochMs < latest - skewMs)
      return [finding('clock', `entry ${index} is ${Math.round((latest - atEpochMs) / 1_000)} s older than one before it`, index)]
    if (atEpochMs > nowEpochMs + skewMs) return [finding('clock', `entry ${index} is of a time to come`, index)]
    latest = Math.max(latest, atEpochMs)
  }
  return []
}
