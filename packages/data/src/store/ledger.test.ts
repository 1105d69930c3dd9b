import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'

import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { type Disk, type DiskFile, nodeDisk } from './disk.ts'
import { diskFor } from './full-disk.fixture.ts'
import { openLedgerKey } from './key-file.ts'
import { entryHashOf } from './ledger-entry.ts'
import { ledgerPaths } from './ledger-files.ts'
import { verifyLedger } from './ledger-verify.ts'
import { type Ledger, openLedger } from './ledger.ts'

let dir: string
let nowEpochMs = 1_000

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'overt-ledger-'))
})

afterEach(() => rmSync(dir, { recursive: true, force: true }))

const open = async (disk = nodeDisk()): Promise<Ledger> =>
  openLedger({
    dir,
    disk,
    tenant: 'test',
    key: await openLedgerKey(dir),
    nowEpochMs: () => nowEpochMs,
    salt: (person) => Buffer.from(`salt of ${person}`),
  })

async function write(count: number): Promise<void> {
  const ledger = await open()
  for (let index = 0; index < count; index += 1) await ledger.append('read', { what: 'batches', n: index }, index % 2 === 0 ? 'ada' : 'bob')
  await ledger.close()
}

const paths = () => ledgerPaths(dir)

/** One that takes a while for each sync, so that whatever does not wait for it goes on meanwhile. */
function slowDisk(): Disk {
  const real = nodeDisk()
  const open = async (path: string): Promise<DiskFile> => {
    const file = await real.open(path)
    return { ...file, sync: () => setTimeout(20).then(() => file.sync()) }
  }
  return { ...real, open }
}

/** Sizes of the checkpoints that are kept for good, in their order. */
function keptSizes(): number[] {
  const lines = readFileSync(paths().history, 'utf8').trimEnd().split('\n')
  return lines.map((line) => Number(String(JSON.parse(line)).split('\n')[1]))
}

test('what was appended is listed, verifies, and goes on after the ledger is opened again', async () => {
  await write(5)
  const ledger = await open()
  expect(await ledger.append('export', { format: 'hf' })).toBe(5)
  const entries = await Array.fromAsync(ledger.entries())
  expect(entries.map((entry) => entry.index)).toEqual([0, 1, 2, 3, 4, 5])
  expect(await ledger.verify()).toMatchObject({ ok: true, size: 6, firstBad: null })
  await ledger.close()
})

test('checkpoints asked for at the same moment, beside entries, are kept one after the other', async () => {
  const ledger = await open(slowDisk())
  await ledger.append('read', {})
  // So many entries begin a checkpoint of their own among those kept for good.
  const entries = Array.from({ length: 300 }, (_, n) => () => ledger.append('export', { n }))
  await Promise.all([ledger.checkpoint(), ledger.checkpoint(), ...entries.map((append) => append()), ledger.checkpoint()])
  await Promise.all([ledger.append('read', {}).then(() => ledger.checkpoint()), ledger.append('read', {}).then(() => ledger.checkpoint())])
  await ledger.append('read', {})
  await Promise.all([ledger.checkpoint(), ledger.close()])
  expect(keptSizes()).toEqual([...new Set(keptSizes())].toSorted((left, right) => left - right))
  expect(await verifyLedger(dir)).toMatchObject({ ok: true, size: 304 })
})

test.each(['checkpoint', 'checkpoints'])(
  'entries count though the disk takes no %s over them: it comes with the next, and is told as owed until then',
  async (name) => {
    const disk = diskFor(`ledger/${name}`)
    const ledger = await open(disk)
    await ledger.append('read', {})
    const { checkpoint } = paths()
    disk.full = true
    // So many begin a checkpoint of their own among those kept for good.
    const indexes = await Promise.all(Array.from({ length: 300 }, (_, n) => ledger.append('export', { n })))
    expect(indexes).toEqual(Array.from({ length: 300 }, (_, n) => n + 1))
    expect(ledger.unsigned).toBe(name === 'checkpoint' ? 300 : 0)
    expect(readFileSync(checkpoint, 'utf8').split('\n')[1]).toBe(String(301 - ledger.unsigned))
    await expect(ledger.checkpoint()).rejects.toMatchObject({ kind: 'diskFull', message: expect.stringContaining('301 entries are kept') })
    expect(await ledger.receipt()).toBe(readFileSync(checkpoint, 'utf8'))
    expect(await ledger.verify()).toMatchObject({ ok: true, size: 301 })
    disk.full = false
    expect(await ledger.append('read', {})).toBe(301)
    expect([ledger.unsigned, readFileSync(checkpoint, 'utf8').split('\n')[1], keptSizes().at(-1)]).toEqual([0, '302', 302])
    await ledger.close()
    expect(await verifyLedger(dir)).toMatchObject({ ok: true, size: 302 })
  },
)

