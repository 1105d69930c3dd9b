import { existsSync } from 'node:fs'
import { readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { DatasetManifest, parser, Revocation, type Row } from '@overt/schema'
import { canonicalJson } from '@overt/schema/words'

import { DataError } from '../store/error.ts'
import { hashFile, sha256 } from './hash.ts'
import { readRowFile } from './row-file.ts'

const parse = parser(DatasetManifest)
const parseRevocation = parser(Revocation)

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
export async function readManifest(dir: string): Promise<ReturnType<typeof parse>> {
  const text = await readFile(join(dir, fileNames.manifest), 'utf8').catch((cause: unknown) => String(cause))
  try {
    return parse(JSON.parse(text))
  } catch {
    if (!existsSync(join(dir, fileNames.manifest))) return { ok: false, at: '', reason: `there is no ${fileNames.manifest} in it` }
    return { ok: false, at: '', reason: `${fileNames.manifest} can't be read as JSON: ${text.slice(0, 120)}` }
  }
}

/** The manifest of a release that may be used. Throws where there is none or where it was revoked. */
export async function requireRelease(dir: string): Promise<DatasetManifest> {
  const read = await readManifest(dir)
  if (!read.ok) throw new DataError('invalid', `${dir} holds no release that can be read: ${read.reason}`)
  const revocation = await readRevocation(dir)
  if (revocation !== null) throw new DataError('permit', `${dir} was revoked by an erasure: use ${revocation.replacedBy.folder} beside it`)
  return read.value
}

/** What an erasure left in place of a release's rows; null where none reached it. */
export async function readRevocation(dir: string): Promise<Revocation | null> {
  const text = await readFile(join(dir, fileNames.revoked), 'utf8').catch(() => null)
  if (text === null) return null
  const parsed = parseRevocation(JSON.parse(text))
  if (!parsed.ok) throw new DataError('damaged', `${join(dir, fileNames.revoked)} ${parsed.reason}`)
  return parsed.value
}

/** Rows of a release, split by split, each parsed. Throws at the first that is none. */
export async function* readRelease(dir: string, manifest: DatasetManifest): AsyncGenerator<Row> {
  for (const { path, split } of manifest.files) {
    if (split === null) continue
    let line = 0
    for await (const row of readRowFile(join(dir, path))) {
      line += 1
      if (!row.ok) throw new DataError('damaged', `row ${line} of ${join(dir, path)} ${row.reason}`)
      yield row.value
    }
  }
}

/** Hashes every file in the folder and writes its manifest. */
export async function writeManifest(dir: string, fields: Omit<DatasetManifest, 'hash' | 'files'>): Promise<DatasetManifest> {
  const files = await listFiles(dir)
  const manifest = { ...fields, hash: releaseHash(files), files }
  const parsed = parse(manifest)
  if (!parsed.ok) throw new TypeError(`the manifest of ${fields.name} does not fit its schema: ${parsed.reason}`)
  await writeFile(join(dir, fileNames.manifest), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 })
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
