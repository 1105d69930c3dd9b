import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

import fc from 'fast-check'
import { expect, test } from 'vitest'

import { sha256Hex } from './cipher.ts'
import type { LogRecord } from './record.ts'
import { RecordIndex } from './record-index.ts'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void // as: the flag defines it

/** What is in use once nothing is waiting to be collected, in bytes. */
function usedBytes(): number {
  for (let turn = 0; turn < 4; turn += 1) collect()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

const named = (name: string, content = name): Omit<LogRecord, 'sealed'> => ({
  kind: 'batch',
  idHash: sha256Hex(name),
  contentHash: sha256Hex(content),
})

test('records are found as in a map by their whole names, however many there are and however their names begin', () => {
  // Names that differ in one of four words alone fall on one place, and on places next to it.
  const name = fc.tuple(...[0, 1, 2, 3].map(() => fc.constantFrom('00000000', '00000001', 'ffffffff')))
  const put = fc.record({
    name,
    content: fc.constantFrom('aa', 'ab'),
    gone: fc.boolean(),
    position: fc.record({ segment: fc.nat(), atByte: fc.nat(0xffffffff), sizeBytes: fc.integer({ min: 81, max: 0xffffffff }) }),
  })
  fc.assert(
    fc.property(fc.array(put, { maxLength: 60 }), fc.nat(3_000), (puts, others) => {
      const [index, map] = [new RecordIndex(), new Map<string, { contentHash: string; position: unknown }>()]
      for (const [at, one] of puts.entries()) {
        const [idHash, contentHash] = [one.name.join('').padEnd(64, '0'), one.content.repeat(32)]
        const isNew = index.put({ kind: one.gone ? 'gone' : 'batch', idHash, contentHash }, one.position)
        expect(isNew).toBe(!map.has(idHash))
        map.set(idHash, { contentHash, position: one.gone ? undefined : one.position })
        if (at === 30) for (let other = 0; other < others; other += 1) index.put(named(`other ${other}`), one.position)
      }
      for (const [idHash, { contentHash, position }] of map) {
        expect([index.has(idHash), index.position(idHash)]).toEqual([true, position])
        expect(index.compare({ idHash, contentHash })).toBe('duplicate')
        expect(index.compare({ idHash, contentHash: 'ac'.repeat(32) })).toBe('conflict')
      }
      const { idHash, contentHash } = named('nobody')
      expect([index.has(idHash), index.position(idHash), index.compare({ idHash, contentHash })]).toEqual([false, undefined, undefined])
    }),
  )
})

test('what of a segment is there is counted by its bytes, and what is gone is not', () => {
  const index = new RecordIndex()
  for (let number = 0; number < 5_000; number += 1)
    index.put(named(`record ${number}`), { segment: 1 + (number % 2), atByte: number, sizeBytes: 100 })
  index.put({ ...named('record 0'), kind: 'gone' }, { segment: 1, atByte: 0, sizeBytes: 81 })
  index.put(named('record 1'), { segment: 3, atByte: 0, sizeBytes: 100 })
  expect(Object.fromEntries(index.bytesBySegment())).toEqual({ 1: 249_900, 2: 249_900, 3: 100 })
})

// Just after the table has grown, when it takes most, and later.
test.each([131_073, 200_000])('each of %i records takes less than 60 bytes of memory', (records) => {
  const index = new RecordIndex()
  const before = usedBytes()
  for (let number = 1; number <= records; number += 1) index.put(named(String(number)), { segment: 1, atByte: number, sizeBytes: 100 })
  expect((usedBytes() - before) / records).toBeLessThan(60)
  expect(index.has(named('1').idHash)).toBe(true)
})
