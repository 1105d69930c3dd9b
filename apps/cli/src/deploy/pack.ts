import { makeNamedFolder } from '@overt/data/govern'
import { generateKeyPair, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { link, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

import crx3 from 'crx3'

import { bundleRoots } from '../server/roots.ts'
import { CliError, exitCode } from '../terminal/failure.ts'

/** The signed package of one version, and what browsers read to find it. */
export interface Pack {
  /** 32 letters, made of the key that signed it. */
  readonly extensionId: string
  readonly paths: readonly string[]
}

/** A ZIP can say no earlier time: the same files make the same package, whenever it is made. */
const zipEpochMs = Date.UTC(1980, 0, 2)

/** Packs the built extension into `out`: `overt.crx`, signed by the folder's own key, and `updates.xml`, which will lie at `updateUrl` with the package beside it. */
export async function packExtension(dataDir: string, out: string, updateUrl: string): Promise<Pack> {
  const manifest = join(bundleRoots.extension, 'chrome-mv3/manifest.json')
  if (!existsSync(manifest))
    throw new CliError('OVT-1737', exitCode.notFound, `The extension is not built: ${manifest} is not there.`, 'Run: npm run build.')
  makeNamedFolder(out, 0o755)
  const [crxPath, xmlPath] = [join(out, 'overt.crx'), join(out, 'updates.xml')]
  const crxURL = new URL('overt.crx', updateUrl).href
  const { appId } = await crx3([manifest], { keyPath: await signingKey(dataDir), crxPath, xmlPath, crxURL, forceDateTime: zipEpochMs })
  return { extensionId: appId, paths: [crxPath, xmlPath] }
}

/** The key whose hash is the extension's id: made once (mode 0600); another one would be another extension, which no browser takes as an update. */
async function signingKey(dataDir: string): Promise<string> {
  const path = join(dataDir, 'extension-key.pem')
  if (existsSync(path)) return path
  const { privateKey } = await promisify(generateKeyPair)('rsa', {
    modulusLength: 2_048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  const draft = `${path}.${randomUUID()}`
  await writeFile(draft, privateKey, { mode: 0o600, flush: true })
  // Never over another one: two commands may pack at once.
  await link(draft, path).catch(() => null)
  await unlink(draft)
  return path
}