test.each(
  ['entries.jsonl', 'ledger/checkpoint', 'ledger/checkpoints'].flatMap((name) => ['EROFS', 'EACCES', 'EIO'].map((code) => [name, code])),
)(
  'a disk that does not take %s for another reason than its room (%s) is told as failed, and nothing more is entered',
  async (name, code) => {
    const disk = diskFor(name, code)
    const ledger = await open(disk)
    await ledger.append('read', {})
    disk.full = true
    // Kept for good, a checkpoint is written at the end alone.
    const failing = name === 'ledger/checkpoints' ? ledger.checkpoint() : ledger.append('export', {})
    await expect(failing).rejects.toMatchObject({ kind: 'sync', cause: { code } })
    disk.full = false
    await expect(ledger.append('read', {})).rejects.toMatchObject({ kind: 'sync' })
    await ledger.close()
    const again = await open()
    expect([again.size, (await again.verify()).ok]).toEqual([name === 'ledger/checkpoint' ? 2 : 1, true])
    await again.close()
  },
)

test('a share of the disk that is used up is a full disk', async () => {
  const disk = diskFor('entries.jsonl', 'EDQUOT')
  const ledger = await open(disk)
  disk.full = true
  await expect(ledger.append('read', {})).rejects.toMatchObject({ kind: 'diskFull' })
  disk.full = false
  expect(await ledger.append('read', {})).toBe(0)
  await ledger.close()
})

test('a checkpoint that could not be written before the end is signed at the next opening, over all entries', async () => {
  const disk = diskFor('ledger/checkpoint')
  const ledger = await open(disk)
  await ledger.append('read', {})
  disk.full = true
  await ledger.append('export', {})
  await ledger.close()
  const again = await open()
  expect([again.size, again.unsigned, keptSizes().at(-1)]).toEqual([2, 0, 2])
  expect(await again.verify()).toMatchObject({ ok: true, size: 2 })
  await again.close()
})

test('a person is named by a salted hash alone', async () => {
  await write(4)
  expect(readFileSync(paths().entries, 'utf8')).not.toMatch(/\bada\b/u)
  const ledger = await open()
  expect((await Array.fromAsync(ledger.of('ada'))).map((entry) => entry.index)).toEqual([0, 2])
  await ledger.close()
})

test('one byte flipped anywhere in the entries fails at that entry', async () => {
  await write(9)
  const whole = readFileSync(paths().entries)
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: whole.length - 1 }), fc.integer({ min: 1, max: 255 }), async (at, mask) => {
      const bytes = Buffer.from(whole)
      bytes[at] = bytes[at]! ^ mask
      writeFileSync(paths().entries, bytes)
      const line = whole.subarray(0, at).filter((byte) => byte === 10).length
      expect(await verifyLedger(dir)).toMatchObject({ ok: false, firstBad: line })
    }),
    { numRuns: 150 },
  )
})

test('one byte flipped in the leaf hashes fails at that entry', async () => {
  await write(9)
  const leaves = readFileSync(paths().leaves)
  leaves[5 * 32 + 7]! ^= 4
  writeFileSync(paths().leaves, leaves)
  expect(await verifyLedger(dir)).toMatchObject({ ok: false, firstBad: 5 })
})

test('an entry changed together with its leaf hash fails against the signed checkpoint', async () => {
  await write(6)
  const ledger = await open()
  for (let index = 0; index < 3; index += 1) await ledger.append('export', { n: index })
  await ledger.close()
  const lines = readFileSync(paths().entries, 'utf8').split('\n')
  lines[7] = lines[7]!.replace('"n":1', '"n":7')
  writeFileSync(paths().entries, lines.join('\n'))
  const leaves = readFileSync(paths().leaves)
  entryHashOf(Buffer.from(lines[7])).copy(leaves, 7 * 32)
  writeFileSync(paths().leaves, leaves)
  // The checkpoint at 6 still holds, the one at 9 does not: nothing before 6 is in doubt.
  expect(await verifyLedger(dir)).toMatchObject({ ok: false, firstBad: 6 })
})

test('entries taken from the end are missed', async () => {
  await write(6)
  const lines = readFileSync(paths().entries, 'utf8').split('\n')
  writeFileSync(paths().entries, `${lines.slice(0, 4).join('\n')}\n`)
  truncateSync(paths().leaves, 4 * 32)
  expect(await verifyLedger(dir)).toMatchObject({ ok: false, size: 4, firstBad: 4 })
})

