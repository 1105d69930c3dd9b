import { assert, asyncProperty, constantFrom, integer, nat, property, uint8Array, array } from 'fast-check'
import { expect, test } from 'vitest'

import { generateKeyPair } from '../consent/keys.ts'
import { verifyCheckpoint } from './checkpoint.ts'
import { consistencyProof, verifyConsistency } from './consistency.ts'
import { cosign, cosignedAt } from './cosignature.ts'
import { createFrontier, merkleRoot } from './frontier.ts'
import { fromHex, joined, leafHash, type Hash } from './hash.ts'
import { inclusionProof, verifyInclusion } from './inclusion.ts'
import { decodeBundle, encodeBundle, parseTilePath, tilePath, tileWidth } from './tile.ts'
import { tiledTree } from './tiled-tree.ts'
import { parseVerifierKey, printVerifierKey } from './verifier-key.ts'

// Three levels of tiles: two full ones on level 0 and a rest.
const leaves: readonly Hash[] = await Promise.all(
  Array.from({ length: 700 }, (_, index) => leafHash(Uint8Array.of(index % 256, index >> 8))),
)

/** Tiles by the definition of tlog-tiles: MTH(D[(n * 256 + i) * 256**l : (n * 256 + i + 1) * 256**l]). */
async function tileAt(path: string): Promise<Uint8Array> {
  const tile = parseTilePath(path)
  if (tile === undefined || tile.level === 'entries') throw new Error(`no tile at ${path}`)
  const span = tileWidth ** tile.level
  const first = tile.index * tileWidth
  const roots = Array.from({ length: tile.width }, (_, i) => merkleRoot(leaves.slice((first + i) * span, (first + i + 1) * span)))
  return joined(...(await Promise.all(roots)).map(fromHex))
}

test('L5 a tile has the one path that tlog-tiles gives it', () => {
  expect(tilePath({ level: 0, index: 1_234_067, width: 256 })).toBe('tile/0/x001/x234/067')
  expect(tilePath({ level: 'entries', index: 273, width: 112 })).toBe('tile/entries/273.p/112')
  assert(
    property(constantFrom(0, 1, 63, 'entries' as const), nat(5_000_000), integer({ min: 1, max: 256 }), (level, index, width) => {
      expect(parseTilePath(tilePath({ level, index, width }))).toEqual({ level, index, width })
    }),
  )
  for (const path of [
    '',
    'tile/0/0',
    'tile/00/000',
    'tile/64/000',
    'tile/0/000.p/0',
    'tile/0/000.p/256',
    'tile/0/000.p/01',
    'tile/0/x000/000',
  ])
    expect(parseTilePath(path), path).toBeUndefined()
  for (const path of ['tile/0/../000', '/tile/0/000', 'tile/0/000/', 'tile/0/001/x000', 'tile/entries/x1/000', 'tile/-1/000'])
    expect(parseTilePath(path), path).toBeUndefined()
})

test('L5 entries of a bundle come out as they went in, and a bundle that is cut or has other entries is none', () => {
  assert(
    property(array(uint8Array({ maxLength: 600 }), { minLength: 1, maxLength: 20 }), (entries) => {
      const ascii = entries.map((entry) => entry.map((byte) => byte % 128))
      const bundle = encodeBundle(ascii)
      expect(decodeBundle(bundle, ascii.length)).toEqual(ascii.map((entry) => new TextDecoder().decode(entry)))
      expect(decodeBundle(bundle.slice(0, -1), ascii.length)).toBeUndefined()
      expect(decodeBundle(bundle, ascii.length + 1)).toBeUndefined()
    }),
  )
})

