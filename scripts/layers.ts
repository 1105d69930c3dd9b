/** How far one package may use another: `types` leaves nothing at run time. */
export type Use = 'value' | 'types'

/** A row of the layer table in ARCHITECTURE.md. To change one, write an ADR. */
export interface Layer {
  /** Workspace folder. */
  readonly folder: string
  /** Door and sub-doors that others may import, as `exports` in package.json lists them. */
  readonly doors: readonly string[]
  /** Import specifiers of this project that its shipped code may use. */
  readonly may: Readonly<Record<string, Use>>
  /** `page`: no `node:` anywhere in it. Of a Node package, `pageDoors` are those whose whole reach must be page-safe. */
  readonly runsIn: 'page' | 'node'
  readonly pageDoors?: readonly string[]
  /** Folders of the house, not packages, that its relative imports may reach. */
  readonly beyond?: readonly string[]
  /** Folders under `src/` and those beside them that they may import; a folder that is not named may import none. `index.ts` and files at the top may import all. */
  readonly inside?: Readonly<Record<string, readonly string[]>>
}

/** Schema in a page: types, and the words that need no validator. */
const words = { '@overt/schema': 'types', '@overt/schema/words': 'value' } as const
const schema = { '@overt/schema': 'value', '@overt/schema/words': 'value' } as const
const told = { '@overt/schema/told': 'value' } as const
const privacy = { '@overt/privacy': 'value', '@overt/privacy/ledger': 'value', '@overt/privacy/tell': 'value' } as const
const capture = { '@overt/capture': 'value', '@overt/capture/sense': 'value', '@overt/capture/show': 'value' } as const
const learn = { '@overt/learn': 'value', '@overt/learn/model': 'value' } as const
const data = { '@overt/data': 'value', '@overt/data/govern': 'value', '@overt/data/ledger': 'value' } as const

/** The layer table. */
export const layers: readonly Layer[] = [
  { folder: 'packages/schema', doors: ['.', './told', './words'], may: {}, runsIn: 'page' },
  { folder: 'packages/privacy', doors: ['.', './ledger', './tell'], may: words, runsIn: 'page' },
  { folder: 'packages/capture', doors: ['.', './sense', './show'], may: { ...words, '@overt/privacy': 'value' }, runsIn: 'page' },
  {
    folder: 'packages/data',
    doors: ['.', './govern', './ledger'],
    may: { ...schema, ...told, ...privacy },
    runsIn: 'node',
    inside: {
      store: [],
      ner: ['store'],
      ingest: ['ner', 'store'],
      trajectories: ['store'],
      datasets: ['trajectories', 'store'],
      govern: ['store'],
      quarantine: ['store'],
    },
  },
  {
    folder: 'packages/learn',
    doors: ['.', './model'],
    may: { ...schema, '@overt/privacy': 'types' },
    runsIn: 'node',
    pageDoors: ['src/model/index.ts'],
  },
  { folder: 'packages/agent', doors: ['.'], may: { ...schema, ...privacy, ...capture, ...learn }, runsIn: 'node' },
  { folder: 'packages/viewer', doors: ['.'], may: words, runsIn: 'page' },
  { folder: 'apps/extension', doors: [], may: { ...words, ...privacy, ...capture }, runsIn: 'page' },
  { folder: 'apps/desktop', doors: [], may: { ...schema, ...privacy, ...capture }, runsIn: 'node' },
  { folder: 'apps/server', doors: ['.'], may: { ...schema, ...told, ...privacy, ...data }, runsIn: 'node' },
  {
    folder: 'apps/web',
    doors: [],
    may: { ...words, ...privacy, '@overt/viewer': 'value', '@overt/capture/show': 'value' },
    runsIn: 'page',
    inside: { ui: [], mine: ['ui'], console: ['ui'], trust: ['ui'] },
  },
  { folder: 'apps/demo', doors: [], may: { ...words, ...privacy, ...capture }, runsIn: 'page' },
  {
    folder: 'apps/cli',
    doors: [],
    may: {
      ...schema,
      ...privacy,
      ...capture,
      ...data,
      ...learn,
      '@overt/agent': 'value',
      '@overt/server': 'value',
      '@overt/viewer': 'value',
    },
    runsIn: 'node',
    beyond: ['bench'],
  },
]

/** The browser driver: only where a browser is driven. */
export const driver = { packages: ['playwright-core', 'playwright'], folders: ['packages/agent', 'apps/cli'] } as const
