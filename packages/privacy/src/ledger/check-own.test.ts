import type { Manifest, Receipt } from '@overt/schema'
import { assert, asyncProperty, constantFrom, array } from 'fast-check'
import { beforeAll, expect, test } from 'vitest'

import { organisationManifest, scene, type Scene } from '../consent/fixture.ts'
import { hashManifest } from '../consent/manifest.ts'
import { redactionVersion } from '../redact/version.ts'
import { beginMemory, checkOwn, type OwnVerdict, type Shown } from './check-own.ts'
import { commitmentOf } from './commitment.ts'
import { openTrialLog, type TrialLog } from './fixture.ts'
import type { Elsewhere, Own, OwnMemory } from './own.ts'
import type { Sent } from './sent.ts'

const who = 'a1'.repeat(32)
const other = 'b2'.repeat(32)
const minute = 60_000

let trial: Scene
let manifest: Manifest
beforeAll(async () => {
  trial = await scene()
  manifest = await trial.sign(organisationManifest({ version: 3 }))
})

/** A person, their client, and a server that does what it is told. */
class Life {
  nowEpochMs = trial.nowEpochMs
  readonly log: TrialLog
  receipts: Receipt[] = []
  withdrawn: { receipt: string; atEpochMs: number }[] = []
  sent: Sent[] = []
  erased: string[] = []
  opened: string[] = []
  looked: number[] = []
  stopped: string[] = []
  offered: Manifest | null = manifest
  elsewhere: Elsewhere | null = null
  memory: OwnMemory
  who: string | null = who

  constructor(log: TrialLog, memory: OwnMemory) {
    this.log = log
    this.memory = memory
  }

  append(kind: string, body: object, name: string | null = who): ReturnType<TrialLog['append']> {
    this.nowEpochMs += 1_000
    return this.log.append(kind, body, name, this.nowEpochMs)
  }

  async give(change: object = {}): Promise<Receipt> {
    const receipt = await trial.grant(manifest, { nowEpochMs: this.nowEpochMs, ...change })
    this.receipts.push(receipt)
    await this.append('receipt', await receiptBody(receipt))
    return receipt
  }

  async send(receipt: Receipt | undefined = this.receipts.at(-1), change: Partial<Sent> = {}): Promise<Sent> {
    const sent: Sent = {
      batch: `batch-${this.sent.length}`,
      device: 'dev-1',
      contentSha256: 'ef'.repeat(32),
      receipt: receipt?.id ?? '',
      closedAtEpochMs: this.nowEpochMs,
      ackedAtEpochMs: this.nowEpochMs + 1_000,
      redaction: redactionVersion,
      beyond: [],
      unmasked: 0,
      ...change,
    }
    this.sent.push(sent)
    await this.append('segment', await segmentBody(sent))
    return sent
  }

  async look(): Promise<void> {
    this.looked.push(this.nowEpochMs)
    await this.append('read', { reader: 'person', why: 'ground', what: 'batches' })
  }

  async withdraw(): Promise<void> {
    const ended = await Promise.all(this.receipts.map(async (one) => (await receiptBody(one)).receipt))
    this.withdrawn = this.receipts.map(({ id }) => ({ receipt: id, atEpochMs: this.nowEpochMs }))
    await this.append('withdrawal', { receipts: ended.length, ended })
  }

  own(): Own {
    const { receipts, withdrawn, sent, erased, looked, stopped, elsewhere } = this
    const own = { receipts, withdrawn, devices: ['dev-1'], sent, erased, looked, manifests: [manifest], stopped }
    return elsewhere === null ? own : { ...own, elsewhere }
  }

  async check(change: Partial<Shown> = {}): Promise<OwnVerdict> {
    const verdict = await checkOwn(
      this.memory,
      {
        nowEpochMs: this.nowEpochMs,
        witnessed: [],
        note: await this.log.note(),
        readTile: this.log.readTile,
        answer: { who: this.who, lines: this.log.lines.filter((line) => line.includes(who)), opened: this.opened },
        offered: this.offered,
        ...change,
      },
      this.own(),
    )
    this.memory = verdict.memory
    return verdict
  }

