import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'

import { build } from 'esbuild'

import type { Recorder } from './recorders.ts'

/** What a site loads for a recorder. */
export interface BundleBytes {
  readonly name: string
  readonly gzipBytes: number
  readonly brotliBytes: number
}

/** The root of the house. */
export const root: string = fileURLToPath(new URL('../..', import.meta.url))

/** The module that is served for a recorder; `names` keeps the names of functions, for a profile that is to be read. */
export async function bundleOf(recorder: Recorder, options: { readonly names?: boolean } = {}): Promise<string> {
  if (recorder.source === '') return 'globalThis.benchRecorder = { start() {} }'
  const { outputFiles } = await build({
    stdin: { contents: recorder.source, resolveDir: root, loader: 'js' },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    minify: options.names !== true,
    legalComments: 'none',
    external: ['/recorder/*'],
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'error',
  })
  return outputFiles[0]?.text ?? ''
}

/** Our SDK with the names of its functions; as it is shipped, it is read from `dist/`. */
export async function namedSdk(entry: 'sdk.ts' | 'redact.ts'): Promise<string> {
  const entryPoints = [join(root, 'packages/capture/src', entry)]
  const shape = { bundle: true, write: false, format: 'esm', platform: 'browser', target: 'es2022', charset: 'utf8' } as const
  // As it is shipped: the page's redactor is the small one.
  const { outputFiles } = await build({ ...shape, entryPoints, conditions: ['overt-small', 'module'] })
  return outputFiles[0]?.text ?? ''
}

/** Bytes of a recorder's files, compressed as a server would. */
export function bytesOf(recorder: Recorder, bundle: string): BundleBytes {
  const texts = recorder.files?.map((path) => readFileSync(join(root, path))) ?? [Buffer.from(bundle)]
  const sum = (compress: (bytes: Buffer) => Buffer): number => texts.reduce((bytes, text) => bytes + compress(text).length, 0)
  return {
    name: recorder.name,
    gzipBytes: sum((bytes) => gzipSync(bytes, { level: 9 })),
    brotliBytes: sum((bytes) => brotliCompressSync(bytes)),
  }
}
