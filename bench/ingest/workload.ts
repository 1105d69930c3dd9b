import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

import { redactionVersion } from '@overt/privacy'
import { Batch } from '@overt/schema'

import { root } from '../capture/bundle.ts'
import { type Recorded, recordWorkloads } from './record.ts'

/** A generated file, never committed: what is measured is recorded on the machine that measures, in the format and by the redaction that its server asks for. */
const path = join(root, `.cache/bench-ingest/${Batch.properties.v.const.replace('/', '-')}-redacted-${redactionVersion}.json`)

/** What was recorded here before, or a recording made now (about two minutes, once). */
export async function openRecorded(progress: (line: string) => void): Promise<Recorded> {
  const known = await readKnown()
  if (known !== undefined) return known
  const fresh = await recordWorkloads(progress)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, JSON.stringify(fresh))
  return fresh
}

async function readKnown(): Promise<Recorded | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Recorded // as: written below by this very function
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
