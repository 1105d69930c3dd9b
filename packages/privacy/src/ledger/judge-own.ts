import type { LedgerEntry } from '@overt/schema'

import { commitmentOf } from './commitment.ts'
import { finding, patienceMs, skewMs, type Finding, type FindingKind } from './finding.ts'
import type { Own } from './own.ts'
import type { Sent } from './sent.ts'

/** What the person's own machine knows, by the commitments that stand for it in the ledger. */
interface Known {
  /** Ids of receipts. */
  readonly receipts: ReadonlyMap<string, string>
  /** Ids of devices. */
  readonly devices: ReadonlyMap<string, string>
  readonly sent: ReadonlyMap<string, Sent>
}

async function knownOf(own: Own, names: readonly string[]): Promise<Known> {
  const all = await Promise.all(
    names.map(async (who) => ({
      receipts: await Promise.all(
        own.receipts.map(async ({ id, signature }) => [await commitmentOf(who, ['receipt', id, signature]), id] as const),
      ),
      devices: await Promise.all(own.devices.map(async (id) => [await commitmentOf(who, ['device', id]), id] as const)),
      sent: await Promise.all(own.sent.map(async (one) => [await segmentOf(who, one), one] as const)),
    })),
  )
  return {
    receipts: new Map(all.flatMap(({ receipts }) => receipts)),
    devices: new Map(all.flatMap(({ devices }) => devices)),
    sent: new Map(all.flatMap(({ sent }) => sent)),
  }
}

function segmentOf(who: string, { device, batch, contentSha256, receipt }: Sent): Promise<string> {
  return commitmentOf(who, ['segment', device, batch, contentSha256, receipt])
}

/** Reads a person's entries in order beside what their own machine knows: every receipt theirs, every segment sent by them while a receipt was live, every use too, and nothing missing. */
export async function judgeOwn(
  entries: readonly LedgerEntry[],
  own: Own,
  names: readonly string[],
  nowEpochMs: number,
): Promise<readonly Finding[]> {
  const known = await knownOf(own, names)
  const walk: Walk = {
    own,
    known,
    theirs: { receipts: new Set(), devices: new Set() },
    live: new Set(),
    gone: new Set(),
    entered: new Set(),
    ended: new Set(),
    enrolled: new Set(),
    revoked: new Map(),
    restrictedAtEpochMs: Infinity,
    findings: [],
  }
  for (const entry of entries) {
    if (entry.who !== null && walk.gone.has(entry.who)) add(walk, 'kept', 'used after it was erased', entry)
    judgeOne(walk, entry)
  }
  return [...walk.findings, ...missing(walk, nowEpochMs), ...unrecorded(entries, own, nowEpochMs)]
}

interface Walk {
  readonly own: Own
  readonly known: Known
  /** Commitments to what the person has on other machines; a receipt until it ends. */
  readonly theirs: { readonly receipts: Set<string>; readonly devices: Set<string> }
  /** Ids of receipts that hold at this place of the ledger. */
  readonly live: Set<string>
  /** Names whose keys were destroyed. */
  readonly gone: Set<string>
  /** Ids of batches with a segment. */
  readonly entered: Set<string>
  /** Ids of receipts whose withdrawal is in the ledger. */
  readonly ended: Set<string>
  /** Ids of this machine's devices that are enrolled at this place of the ledger. */
  readonly enrolled: Set<string>
  /** Commitments to devices that have ended, and when. */
  readonly revoked: Map<string, number>
  /** Since when the person restricts the use of their work, at this place of the ledger. */
  restrictedAtEpochMs: number
  readonly findings: Finding[]
}

function add({ findings }: Walk, kind: FindingKind, problem: string, { index }: LedgerEntry): void {
  findings.push(finding(kind, `entry ${index}: ${problem}`, index))
}

/** Whether an entry may be of another machine of the person's. */
function mayBeElsewhere({ own: { elsewhere } }: Walk, { index }: LedgerEntry): boolean {
  return elsewhere !== undefined && (index < elsewhere.before || elsewhere.entries.includes(index))
}