test('a checkpoint that another key signed is refused', async () => {
  await write(3)
  const note = readFileSync(paths().checkpoint, 'utf8')
  writeFileSync(paths().checkpoint, note.replace(/ ([A-Za-z0-9+/]{10})/, ' AAAAAAAAAA'))
  expect(await verifyLedger(dir)).toMatchObject({ ok: false, firstBad: null })
})

test('a last line cut off by a crash is removed when the ledger is opened, and leaves that were not written are', async () => {
  await write(3)
  const entries = readFileSync(paths().entries)
  appendFileSync(paths().entries, '{"atEpochMs":1000,"body":{},"in')
  truncateSync(paths().leaves, 2 * 32 + 5)
  const ledger = await open()
  expect(ledger.size).toBe(3)
  expect(readFileSync(paths().entries)).toEqual(entries)
  expect(await ledger.verify()).toMatchObject({ ok: true, size: 3 })
  await ledger.close()
})

test('a ledger whose lines and leaves contradict each other is not appended to', async () => {
  await write(4)
  const text = readFileSync(paths().entries, 'utf8')
  writeFileSync(paths().entries, text.replace('\n', ' '))
  await expect(open()).rejects.toMatchObject({ code: 'OVT-1302' })
  writeFileSync(paths().entries, text.replace(',', '\n'))
  await expect(open()).rejects.toMatchObject({ code: 'OVT-1302' })
  expect(readFileSync(paths().entries, 'utf8')).toBe(text.replace(',', '\n'))
})

test('leaves that were deleted are made again from entries that the signed checkpoint vouches for, and from no others', async () => {
  await write(4)
  const leaves = readFileSync(paths().leaves)
  rmSync(paths().leaves)
  const again = await open()
  await again.close()
  expect(readFileSync(paths().leaves)).toEqual(leaves)
  const text = readFileSync(paths().entries, 'utf8')
  for (const changed of [text.replace('"n":1', '"n":7'), text.split('\n').slice(0, 3).join('\n') + '\n']) {
    rmSync(paths().leaves, { force: true })
    writeFileSync(paths().entries, changed)
    await expect(open()).rejects.toMatchObject({ code: 'OVT-1302' })
    expect(readFileSync(paths().entries, 'utf8')).toBe(changed)
  }
  writeFileSync(paths().entries, text)
  for (const file of [paths().checkpoint, paths().history]) writeFileSync(file, '')
  await expect(open()).rejects.toMatchObject({ code: 'OVT-1302' })
})

test('an entry changed together with its leaf hash is not signed over', async () => {
  await write(4)
  const lines = readFileSync(paths().entries, 'utf8').replace('"n":1', '"n":7')
  writeFileSync(paths().entries, lines)
  writeFileSync(
    paths().leaves,
    Buffer.concat(
      lines
        .split('\n')
        .slice(0, 4)
        .map((line) => entryHashOf(Buffer.from(line))),
    ),
  )
  await expect(open()).rejects.toMatchObject({ code: 'OVT-1302' })
})

test('a checkpoint that the power kept from the disk is signed anew; one that was changed is not', async () => {
  await write(4)
  const note = readFileSync(paths().checkpoint, 'utf8')
  writeFileSync(paths().checkpoint, '')
  const again = await open()
  await again.close()
  expect(readFileSync(paths().checkpoint, 'utf8')).toBe(note)
  for (const changed of ['garbage', note.replace('\n4\n', '\n3\n')]) {
    writeFileSync(paths().checkpoint, changed)
    await expect(open()).rejects.toMatchObject({ code: 'OVT-1302', message: expect.stringContaining(paths().checkpoint) })
  }
})

test('a file of the ledger that is gone is what does not hold', async () => {
  await write(4)
  for (const path of [join(dir, 'ledger.key'), paths().entries, paths().history]) {
    renameSync(path, join(dir, 'away'))
    expect(await verifyLedger(dir)).toMatchObject({ ok: false, reason: 'missing', problem: expect.stringContaining(path) })
    renameSync(join(dir, 'away'), path)
  }
  expect(await verifyLedger(dir)).toMatchObject({ ok: true })
})

test('last lines that the power tore are cut off though they end as lines do; before them nothing is', async () => {
  await write(3)
  const entries = readFileSync(paths().entries)
  for (const torn of ['\0\0\0\0"kind":"read"}\n', '{"atEpochMs":1000,"body":{},"index":7,"kind":"read","who":null}\n', '{}\n{}\n']) {
    writeFileSync(paths().entries, Buffer.concat([entries, Buffer.from(torn)]))
    const ledger = await open()
    expect(await ledger.verify()).toMatchObject({ ok: true, size: 3 })
    await ledger.close()
    expect(readFileSync(paths().entries)).toEqual(entries)
  }
  writeFileSync(paths().entries, `${entries.toString('utf8').split('\n').slice(0, 2).join('\n')}\n{}\n`)
  await expect(open()).rejects.toMatchObject({ code: 'OVT-1302' })
})

