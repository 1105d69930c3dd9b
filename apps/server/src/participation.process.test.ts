import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'

import { buildDataset, datasetContext, exportFrom, putReceipt, upkeep, withdrawReceipt } from '@overt/data'
import { grantReceipt, importPrivateKey } from '@overt/privacy'
import { afterAll, expect, test } from 'vitest'

import { matrixOf } from './access/matrix.ts'
import type { Role } from './access/role.ts'
import { served } from './assemble.ts'
import { enrolFor, openDevice, openTrial, workOrigin, type Trial } from './fixture.ts'

/** Everyone else of the firm: enough that no list is empty for want of people. */
const others = Array.from({ length: 9 }, (_, place) => `colleague-${place}`)
const overseers: readonly (Role | 'visitor')[] = ['visitor', 'ai-team', 'privacy', 'council', 'admin']
const purposes = ['ground', 'assist', 'automate', 'evaluate', 'correct', 'improve', 'share']
const spec = { name: 'notes', purpose: 'ground', splits: { by: 'episode', validation01: 0, test01: 0 } } as const

/** A person's yes, pause, no, restriction and withdrawal, on the last of which this test rests. */
const acts = {
  agrees: async (trial: Trial, person: string) => void (await enrolFor(trial, person, workOrigin)),
  pauses: (trial: Trial, person: string) => decide(trial, person, 'paused'),
  refuses: (trial: Trial, person: string) => decide(trial, person, 'refused'),
  restricts: async (trial: Trial, person: string) => void (await upkeep.restrictUse(trial.store, person, true)),
  'ends a device': async (trial: Trial, person: string) => {
    const { deviceId } = await enrolFor(trial, person, workOrigin)
    await upkeep.revokeDevice(trial.store, deviceId)
  },
  withdraws: async (trial: Trial, person: string) => {
    await enrolFor(trial, person, workOrigin)
    await withdrawReceipt(trial.store, { person })
  },
} as const

/** Nobody does anything: the same world for every act. */
let still: Awaited<ReturnType<typeof world>> | undefined

const dir = mkdtempSync(join(tmpdir(), 'overt-participation-'))
const open: Trial[] = []
afterAll(async () => {
  for (const trial of open) await trial.close()
  rmSync(dir, { recursive: true, force: true })
})

async function decide(trial: Trial, person: string, status: 'paused' | 'refused'): Promise<void> {
  const { receipt, manifest, deviceKey } = await enrolFor(trial, person, workOrigin)
  const nowEpochMs = Date.now()
  const grant = {
    person,
    manifest,
    purposes: receipt.purposes,
    modalities: receipt.modalities,
    nowEpochMs,
    expiresAtEpochMs: receipt.expiresAtEpochMs,
  }
  const keys = { publicKey: receipt.publicKey, privateKey: await importPrivateKey(deviceKey) }
  const put = await putReceipt(trial.store, await grantReceipt({ ...grant, assurance: 'device', follows: receipt.id, status }, keys))
  expect(put.ok).toBe(true)
}

/** A firm whose people all took part, of whom one then does something, or nobody. Everything is as it is otherwise. */
async function world(
  act: keyof typeof acts,
  who: string | null,
): Promise<{ seen: readonly string[]; raw: string; release: readonly string[] }> {
  const log: string[] = []
  const sink = new Writable({ write: (chunk, _encoding, done) => (log.push(String(chunk)), done()) })
  const trial = await openTrial('unused', { log: sink })
  open.push(trial)
  for (const person of [...others, 'bob', 'carol']) {
    const device = await openDevice(trial, person)
    expect((await device.send(device.batch(`batch-${person}`, { session: `session-${person}` }))).status).toBe(200)
  }
  await release(trial, 'before')
  if (who !== null) await acts[act](trial, who)
  const answers = await everything(trial)
  const raw = [...answers, ...log].join('\n')
  return { seen: [...answers, ...log].map(withoutChance), raw, release: await release(trial, 'after') }
}