  async kinds(change: Partial<Shown> = {}): Promise<readonly string[]> {
    return (await this.check(change)).findings.map(({ kind }) => kind)
  }
}

async function receiptBody({ id, signature, status, manifestSha256 }: Receipt) {
  return { status, manifest: manifestSha256, receipt: await commitmentOf(who, ['receipt', id, signature]) }
}

async function segmentBody({ device, batch, contentSha256, receipt, closedAtEpochMs }: Sent, name = who) {
  const record = await commitmentOf(name, ['segment', device, batch, contentSha256, receipt])
  return { record, device: await commitmentOf(name, ['device', device]), atEpochMs: closedAtEpochMs, events: 3 }
}

async function begin(): Promise<Life> {
  const log = await openTrialLog()
  const life = new Life(log, await beginMemory({ name: log.name, publicKey: log.keyPair.publicKey }, trial.nowEpochMs))
  await life.append('manifest', { id: manifest.id, version: manifest.version, sha256: await hashManifest(manifest) }, null)
  await life.append('device', { device: await commitmentOf(who, ['device', 'dev-1']) })
  await life.give()
  return life
}

const acts = {
  send: (life: Life) => life.send(),
  look: (life: Life) => life.look(),
  read: (life: Life) => life.append('read', { reader: 'dataset build', why: 'ground' }),
  export: (life: Life) => life.append('export', { format: 'hf' }),
  others: (life: Life) => life.append('segment', { record: 'x' }, other),
  stored: (life: Life) => life.append('stored', { n: 1 }, null),
  // The newest receipt carries on those before it, and what was recorded under those may come late.
  renew: (life: Life) => life.give({ status: 'renewed', follows: life.receipts.at(-1)?.id ?? null }),
  late: (life: Life) => life.send(life.receipts[0]),
  restrictForAWhile: async (life: Life) => {
    await life.append('restriction', { state: 'begun' })
    life.nowEpochMs += 10 * minute
    await life.append('read', { reader: 'takeout', why: 'ground' })
    await life.append('restriction', { state: 'lifted' })
  },
  wait: async (life: Life) => void (life.nowEpochMs += 10 * minute),
  away: (life: Life) => life.check({ note: null, nowEpochMs: life.nowEpochMs + minute }),
  check: (life: Life) => life.check(),
} as const

test('L10 whatever an honest deployment and its person do, nothing is found', async () => {
  await assert(
    asyncProperty(array(constantFrom(...Object.keys(acts)), { maxLength: 30 }), async (names) => {
      const life = await begin()
      for (const name of names) await acts[name as keyof typeof acts](life)
      expect((await life.check()).findings).toEqual([])
      await life.withdraw()
      life.nowEpochMs += 10 * minute
      expect((await life.check()).findings).toEqual([])
      await life.append('erasure', { scope: 'person' })
      life.erased = life.sent.map(({ batch }) => batch)
      life.who = null
      expect((await life.check()).findings).toEqual([])
    }),
    { numRuns: 25 },
  )
})

async function restricted(life: Life, act: () => Promise<unknown>): Promise<void> {
  await life.append('restriction', { state: 'begun' })
  life.nowEpochMs += 10 * minute
  await act()
}

