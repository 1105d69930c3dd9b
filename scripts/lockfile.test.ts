import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')

interface Locked {
  readonly version?: string
  readonly resolved?: string
  readonly integrity?: string
  readonly link?: boolean
  readonly inBundle?: boolean
  readonly dev?: boolean
  readonly optional?: boolean
  readonly hasInstallScript?: boolean
}

interface Lockfile {
  readonly lockfileVersion: number
  readonly packages: Readonly<Record<string, Locked>>
}

/** What of a lockfile lets in something else than was looked at: no hash, a weak one, an address, or a script at installing in what ships. */
function lockFaults({ lockfileVersion, packages }: Lockfile): readonly string[] {
  const faults = lockfileVersion === 3 ? [] : [`version ${lockfileVersion}`]
  for (const [path, one] of Object.entries(packages)) {
    if (!path.includes('node_modules/')) continue
    // A package of ours is a link into this very folder.
    if (one.link === true) {
      if (!/^(packages|apps)\/\w+$/.test(one.resolved ?? '')) faults.push(`${path} links to ${one.resolved}`)
      continue
    }
    if (one.resolved !== undefined) faults.push(`${path} comes from ${one.resolved}`)
    // One that lies inside another package is covered by the hash of that.
    if (one.inBundle !== true && !/^sha512-[A-Za-z0-9+/]{86}==$/.test(one.integrity ?? '')) faults.push(`${path} has no SHA-512`)
    if (one.hasInstallScript === true && one.dev !== true) faults.push(`${path} runs a script when it is installed`)
  }
  return faults
}

const lockfile: Lockfile = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))

test('attack 45: every package that the lockfile names has its SHA-512, comes from no address, and nothing that ships runs a script when it is installed', () => {
  expect(Object.keys(lockfile.packages).length).toBeGreaterThan(500)
  expect(lockFaults(lockfile)).toEqual([])
})

test('attack 45: npm runs no script of any package, and the set-up installs from the lockfile alone', () => {
  expect(readFileSync(join(root, '.npmrc'), 'utf8').split('\n')).toContain('ignore-scripts=true')
  const setup = readFileSync(join(root, 'scripts/setup.ts'), 'utf8')
  expect(setup).toMatch(/\[script, 'ci', '--ignore-scripts',/)
})

const [name = '', whole = {}] = Object.entries(lockfile.packages).find(([, { integrity }]) => integrity !== undefined) ?? []
const { integrity: _, ...bare } = whole

test.each<[string, Locked]>([
  ['has lost its hash', bare],
  ['has a hash that can be forged', { ...whole, integrity: 'sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=' }],
  ['comes from elsewhere', { ...whole, resolved: 'https://evil.example/x.tgz' }],
  ['comes from a repository', { ...whole, resolved: 'git+ssh://git@evil.example/x.git#main' }],
  ['is a link out of the project', { resolved: '../elsewhere', link: true }],
  ['runs a script', { ...whole, dev: false, hasInstallScript: true }],
])('attack 45: a lockfile with a package that %s is told', (_title, tampered) => {
  expect(lockFaults({ ...lockfile, packages: { ...lockfile.packages, [name]: tampered } })).toHaveLength(1)
})