test('leaf hashes that the power tore are made again where no checkpoint vouches for them, and nowhere else', async () => {
  await write(3)
  const early = readFileSync(paths().checkpoint)
  const history = readFileSync(paths().history)
  await write(3)
  const leaves = readFileSync(paths().leaves)
  const tear = (index: number): void => {
    writeFileSync(paths().checkpoint, early)
    writeFileSync(paths().history, history)
    writeFileSync(paths().leaves, Buffer.from(leaves).fill(0, index * 32, index * 32 + 32))
  }
  tear(4)
  const ledger = await open()
  await ledger.close()
  expect(readFileSync(paths().leaves)).toEqual(leaves)
  tear(1)
  expect(await verifyLedger(dir)).toMatchObject({ ok: false, firstBad: 1 })
})

test('a last note that the power tore in its middle is dropped, and an empty checkpoint does not vouch for what the kept ones deny', async () => {
  await write(3)
  const history = readFileSync(paths().history, 'utf8')
  const torn = history.trimEnd().split('\n').at(-1) ?? ''
  writeFileSync(paths().history, `${history}${torn.slice(0, 20)}\0\0\0\0${torn.slice(24)}\n`)
  writeFileSync(paths().checkpoint, '')
  const ledger = await open()
  expect(await ledger.verify()).toMatchObject({ ok: true, size: 3 })
  await ledger.close()
  const text = readFileSync(paths().entries, 'utf8').replace('"n":1', '"n":7')
  writeFileSync(paths().entries, text)
  writeFileSync(
    paths().leaves,
    Buffer.concat(
      text
        .trimEnd()
        .split('\n')
        .map((line) => entryHashOf(Buffer.from(line))),
    ),
  )
  writeFileSync(paths().checkpoint, '')
  await expect(open()).rejects.toMatchObject({ code: 'OVT-1302' })
})

describe('a checkpoint that somebody kept', () => {
  const note = () => readFileSync(paths().checkpoint, 'utf8')
  const other = () => join(dir, 'other')

  /** Puts another history in place of this one, signed by the same key, as only the operator can. */
  async function replaceHistory(count: number): Promise<void> {
    rmSync(join(dir, 'ledger'), { recursive: true })
    nowEpochMs = 2_000
    await write(count)
    nowEpochMs = 1_000
    expect(await verifyLedger(dir)).toMatchObject({ ok: true, size: count })
  }

  test('holds for the ledger it was taken of, and for what the ledger grew to', async () => {
    await write(3)
    const kept = note()
    expect(await verifyLedger(dir, kept)).toMatchObject({ ok: true, size: 3, reason: null })
    await write(4)
    expect(await verifyLedger(dir, kept)).toMatchObject({ ok: true, size: 7, reason: null })
    expect(await verifyLedger(dir, note())).toMatchObject({ ok: true, size: 7 })
  })

  test.each(['', 'garbage', '\n\n\n', 'overt/test\n3\nAAAA\n\n— x y\n'])('that is garbage proves nothing: %j', async (garbage) => {
    await write(3)
    expect(await verifyLedger(dir, garbage)).toMatchObject({ ok: false, reason: 'malformed', firstBad: null })
  })

  test('of another ledger, or changed by hand, is refused', async () => {
    await write(3)
    const changed = note().replace('\n3\n', '\n2\n')
    expect(await verifyLedger(dir, changed)).toMatchObject({ ok: false, reason: 'bad-signature' })
    const own = dir
    dir = other()
    mkdirSync(dir)
    await write(3)
    const foreign = note()
    dir = own
    expect(await verifyLedger(dir, foreign)).toMatchObject({ ok: false, reason: 'foreign' })
  })

  test('shows that the ledger was rolled back, though its own files hold', async () => {
    await write(3)
    cpSync(join(dir, 'ledger'), other(), { recursive: true })
    await write(4)
    const kept = note()
    rmSync(join(dir, 'ledger'), { recursive: true })
    cpSync(other(), join(dir, 'ledger'), { recursive: true })
    expect(await verifyLedger(dir)).toMatchObject({ ok: true, size: 3 })
    expect(await verifyLedger(dir, kept)).toMatchObject({ ok: false, size: 3, reason: 'rolled-back', firstBad: 3 })
  })

  test.each([3, 5, 8])('shows that the ledger was written anew, %i entries long, though its own files hold', async (count) => {
    await write(3)
    const kept = note()
    await replaceHistory(count)
    expect(await verifyLedger(dir, kept)).toMatchObject({ ok: false, reason: 'rewritten' })
  })
})