/** One thing that a deployment does and should not, and what is found. */
const cheats: Readonly<Record<string, readonly [found: string, cheat: (life: Life) => unknown]>> = {
  'a receipt in the person’s name': [
    'forged-receipt',
    (life) => life.append('receipt', { status: 'given', manifest: '', receipt: 'ab'.repeat(32) }),
  ],
  'a device that is not theirs': ['foreign-device', (life) => life.append('device', { device: 'cd'.repeat(32) })],
  'stored what was never sent': ['not-sent', (life) => life.append('segment', { record: 'cd'.repeat(32) })],
  'stored other bytes than were sent': [
    'not-sent',
    async (life) => {
      const sent = await life.send()
      life.sent[0] = { ...sent, contentSha256: '00'.repeat(32) }
    },
  ],
  'stored after the withdrawal': [
    'outside-consent',
    async (life) => {
      await life.withdraw()
      await life.send()
    },
  ],
  'stored under a receipt that has run out': [
    'outside-consent',
    (life) => life.send(undefined, { closedAtEpochMs: trial.nowEpochMs + 40 * 86_400_000 }),
  ],
  'a withdrawal that was not entered': [
    'not-withdrawn',
    (life) => {
      life.withdrawn = life.receipts.map(({ id }) => ({ receipt: id, atEpochMs: life.nowEpochMs }))
      life.nowEpochMs += 3 * minute
    },
  ],
  'stored while its use was restricted': ['outside-consent', (life) => restricted(life, () => life.send())],
  'read while its use was restricted': ['used-after', (life) => restricted(life, () => acts.read(life))],
  'exported after the withdrawal': [
    'used-after',
    async (life) => {
      await life.withdraw()
      await life.append('export', { format: 'hf' })
    },
  ],
  'read for what was not agreed to': ['used-after', (life) => life.append('read', { reader: 'manager', why: 'evaluate' })],
  'a read that was not entered': ['unrecorded-read', (life) => life.looked.push(life.nowEpochMs)],
  'opened after it was erased': [
    'kept',
    async (life) => {
      const { batch } = await life.send()
      life.erased = [batch]
      life.opened = [batch]
    },
  ],
  'used after it was erased': [
    'kept',
    async (life) => {
      await life.append('erasure', { scope: 'person' })
      await life.append('read', { reader: 'dataset build', why: 'ground' })
    },
  ],
  'acknowledged and not entered': [
    'withheld',
    async (life) => {
      const sent = await life.send()
      life.sent.push({ ...sent, batch: 'batch-x' })
      life.nowEpochMs += 3 * minute
    },
  ],
  'a second name for the person': [
    'withheld',
    async (life) => {
      await life.check()
      life.who = 'c3'.repeat(32)
    },
  ],
  'a clock that was set back': [
    'clock',
    async (life) => {
      await life.send()
      life.nowEpochMs -= 10 * minute
      await life.send(undefined, { closedAtEpochMs: life.nowEpochMs + 10 * minute, ackedAtEpochMs: life.nowEpochMs + 10 * minute })
      life.nowEpochMs += 20 * minute
    },
  ],
  'an entry of a time to come': [
    'clock',
    async (life) => {
      life.nowEpochMs += 60 * minute
      await life.append('stored', {}, null)
      await life.append('manifest', { id: 'x', version: 1, sha256: '' }, null)
      life.nowEpochMs -= 60 * minute
    },
  ],
  'more than the manifest allows': ['beyond-manifest', (life) => life.send(undefined, { beyond: ['text'] })],
  'weaker redaction on the way': ['weak-redaction', (life) => life.send(undefined, { unmasked: 2 })],
  'a hidden sign': ['indicator', (life) => life.stopped.push('indicator.covered')],
  'a manifest that nobody else sees': [
    'other-manifest',
    (life) => {
      life.offered = { ...manifest, purposes: [...manifest.purposes, 'automate'] }
    },
  ],
  'two manifests of one version': [
    'other-manifest',
    (life) => life.append('manifest', { id: manifest.id, version: manifest.version, sha256: 'ab' }, null),
  ],
  'others are asked about a newer manifest': [
    'other-manifest',
    async (life) => {
      await life.append('manifest', { id: manifest.id, version: manifest.version + 1, sha256: 'ab' }, null)
      life.nowEpochMs += 3 * minute
    },
  ],
}

test.each(Object.entries(cheats))('L10 %s is found', async (_, [found, cheat]) => {
  const life = await begin()
  await life.send()
  await life.look()
  expect(await life.kinds()).toEqual([])
  await cheat(life)
  expect(await life.kinds()).toContain(found)
})

/** A receipt, a device, two recordings under it, a read for a purpose that this machine was not asked about. */
async function anotherMachine(life: Life, n: number): Promise<readonly number[]> {
  const device = `${n}d`.repeat(32)
  const receipt = await life.append('receipt', { status: 'given', manifest: '', receipt: `${n}a`.repeat(32) })
  const entry = await life.append('device', { device })
  await life.append('segment', { record: `${n}b`.repeat(32), device })
  await life.append('read', { reader: 'dataset build', why: 'automate' })
  await life.append('segment', { record: `${n}c`.repeat(32), device })
  return [receipt.index, entry.index]
}