function judgeOne(walk: Walk, entry: LedgerEntry): void {
  // Kinds that concern a person and need no word of theirs are not named here.
  switch (entry.kind) {
    case 'receipt':
      return judgeReceipt(walk, entry)
    case 'withdrawal':
      return judgeWithdrawal(walk, entry)
    case 'device':
      return judgeDevice(walk, entry)
    case 'segment':
      return judgeSegment(walk, entry)
    case 'read':
      return judgeUse(walk, entry, `read by ${String(entry.body['reader'])}`)
    case 'export':
      return judgeUse(walk, entry, `exported as ${String(entry.body['format'])}`)
    case 'revocation':
      return void walk.revoked.set(String(entry.body['device']), entry.atEpochMs)
    case 'restriction':
      walk.restrictedAtEpochMs = entry.body['state'] === 'begun' ? entry.atEpochMs : Infinity
      return
    case 'erasure':
      if (entry.body['scope'] === 'person') judgeErasure(walk, entry)
  }
}

/** An erasure of everything ends every device, and gives the person another name, under which its commitment is another. */
function judgeErasure({ known, enrolled, revoked, gone }: Walk, { who, atEpochMs }: LedgerEntry): void {
  if (who !== null) gone.add(who)
  for (const [device, id] of known.devices) if (enrolled.has(id) && !revoked.has(device)) revoked.set(device, atEpochMs)
}

function judgeDevice(walk: Walk, entry: LedgerEntry): void {
  const device = String(entry.body['device'])
  const id = walk.known.devices.get(device)
  if (id !== undefined) return void walk.enrolled.add(id)
  if (mayBeElsewhere(walk, entry)) walk.theirs.devices.add(device)
  else add(walk, 'foreign-device', 'a device that is not this person’s', entry)
}

function judgeReceipt(walk: Walk, entry: LedgerEntry): void {
  const committed = String(entry.body['receipt'])
  const id = walk.known.receipts.get(committed)
  if (id === undefined && mayBeElsewhere(walk, entry)) return void walk.theirs.receipts.add(committed)
  if (id === undefined) return add(walk, 'forged-receipt', 'a receipt that this person did not give', entry)
  const receipt = walk.own.receipts.find((one) => one.id === id)
  if (receipt?.follows !== null && receipt !== undefined) end(walk, receipt.follows)
  if (entry.body['status'] === 'given' || entry.body['status'] === 'renewed') walk.live.add(id)
}

function judgeWithdrawal(walk: Walk, entry: LedgerEntry): void {
  const { ended, receipt } = entry.body
  const given = walk.own.receipts.find(({ id }) => id === walk.known.receipts.get(String(receipt)))
  if (given !== undefined && given.follows !== null) end(walk, given.follows)
  for (const one of Array.isArray(ended) ? ended : []) {
    walk.theirs.receipts.delete(String(one))
    end(walk, walk.known.receipts.get(String(one)) ?? '')
  }
}

function end({ live, ended }: Walk, id: string): void {
  live.delete(id)
  ended.add(id)
}

function judgeSegment(walk: Walk, entry: LedgerEntry): void {
  // What was under way may be entered a little after.
  if (entry.atEpochMs > (walk.revoked.get(String(entry.body['device'])) ?? Infinity) + skewMs)
    add(walk, 'outside-consent', 'stored from a device that had ended', entry)
  const sent = walk.known.sent.get(String(entry.body['record']))
  if (sent === undefined && (mayBeElsewhere(walk, entry) || walk.theirs.devices.has(String(entry.body['device'])))) return
  if (sent === undefined) return add(walk, 'not-sent', 'stored, and never sent by this person’s client', entry)
  walk.entered.add(sent.batch)
  if (isRestricted(walk, entry)) add(walk, 'outside-consent', 'stored while this person restricted the use of their work', entry)
  if (!wasGiven(walk, sent)) add(walk, 'outside-consent', 'stored without a receipt that was live', entry)
  const [from, until] = [sent.closedAtEpochMs - skewMs, (sent.ackedAtEpochMs ?? Infinity) + skewMs]
  if (entry.atEpochMs < from || entry.atEpochMs > until)
    add(
      walk,
      'clock',
      `entered at ${new Date(entry.atEpochMs).toISOString()}, which is not between its recording and its acknowledgement`,
      entry,
    )
}

