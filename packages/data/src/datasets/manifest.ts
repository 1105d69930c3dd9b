import { readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { DatasetManifest, parser, type Parsed } from '@overt/schema'
import { canonicalJson } from '@overt/schema/words'

import { hashFile, sha256 } from './hash.ts'

const parse = parser(DatasetManifest)

/** Names in a release's folder. */
export const fileNames = {
  manifest: 'manifest.json',
  card: 'README.md',
  /** In a release that was reached by an erasure: it holds no rows any more. */
  revoked: 'REVOKED.json',
  /** In the next version: hashed ids of the episodes that were erased. */
  revocations: 'revoked.jsonl',
  /** In the next version: what a model trained on the one before has to forget. */
  forget: 'forget.jsonl',
} as const

/** The release's manifest, or why there is none to read. */
export async function readManifest(dir: string): Promise<Parsed<DatasetManifest>> {
  const text = await readFile(join(dir, fileNames.manifest), 'utf8').catch((cause: unknown) => String(cause))
  try {
    return parse(JSON.parse(text))
  } catch {
    return { ok: false, reason: `${fileNames.manifest} can't be read as JSON: ${text.slice(0, 120)}` }
  }
}

/** Hashes every file in the folder and writes its manifest. */
export async function writeManifest(dir: string, fields: Omit<DatasetManifest, 'hash' | 'files'>): Promise<DatasetManifest> {
  const files = await listFiles(dir)
  const manifest = { ...fields, hash: releaseHash(files), files }
  const parsed = parse(manifest)
  if (!parsed.ok) throw new TypeError(`the manifest of ${fields.name} does not fit its schema: ${parsed.reason}`)
  await writeFile(join(dir, fileNames.manifest), `${JSON.stringify(manifest, null, 2)}\n`)
  return parsed.value
}

/** SHA-256 over the sorted (path, sha256) pairs: the name of the content. */
export function releaseHash(files: DatasetManifest['files']): string {
  const pairs = files.map(({ path, sha256: digest }) => [path, digest] as const)
  return sha256(canonicalJson(pairs.toSorted(([left], [right]) => (left < right ? -1 : 1))))
}

async function listFiles(dir: string): Promise<DatasetManifest['files']> {
  const names = await filesUnder(dir)
  const files: DatasetManifest['files'] = []
  for (const path of names) {
    if (path === fileNames.manifest) continue
    const split = /^data\/(train|validation|test)-/u.exec(path)?.[1]
    const known = split === 'train' || split === 'validation' || split === 'test' ? split : null
    files.push({ path, ...(await hashFile(join(dir, path))), split: known })
  }
  return files
}

/** Paths of all files under a folder, with `/`, sorted. */
export async function filesUnder(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  const paths = files.map((entry) => join(entry.parentPath, entry.name).slice(dir.length + (dir.endsWith('/') ? 0 : 1)))
  return paths.map((path) => path.replaceAll('\\', '/')).toSorted()
}