test('L10 what a person did elsewhere before this machine looked, and what they say is theirs, is not held against a deployment; all else is', async () => {
  const life = await begin()
  await anotherMachine(life, 1)
  await life.send()
  life.elsewhere = { before: life.log.lines.length, entries: [] }
  expect(await life.kinds()).toEqual([])
  await life.send()
  const own = await anotherMachine(life, 2)
  expect(new Set(await life.kinds())).toEqual(new Set(['forged-receipt', 'foreign-device', 'not-sent']))
  life.elsewhere = { ...life.elsewhere, entries: own }
  expect(await life.kinds()).toEqual([])
  await life.append('segment', { record: 'ee'.repeat(32), device: await commitmentOf(who, ['device', 'dev-1']) })
  expect(await life.kinds()).toEqual(['not-sent'])
})

test('L10 a person who takes out what is theirs after they withdrew is no use of it', async () => {
  const life = await begin()
  await life.send()
  await life.withdraw()
  await life.append('export', { what: 'takeout', why: 'own', reader: 'person' })
  expect(await life.kinds()).toEqual([])
})

test('L10 an entry of the person’s that is left out, and one that is changed, is found', async () => {
  const life = await begin()
  await life.append('read', { reader: 'manager', why: 'ground' })
  const lines = life.log.lines.filter((line) => line.includes(who))
  const without = lines.filter((line) => !line.includes('manager'))
  expect(await life.kinds({ answer: { who, lines: without, opened: [] } })).toContain('withheld')
  const again = await begin()
  await again.append('read', { reader: 'manager', why: 'ground' })
  const changed = again.log.lines.filter((line) => line.includes(who)).map((line) => line.replace('manager', 'nobody'))
  expect(await again.kinds({ answer: { who, lines: changed, opened: [] } })).toContain('forged-entry')
})

test('L10 a server that shows nothing is borne with for two minutes, and what was known stays known', async () => {
  const life = await begin()
  await life.check()
  const { size } = life.memory.followed
  expect(await life.kinds({ note: null, nowEpochMs: life.nowEpochMs + minute })).toEqual([])
  expect(await life.kinds({ answer: null, nowEpochMs: life.nowEpochMs + 2.5 * minute })).toEqual(['withheld'])
  expect(life.memory.followed.size).toBe(size)
})

test('L10 what is stored from a device once it has ended is found, and its end is no finding, also that of a device of another machine', async () => {
  const life = await begin()
  const endOf = async (device: string) => life.append('revocation', { device: await commitmentOf(who, ['device', device]) })
  await life.append('device', { device: await commitmentOf(who, ['device', 'dev-2']) })
  life.elsewhere = { before: life.log.lines.length, entries: [] }
  const sent = await life.send()
  await endOf('dev-1')
  await endOf('dev-2')
  expect(await life.kinds()).toEqual([])
  life.nowEpochMs += 10 * minute
  await life.send()
  expect(await life.kinds()).toEqual(['outside-consent'])
  await life.append('segment', await segmentBody({ ...sent, device: 'dev-2', batch: 'batch-elsewhere' }))
  expect(await life.kinds()).toEqual(['outside-consent', 'outside-consent'])
})

test('L10 an erasure of everything ends the devices of before it: what is stored from one later is found, under the person’s new name too', async () => {
  const life = await begin()
  const sent = await life.send()
  expect(await life.kinds()).toEqual([])
  await life.append('erasure', { scope: 'person' })
  life.erased = [sent.batch]
  const anew = 'c3'.repeat(32)
  const shown = () => ({
    answer: { who: anew, lines: life.log.lines.filter((line) => line.includes(who) || line.includes(anew)), opened: [] },
  })
  expect(await life.kinds(shown())).toEqual([])
  life.nowEpochMs += 10 * minute
  const later = { ...sent, batch: 'batch-later', closedAtEpochMs: life.nowEpochMs, ackedAtEpochMs: life.nowEpochMs + 1_000 }
  life.sent.push(later)
  await life.append('segment', await segmentBody(later, anew), anew)
  expect(await life.kinds(shown())).toEqual(['outside-consent'])
})
