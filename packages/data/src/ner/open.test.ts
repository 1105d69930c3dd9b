import { join } from 'node:path'

import type { Permit, Span } from '@overt/privacy'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { enrolledStore, scratchFolder } from '../ingest/fixture.ts'
import { permitsFor } from '../store/permits.ts'
import type { Store } from '../store/store.ts'
import { type MadeModel, writeModel } from './fixture.ts'
import { type Ner, type NerOptions, openNer } from './open.ts'

let folder: ReturnType<typeof scratchFolder>
let store: Store
let permit: Permit
let ner: Ner | undefined

beforeEach(async () => {
  folder = scratchFolder()
  ;({ store } = await enrolledStore(join(folder.dir, 'data')))
  for await (const one of permitsFor(store, 'ground')) permit = one
})

afterEach(async () => {
  await ner?.close()
  ner = undefined
  await store.close()
  folder.remove()
})

const known = { 'B-PER': ['Qorvathi', 'Zülmërë', 'EMAIL_1'], 'I-PER': ['Pelk'], 'B-LOC': ['Ostrwick', '東京'], 'B-ORG': ['Initech'] }

async function opened(made: MadeModel = { known }, options: NerOptions = {}): Promise<Ner> {
  ner = await openNer(writeModel(join(folder.dir, 'ner'), made), options)
  return ner
}

const cut = (text: string, spans: readonly Span[] | undefined) => spans?.map(({ start, end, kind }) => [kind, text.slice(start, end)])

describe('what a model finds', () => {
  test.each([
    ['ask Qorvathi Pelk of Initech', [['person', 'Qorvathi Pelk']]],
    [
      'Ostrwick, Qorvathi',
      [
        ['address', 'Ostrwick'],
        ['person', 'Qorvathi'],
      ],
    ],
    ['🙂👩‍👩‍👧 e\u0301 Grüße an Zülmërë!', [['person', 'Zülmërë']]],
    ['彼は東京に住む', [['address', '東京']]],
    [
      'Qorvathi [EMAIL_1] Pelk [PERSON_12]',
      [
        ['person', 'Qorvathi'],
        ['person', 'Pelk'],
      ],
    ],
    ['nothing of anybody', []],
    ['  \n ', []],
  ])('stands where it stood in %j', async (text, expected) => {
    const found = await (await opened()).find(permit, [text])
    expect(cut(text, found.get(text))).toEqual(expected)
  })

  test('is found in every window of a text that is longer than the model’s', async () => {
    const text = Array.from({ length: 300 }, (_, place) => (place % 7 === 0 ? 'Qorvathi' : 'plain')).join(' ')
    const found = await (await opened({ known, positions: 16 })).find(permit, [text])
    expect(found.get(text)).toHaveLength(43)
  })

  test('is told of each text that it can judge, whatever the others do to it', async () => {
    const texts = ['plain', 'a Boom here', 'Qorvathi', 'Pelk '.repeat(10_000)]
    const found = await (await opened({ known, unheard: ['Boom'] })).find(permit, texts)
    expect([...found.keys()]).toEqual(['plain', 'Qorvathi'])
  })

  test('is not waited for beyond its time, and the next text is read again', async () => {
    const slow = '.'.repeat(16_000)
    const own = await opened({ known, positions: 8 }, { readMs: 20 })
    expect((await own.find(permit, [slow])).has(slow)).toBe(false)
    await expect.poll(async () => (await own.find(permit, ['Qorvathi'])).get('Qorvathi'), { timeout: 60_000 }).toHaveLength(1)
  }, 90_000)
})

describe('a folder is refused with OVT-1314', () => {
  const refusal = async (dir: string): Promise<string> =>
    openNer(dir).then(
      async (wrong) => {
        await wrong.close()
        return 'opened'
      },
      (error: unknown) => (error instanceof Error && 'code' in error ? `${String(error.code)} ${error.message}` : String(error)),
    )
  test.each<[string, MadeModel, RegExp]>([
    ['another model than was pinned', { written: { 'model.onnx': 'other' } }, /^OVT-1314 .*model\.onnx has the SHA-256/],
    ['another tokenizer than was pinned', { written: { 'tokenizer.json': '{}' } }, /^OVT-1314 .*tokenizer\.json has the SHA-256/],
    ['no pins', { written: { 'ner.json': '{"least01":0.5}' } }, /^OVT-1314 .*pins none/],
    ['an operator that the runtime lacks', { operator: 'Conjure' }, /^OVT-1314 .*Conjure/],
    ['labels of nobody', { named: ['O', 'B-ORG', 'B-MISC', 'I-ORG', 'I-MISC'] }, /^OVT-1314 .*no label for people/],
    ['another number of labels than the model answers', { named: ['O', 'B-PER'] }, /^OVT-1314 .*not float32/],
    ['no least', { least01: 0 }, /^OVT-1314 .*least01/],
  ])('for %s', async (_, made, expected) => {
    expect(await refusal(writeModel(join(folder.dir, 'ner'), made))).toMatch(expected)
  })

  test('where it is missing', async () => {
    expect(await refusal(join(folder.dir, 'nowhere'))).toMatch(/^OVT-1314 .*ner\.json could not be read/)
  })
})
