import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'

/** Modules that a program has read once it has loaded another one, beside Node's own. */
function modulesOf(path: string): readonly string[] {
  const source = `import { registerHooks } from 'node:module'
    const urls = []
    registerHooks({ load: (url, context, next) => (urls.push(url), next(url, context)) })
    await import(process.argv[1])
    console.log(JSON.stringify(urls))`
  const out = execFileSync(process.execPath, ['--input-type=module', '--eval', source, join(import.meta.dirname, path)])
  return JSON.parse(out.toString()) as readonly string[] // as: printed above
}

test('whoever opens a data folder loads no browser driver before somebody records', { timeout: 60_000 }, () => {
  const loaded = modulesOf('folder.ts')
  expect(loaded.some((url) => url.includes('/packages/data/'))).toBe(true)
  expect(loaded.filter((url) => /playwright|packages\/(?:agent|learn)\//.test(url))).toEqual([])
})
