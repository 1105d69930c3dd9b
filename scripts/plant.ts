import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** Text of files by path. */
export type Tree = Readonly<Record<string, string>>

/** A small house that every check finds in order. */
export const soundHouse: Tree = {
  'package.json': '{"type":"module","workspaces":["packages/*"],"devDependencies":{"vitest":"1"}}',
  'package-lock.json': '{"packages":{}}',
  'CONTEXT.md':
    '| word | means | not |\n|---|---|---|\n| person | the one recorded | user, employee |\n| step | one | |\n| action | what was done | step |\n',
  'packages/schema/package.json':
    '{"name":"@overt/schema","exports":{".":"./src/index.ts","./words":"./src/words.ts"},"dependencies":{"typebox":"1"}}',
  'packages/schema/src/index.ts': "export { Event } from './event.ts'\n",
  'packages/schema/src/event.ts':
    "import Type from 'typebox'\n\n/** Sound. */\nexport const Event = Type.Object({ kind: Type.Literal('click'), person: Type.String() })\n",
  'packages/schema/src/words.ts': '/** Sound. */\nexport const words = 1\n',
  'packages/privacy/package.json': '{"name":"@overt/privacy","exports":{".":"./src/index.ts"},"dependencies":{"@overt/schema":"*"}}',
  'packages/privacy/src/index.ts': "export { decide, type Permit } from './decide.ts'\n",
  'packages/privacy/src/decide.ts':
    "import type { Event } from '@overt/schema'\n\n/** Sound. */\nexport interface Permit { readonly person: string }\n/** Sound. */\nexport function decide(event: Event): Permit {\n  return { person: event.person } as Permit // the one maker\n}\n",
  'packages/data/package.json':
    '{"name":"@overt/data","exports":{".":"./src/index.ts"},"dependencies":{"@overt/schema":"*","@overt/privacy":"*"}}',
  'packages/data/src/index.ts': "export { read } from './store/read.ts'\nexport { ingest } from './ingest/ingest.ts'\n",
  'packages/data/src/store/read.ts':
    "import { readFileSync } from 'node:fs'\nimport type { Permit } from '@overt/privacy'\n\n/** Sound. */\nexport function read(permit: Permit, path: string): string {\n  return `${permit.person}${readFileSync(path)}`\n}\n",
  'packages/data/src/ingest/ingest.ts':
    "import { Event } from '@overt/schema'\nimport { read } from '../store/read.ts'\n\n/** Sound. */\nexport const ingest = { read, Event }\n",
  'packages/data/src/store/read.test.ts': "import { expect } from 'vitest'\n\nexpect(1 as unknown).toBe(1)\n",
  'packages/learn/package.json':
    '{"name":"@overt/learn","exports":{".":"./src/index.ts","./model":"./src/model/index.ts"},"dependencies":{"@overt/schema":"*","@overt/privacy":"*"}}',
  'packages/learn/src/index.ts': "export { rank } from './model/rank.ts'\n",
  'packages/learn/src/model/index.ts': "export { rank } from './rank.ts'\n",
  'packages/learn/src/model/rank.ts': "import { words } from '@overt/schema/words'\n\n/** Sound. */\nexport const rank = words\n",
  'apps/web/package.json': '{"name":"@overt/web","dependencies":{"@overt/schema":"*"}}',
  'apps/web/src/mine/page.ts': "import { look } from '../ui/look.ts'\n\n/** Sound. */\nexport const page = look\n",
  'apps/web/src/ui/look.ts': '/** Sound. */\nexport const look = 1\n',
  'apps/web/src/console/page.ts': "/** Sound. */\nexport const page = 'console'\n",
}

/** Writes a tree into a folder of its own, with the faults laid over it, and returns the folder. */
export function plant(faults: Tree = {}, base: Tree = soundHouse): string {
  const root = mkdtempSync(join(tmpdir(), 'overt-house-'))
  for (const [path, text] of Object.entries({ ...base, ...faults })) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return root
}