test('L6 root, proofs and peaks that are made of tiles are those that are made of the leaves', async () => {
  await assert(
    asyncProperty(integer({ min: 1, max: leaves.length }), nat(), async (size, at) => {
      const tree = tiledTree(size, tileAt)
      const own = leaves.slice(0, size)
      const [root, oldSize, index] = [await merkleRoot(own), at % (size + 1), at % size]
      expect(await tree.root()).toBe(root)
      expect(await tree.leaf(index)).toBe(own[index])
      const proof = await tree.consistency(oldSize)
      expect(proof).toEqual(await consistencyProof(own, oldSize))
      const oldRoot = await merkleRoot(own.slice(0, oldSize))
      expect(await verifyConsistency({ oldSize, oldRoot, newSize: size, newRoot: root, proof })).toBe(true)
      const path = await tree.inclusion(index)
      expect(path).toEqual(await inclusionProof(own, index))
      expect(await verifyInclusion({ leafHash: own[index] ?? '', index, size, root, proof: path })).toBe(true)
      const frontier = createFrontier({ size, peaks: await tree.peaks() })
      expect(await frontier.root()).toBe(root)
    }),
    { numRuns: 15 },
  )
})

test('L6 a tile that is cut, or holds another hash, makes no proof that holds', async () => {
  const short = tiledTree(700, async (path) => (await tileAt(path)).slice(1))
  await expect(short.root()).rejects.toMatchObject({ code: 'OVT-1124' })
  const changed = (where: string) =>
    tiledTree(700, async (path) => (await tileAt(path)).map((byte, place) => (path === where && place === 5 ? byte ^ 1 : byte)))
  const [oldRoot, root] = await Promise.all([merkleRoot(leaves.slice(0, 300)), merkleRoot(leaves)])
  expect(await changed('tile/1/000.p/2').root()).not.toBe(root)
  const above = { oldSize: 300, oldRoot, newSize: 700, newRoot: root, proof: await changed('tile/0/001').consistency(300) }
  expect(await verifyConsistency(above)).toBe(false)
  const proof = await changed('tile/0/001').inclusion(257)
  expect(await verifyInclusion({ leafHash: leaves[257] ?? '', index: 257, size: 700, root, proof })).toBe(false)
})

test('L7 a cosignature is of one witness, one time and one checkpoint', async () => {
  // The example of tlog-cosignature: its key is not given, its form is.
  const body = 'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n'
  const log = 'Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8='
  const note = `${body}\n\u2014 example.com/behind-the-sofa ${log}\n`
  const [keyPair, other] = await Promise.all([generateKeyPair(), generateKeyPair()])
  const witness = { name: 'witness.example.com/w1', keyPair }
  const known = { name: witness.name, publicKey: keyPair.publicKey }
  const cosigned = await cosign(note, witness, 1_679_315_147_999)
  expect(cosigned.startsWith(note)).toBe(true)
  expect(cosigned.slice(note.length)).toMatch(
    /^\u2014 witness\.example\.com\/w1 [A-Za-z0-9+/]{102}==\n$|^\u2014 witness\.example\.com\/w1 [A-Za-z0-9+/=]{104}\n$/,
  )
  expect(await cosignedAt(cosigned, known)).toBe(1_679_315_147_000)
  expect(await cosignedAt(cosigned, { ...known, publicKey: other.publicKey })).toBeNull()
  expect(await cosignedAt(cosigned, { ...known, name: 'other' })).toBeNull()
  expect(await cosignedAt(cosigned.replace('20852163', '20852164'), known)).toBeNull()
  expect(await cosignedAt(note, known)).toBeNull()
  expect(await verifyCheckpoint(cosigned, other.publicKey)).toEqual({ ok: false, reason: 'unsigned' })
})

test('L7 a key is printed as a vkey and read again, of its own kind only', async () => {
  // From signed-note's own examples: the Go checksum database.
  const sum = 'sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8'
  const read = await parseVerifierKey(sum)
  expect(read?.name).toBe('sum.golang.org')
  expect(await printVerifierKey(read ?? { name: '', publicKey: '' })).toBe(sum)
  expect(await parseVerifierKey(sum, 'cosignature')).toBeUndefined()
  for (const broken of ['', 'x+y+z', sum.replace('033de0ae', '033de0af'), sum.slice(0, -4)])
    expect(await parseVerifierKey(broken)).toBeUndefined()
})
