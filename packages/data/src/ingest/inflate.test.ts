import { gzipSync, zstdCompressSync } from 'node:zlib'

import { expect, test } from 'vitest'

import { inflate } from './inflate.ts'

const plain = Buffer.from(JSON.stringify({ some: 'body', of: Array.from({ length: 500 }, (_, at) => at) }))

test('gzip of a body and of nothing else may be kept as it came', async () => {
  const packed = gzipSync(plain)
  expect(await inflate(packed, 'gzip')).toEqual({ ok: true, value: { bytes: plain, packed } })
})

const named = (): Buffer => {
  const packed = gzipSync(plain)
  packed[3] = 0x08
  return Buffer.concat([packed.subarray(0, 10), Buffer.from('my secret\0'), packed.subarray(10)])
}

test.each<[string, () => Buffer]>([
  ['with a name in its head', named],
  ['in two members', () => Buffer.concat([gzipSync(plain.subarray(0, 9)), gzipSync(plain.subarray(9))])],
  ['with an empty member before', () => Buffer.concat([gzipSync(''), gzipSync(plain)])],
])('gzip %s is read, and never kept as it came', async (_, made) => {
  const read = await inflate(made(), 'gzip')
  expect(read.ok && read.value).toEqual({ bytes: plain })
})

test('gzip with bytes behind it is refused', async () => {
  const made = Buffer.concat([gzipSync(plain), Buffer.from('my secret'.padEnd(40))])
  expect(await inflate(made, 'gzip')).toMatchObject({ ok: false, kind: 'encoding' })
})

test('gzip whose checksum or length is wrong is refused', async () => {
  for (const place of [-8, -1]) {
    const packed = gzipSync(plain)
    packed[packed.length + place] = (packed.at(place) ?? 0) ^ 1
    expect(await inflate(packed, 'gzip')).toMatchObject({ ok: false, kind: 'encoding' })
  }
})

test('zstd is packed anew: its frames may hold what no one reads', async () => {
  expect(await inflate(zstdCompressSync(plain), 'zstd')).toEqual({ ok: true, value: { bytes: plain } })
})