/** All that a role other than the person gets, from every route of the router, for every purpose. */
async function everything(trial: Trial): Promise<readonly string[]> {
  const { server } = trial
  const rows = matrixOf(server.policy, served(server.routes))
  const answers: string[] = []
  const cookies = new Map<string, string>([['visitor', '']])
  for (const role of overseers) if (role !== 'visitor') cookies.set(role, await trial.signIn(role))
  for (const { route, why } of rows)
    for (const role of overseers)
      for (const purpose of why === 'asked' ? purposes : ['ground'])
        answers.push(`${role} ${route} ${purpose} ${await answerTo(trial, route, cookies.get(role) ?? '', purpose)}`)
  return answers
}

async function answerTo(trial: Trial, route: string, cookie: string, purpose: string): Promise<string> {
  const [method = '', path = ''] = route.split(' ')
  const post = method === 'POST' ? { method, body: '{}' } : {}
  // Signing out would end the session that the next routes are called with.
  const headers = {
    cookie: path === '/v1/sign-out' ? '' : cookie,
    origin: trial.server.url,
    ...(method === 'POST' ? { 'content-type': 'application/json' } : {}),
  }
  const url = trial.server.url + path.replace('{session}', 'session-bob').replace('*', 'nothing')
  const response = await fetch(`${url}?purpose=${purpose}`, { ...post, headers, redirect: 'manual' })
  const told = [...response.headers].filter(([name]) => name !== 'date' && name !== 'content-length')
  return `${response.status} ${JSON.stringify(told)} ${await response.text()}`
}

/** What a trainer holds: a release that was built now, as lines without the pseudonyms, which are new for each. All did the same work, so that it can't be told by what it is. */
async function release(trial: Trial, name: string): Promise<readonly string[]> {
  const folder = join(dir, `${open.length}-${name}`)
  await buildDataset(datasetContext(trial.store), spec, folder)
  await exportFrom(trial.store, folder, 'jsonl', `${folder}-jsonl`)
  const files = readdirSync(`${folder}-jsonl`, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.jsonl'))
  const lines = files.flatMap((file) => readFileSync(join(`${folder}-jsonl`, file), 'utf8').split('\n'))
  return lines.map(withoutChance).toSorted()
}

/** Keys, hashes, ports and moments are other ones in every run. */
function withoutChance(text: string): string {
  return text
    .replaceAll(/\b1\d{12}(?:\.\d+)?\b/g, 'T')
    .replaceAll(/(127[.-]0[.-]0[.-]1|localhost)[:-]\d+/g, 'HOST')
    .replaceAll(/overt_\d+/g, 'COOKIE')
    .replaceAll(/overt\/[\w-]{12}/g, 'LOG')
    .replaceAll(/\b[0-9a-f]{16,64}\b/g, 'H')
    .replaceAll(/[\w+/-]{40,}=*/g, 'K')
    .replaceAll(/[\w-]{20,}/g, (word) => (/\d/.test(word) && /[A-Z]/.test(word) ? 'K' : word))
    .replaceAll(/req-\w+/g, 'R')
}

for (const act of ['agrees', 'pauses', 'refuses', 'restricts', 'ends a device', 'withdraws'] as const)
  test(`whether Bob or Carol ${act}, or nobody, every endpoint, metric, export and log tells admin, council, privacy officer and trainer the same`, async () => {
    const [bob, carol, nobody] = [await world(act, 'bob'), await world(act, 'carol'), (still ??= await world(act, null))]
    expect(bob.seen.length).toBeGreaterThan(150)
    expect(differences(bob.seen, carol.seen)).toEqual([])
    // How many acts there were in all stands in the log's checkpoint, which a witness needs: whose they were does not, nor of what kind.
    expect(differences(bob.seen.filter(isNoCheckpoint), nobody.seen.filter(isNoCheckpoint))).toEqual([])
    for (const { raw } of [bob, carol, nobody]) expect(raw.match(/\b(bob|carol|colleague-\d+|dev-[\w-]{6,})\b/g)).toBeNull()
    expect(bob.release.length).toBeGreaterThan(1)
    expect(bob.release).toEqual(carol.release)
  })

function isNoCheckpoint(line: string): boolean {
  return !line.includes(' GET /checkpoint ')
}

/** Lines of one that the other has not, at their place. */
function differences(left: readonly string[], right: readonly string[]): readonly string[] {
  const lines = Array.from({ length: Math.max(left.length, right.length) }, (_, place) => [left[place] ?? '', right[place] ?? ''] as const)
  return lines.filter(([one, other]) => one !== other).flat()
}
