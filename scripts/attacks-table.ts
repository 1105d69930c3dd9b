import { type Node, Visitor } from 'oxc-parser'

import type { Source } from './source.ts'

/** One of the attacks that the system is expected to hold against. */
export interface Attack {
  readonly number: number
  readonly name: string
  /** What of it has no test, since the code that it is aimed at is not there yet. */
  readonly lacks?: string
}

/** A test that shows an attack, by the number in its title. */
export interface AttackTest {
  readonly number: number
  readonly title: string
  readonly path: string
}

const names: readonly string[] = [
  'recorded DOM with script, `javascript:`, base, meta refresh: nothing runs, no request',
  'srcdoc, object, CSS beacons in replay: none',
  'a direct POST with a script node: refused',
  'attribute mXSS, xlink, foreignObject',
  'stored XSS in titles, task names, CSV cells',
  'gzip, zstd, brotli bombs, nested encodings: 413, bounded memory',
  'image bombs, SVG',
  'zip slip and links on import',
  '`__proto__`',
  'depth 100k, 10 MB key, NaN, lone surrogates, duplicate keys: 400 in bounded time',
  'ReDoS strings for each pattern',
  "an operator's `(a+)+$`",
  'SSRF through webhook, issuer, model URL: private addresses, rebinding, redirects',
  "tenant A's id in every place of tenant B",
  'IDOR, same timing',
  'mass assignment',
  'SQL through sort and filter',
  'JWT alg none, confusion, wrong audience, kid path',
  'replayed or foreign proof of possession',
  'an enrolment token used twice, late, by another',
  'OIDC mix-up, missing state, PKCE downgrade',
  'fixation, CSRF on consent and erase, null origin, clickjacking the consent card',
  "a page's script forges a consent click: no effect",
  'the page reads extension data: nothing',
  'password type toggled, cloned, moved to a div',
  'secret typed, deleted, pasted in parts',
  'IME, autofill, editors, canvas documents',
  'unicode evasion',
  'text split over nodes and batches',
  'secrets in URL, title, file name, label, stack trace, error report',
  'layout moving between geometry and pixels',
  'image metadata and residue',
  'offline device, withdrawal elsewhere, clock set back, late upload: refused and purged',
  'withdraw or erase during upload, build, export: nothing after it survives',
  'a backup restored from before an erasure',
  "the erased person's canary in index, cache, log, dead letters, dataset",
  'split view, rollback, forked checkpoint: detected',
  'forged or expired receipt, other purpose or modality: 403, nothing kept',
  'a weaker redaction version pushed: refused, visible',
  'database without keys, keys without database',
  'ciphertexts swapped, nonce reuse, truncation',
  'differencing, averaging, collusion',
  'pseudonyms linked across datasets',
  'recorded text as instructions to an agent or model: data only',
  'lockfile tampering, install scripts',
  'log injection, secrets in logs',
  '10,000 devices, slow clients, one-byte chunks',
]

/** By number: what is not there to be attacked yet, or does not hold yet. A number without a test has to be here. */
const lacking: Readonly<Record<number, string>> = {
  5: 'nothing writes CSV',
  8: 'nothing reads a zip: imports are lines of JSON, gzipped or not',
  12: "nothing takes an operator's expression: what an operator writes is a path with stars, which is no expression",
  13: 'no model is fetched from an address',
  25: 'what a secret field held is known again in its own document and frames, not in the page that comes next; a picture hides it elsewhere only once redaction has masked it in a text',
  29: 'not held: the first part of what is typed into several fields, where it left before the rest was there (what was sent can’t be taken back; the rest does not leave); parts that stand in one place one after the other, typed or shown, each in a batch of its own (of two numbers that follow each other one in ten passes a card’s check digit, and they are most often two numbers). Ingest judges each text by itself and joins neither rows nor batches: that is done on the device, in `capture`, which `data` may not import',
  42: 'nothing gives out an aggregate over people (`overt patterns` and the console are not built), so there is nothing to difference, average or collude over',
}

/** The 47 attacks of the design's trust page. */
export const attacks: readonly Attack[] = names.map((name, at) => {
  const lacks = lacking[at + 1]
  return { number: at + 1, name, ...(lacks === undefined ? {} : { lacks }) }
})

const numbered = /\battacks? (\d+(?:(?:, | and )\d+)*)/

/** Every test, and every group of tests, whose title says which attack it shows. */
export function attackTests(sources: readonly Source[]): readonly AttackTest[] {
  return sources.filter(({ path }) => /\.test\.tsx?$/.test(path)).flatMap(testsIn)
}

function testsIn(source: Source): readonly AttackTest[] {
  const found: AttackTest[] = []
  new Visitor({
    CallExpression: ({ callee, arguments: [first] }) => {
      const title = first === undefined || !isTest(callee) ? '' : textOf(first)
      const [, list = ''] = numbered.exec(title) ?? []
      for (const [number] of list.matchAll(/\d+/g)) found.push({ number: Number(number), title, path: source.path })
    },
  }).visit(source.program)
  return found
}

/** `test(`, `describe(`, and either with what vitest puts behind it: `test.each(rows)(`. */
function isTest(callee: Node): boolean {
  if (callee.type === 'Identifier') return callee.name === 'test' || callee.name === 'describe'
  if (callee.type === 'CallExpression') return isTest(callee.callee)
  if (callee.type === 'TaggedTemplateExpression') return isTest(callee.tag)
  return (
    callee.type === 'MemberExpression' && callee.property.type === 'Identifier' && callee.property.name === 'each' && isTest(callee.object)
  )
}

function textOf(node: Node): string {
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : ''
  return node.type === 'TemplateLiteral' ? node.quasis.map(({ value }) => value.cooked ?? '').join('…') : ''
}

/** Numbers that have neither a test nor a reason why there is none, and tests of a number that does not exist. */
export function unshown(all: readonly Attack[], tests: readonly AttackTest[]): readonly number[] {
  const shown = new Set(tests.map(({ number }) => number))
  const known = new Set(all.map(({ number }) => number))
  const bare = all.filter(({ number, lacks }) => !shown.has(number) && lacks === undefined)
  return [...bare.map(({ number }) => number), ...[...shown].filter((number) => !known.has(number))]
}

/** The attacks as Markdown, each with its tests. */
export function attacksPage(all: readonly Attack[], tests: readonly AttackTest[]): string {
  const of = (wanted: number): readonly AttackTest[] => tests.filter(({ number }) => number === wanted)
  const shown = all.filter(({ number }) => of(number).length > 0)
  const whole = shown.filter(({ lacks }) => lacks === undefined)
  return [
    '# The 47 attacks',
    '',
    `${whole.length} of ${all.length} are shown by tests whole, ${shown.length - whole.length} in part; without anything to be aimed at yet: ${all.length - shown.length}. Written by \`npm run attacks\` from the titles of the tests ("attack 26: ..."), which \`npm run check\` and \`./overt test\` run. A number that has neither a test nor a line in the last column is red.`,
    '',
    '| # | attack | tests | not there, or not held yet |',
    '|---|---|---|---|',
    ...all.map(({ number, name, lacks = '' }) => `| ${number} | ${name} | ${of(number).length} | ${lacks} |`),
    '',
    ...shown.flatMap(({ number, name }) => [`## ${number} ${name}`, '', ...of(number).map(listed), '']),
  ].join('\n')
}

function listed({ title, path }: AttackTest): string {
  return `- ${title.replaceAll('|', '\\|')} ([${path.split('/').at(-1)}](../${path}))`
}