/** By the person's own clock, and by the order of the ledger; a receipt goes on in the one that follows it. */
function wasGiven({ own, live }: Walk, { receipt: id, closedAtEpochMs }: Sent): boolean {
  const receipt = own.receipts.find((one) => one.id === id)
  if (receipt === undefined || closedAtEpochMs < receipt.decidedAtEpochMs - skewMs || closedAtEpochMs > receipt.expiresAtEpochMs)
    return false
  const withdrawn = own.withdrawn.find((one) => one.receipt === id)
  return closedAtEpochMs <= (withdrawn?.atEpochMs ?? Infinity) && [...live].some((head) => goesOn(own, head, id))
}

function goesOn({ receipts }: Own, head: string, id: string): boolean {
  const seen = new Set<string>()
  for (let at: string | null = head; at !== null && !seen.has(at); at = receipts.find((one) => one.id === at)?.follows ?? null) {
    if (at === id) return true
    seen.add(at)
  }
  return false
}

/** Readers by which a person takes out what is theirs. */
const ownReaders: ReadonlySet<unknown> = new Set(['person', 'takeout'])

/** What was under way may be entered a little after the restriction. */
function isRestricted({ restrictedAtEpochMs }: Walk, { atEpochMs }: LedgerEntry): boolean {
  return atEpochMs > restrictedAtEpochMs + skewMs
}

/**
 * Nothing may be used while the person restricts it or once every receipt has ended, by the ledger or by the person's own clock, nor read for a purpose
 * that none covers. What the person themself reads is no use, and what a receipt of another machine covers can't be told from here.
 */
function judgeUse(walk: Walk, entry: LedgerEntry, how: string): void {
  if (entry.body['reader'] === 'person') return
  if (isRestricted(walk, entry) && !ownReaders.has(entry.body['reader']))
    add(walk, 'used-after', `${how} while its use was restricted`, entry)
  if (mayBeElsewhere(walk, entry) || walk.theirs.receipts.size > 0) return
  const { receipts, withdrawn } = walk.own
  const purpose = entry.kind === 'read' ? String(entry.body['why']) : null
  const covering = receipts.filter(({ id, purposes }) => walk.live.has(id) && (purpose === null || purposes.some((one) => one === purpose)))
  const untilEpochMs = covering.map(({ id }) => withdrawn.find(({ receipt }) => receipt === id)?.atEpochMs ?? Infinity)
  if (!untilEpochMs.some((until) => entry.atEpochMs <= until + skewMs))
    add(walk, 'used-after', `${how} without a receipt that was live`, entry)
}

/** What should be in the ledger by now and is not. */
function missing({ own, entered, ended }: Walk, nowEpochMs: number): readonly Finding[] {
  const late = nowEpochMs - patienceMs
  return [
    ...own.sent
      .filter(({ batch, ackedAtEpochMs }) => ackedAtEpochMs !== null && ackedAtEpochMs < late && !entered.has(batch))
      .map(({ batch }) => finding('withheld', `batch ${batch} was acknowledged and is not in the ledger`)),
    ...own.withdrawn
      .filter(({ receipt, atEpochMs }) => atEpochMs < late && !ended.has(receipt))
      .map(({ receipt }) => finding('not-withdrawn', `receipt ${receipt} was withdrawn, and the ledger does not say so`)),
  ]
}

/** Each look of the person's own is a read like any other: one without an entry shows that reads are not entered. */
function unrecorded(entries: readonly LedgerEntry[], { looked }: Own, nowEpochMs: number): readonly Finding[] {
  const reads = entries.filter(({ kind, body }) => kind === 'read' && body['reader'] === 'person').map(({ atEpochMs }) => atEpochMs)
  const findings: Finding[] = []
  for (const atEpochMs of looked.filter((one) => one <= nowEpochMs)) {
    const place = reads.findIndex((one) => Math.abs(one - atEpochMs) <= skewMs)
    if (place === -1)
      findings.push(finding('unrecorded-read', `the person looked at ${new Date(atEpochMs).toISOString()}, and no entry says so`))
    else reads.splice(place, 1)
  }
  return findings
}
