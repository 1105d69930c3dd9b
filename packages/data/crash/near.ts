import fc from 'fast-check'

/** What readers trip over. */
const tokens: readonly string[] = [
  '\0',
  '\n',
  '"',
  '\\',
  '\\u0000',
  '\\ud800',
  '{',
  '}',
  '[',
  ']',
  ',',
  '1e999',
  '-0',
  '__proto__',
  '\u{1F600}',
  '9007199254740993',
  'OVTSEG01',
  'OVR1',
]

const hostile: readonly unknown[] = [
  null,
  '',
  0,
  -1,
  1e308,
  2 ** 53,
  0.5,
  true,
  [],
  {},
  [[]],
  'x'.repeat(10_000),
  '\u0000',
  '../..',
  '(a+)+$',
  'aaaaaaaaaaaaaaaaaaaaaaaaaaaaa!',
  '**/**/**/**',
  '\ud800',
]

type Edit = {
  readonly kind: 'flip' | 'cut' | 'double' | 'insert' | 'zero'
  readonly at01: number
  readonly size: number
  readonly byte: number
  readonly token: string
}

/** Bytes near these: flipped, cut, doubled, wiped, or with something put in that readers trip over. */
export function nearBytes(bytes: Buffer): fc.Arbitrary<Buffer> {
  const edit: fc.Arbitrary<Edit> = fc.record({
    kind: fc.constantFrom('flip', 'cut', 'double', 'insert', 'zero'),
    at01: fc.double({ min: 0, max: 1, noNaN: true }),
    size: fc.integer({ min: 1, max: 200 }),
    byte: fc.integer({ min: 1, max: 255 }),
    token: fc.constantFrom(...tokens),
  })
  return fc.array(edit, { minLength: 1, maxLength: 6 }).map((edits) => edits.reduce(edited, bytes))
}

function edited(bytes: Buffer, { kind, at01, size, byte, token }: Edit): Buffer {
  const at = Math.floor(at01 * bytes.length)
  const [before, part, after] = [bytes.subarray(0, at), bytes.subarray(at, at + size), bytes.subarray(at + size)]
  switch (kind) {
    case 'flip': {
      const flipped = Buffer.from(bytes)
      if (at < bytes.length) flipped[at] = (flipped[at] ?? 0) ^ byte
      return flipped
    }
    case 'cut':
      return size % 3 === 0 ? Buffer.from(before) : Buffer.concat([before, after])
    case 'double':
      return Buffer.concat([before, part, part, after])
    case 'insert':
      return Buffer.concat([before, Buffer.from(token), bytes.subarray(at)])
    case 'zero':
      return Buffer.concat([before, Buffer.alloc(part.length), after])
  }
}

/** Documents near this one: some of its values are others, of any kind, or are gone. */
export function nearDocument(document: unknown): fc.Arbitrary<unknown> {
  const paths = pathsOf(document)
  const value = fc.oneof(fc.constantFrom(...hostile), fc.jsonValue(), fc.integer(), fc.string({ unit: 'binary' }), fc.constant(undefined))
  const change = fc.tuple(fc.nat({ max: paths.length - 1 }), value)
  return fc.array(change, { minLength: 1, maxLength: 4 }).map((changes) => {
    const copy: unknown = structuredClone(document)
    for (const [index, put] of changes) replaceAt(copy, paths[index] ?? [], put)
    // As JSON can carry it.
    const carried: unknown = JSON.parse(JSON.stringify(copy))
    return carried
  })
}

function pathsOf(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path]
  const below = Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, [...path, key]))
  return path.length === 0 ? below : [path, ...below]
}

function replaceAt(root: unknown, path: readonly string[], put: unknown): void {
  let at: unknown = root
  for (const key of path.slice(0, -1)) at = typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined
  const last = path.at(-1)
  if (typeof at !== 'object' || at === null || last === undefined) return
  if (put === undefined) Reflect.deleteProperty(at, last)
  else Reflect.set(at, last, structuredClone(put))
}
