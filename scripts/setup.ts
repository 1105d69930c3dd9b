import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Why the set-up stopped, as every error of a command is told, and the exit code of interfaces.md. */
export interface Stop {
  readonly exitCode: number
  readonly code: string
  readonly what: string
  readonly todo: string
  /** The last lines of the program that failed. */
  readonly output?: readonly string[]
}

interface Locked {
  readonly version?: string
  readonly integrity?: string
  readonly optional?: boolean
  readonly devOptional?: boolean
  readonly link?: boolean
}

function packagesOf(file: string): Readonly<Record<string, Locked>> {
  const parsed: { packages?: Record<string, Locked> } = JSON.parse(readFileSync(file, 'utf8'))
  return parsed.packages ?? {}
}

/** The packages that the lockfile asks for and `node_modules` lacks, by npm's own record of what it installed; optional ones may be of another platform. */
export function missingPackages(root: string): readonly string[] {
  const record = join(root, 'node_modules/.package-lock.json')
  if (!existsSync(record)) return ['everything']
  const installed = packagesOf(record)
  return Object.entries(packagesOf(join(root, 'package-lock.json')))
    .filter(([path, wanted]) => {
      const found = installed[path]
      if (!path.includes('node_modules/')) return false
      if (found === undefined) return wanted.optional !== true && wanted.devOptional !== true
      return found.version !== wanted.version || found.integrity !== wanted.integrity || !existsSync(join(root, path))
    })
    .map(([path]) => path)
}

/** npm's own script beside this machine's Node or on the PATH, to be run under Node 24; a version manager's shim is not one. */
export function npmScript(path: string): string | undefined {
  const folders = path.split(delimiter).filter((folder) => folder !== '')
  const candidates = folders.flatMap((folder) => [
    join(folder, 'npm'),
    join(folder, '../lib/node_modules/npm/bin/npm-cli.js'),
    join(folder, '../share/nodejs/npm/bin/npm-cli.js'),
  ])
  return candidates
    .filter((file) => existsSync(file))
    .map((file) => realpathSync(file))
    .find((file) => file.endsWith('.js'))
}

const unreachable = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ENOTCACHED|ERR_SOCKET_TIMEOUT|network/

/** Installs what the lockfile names, unless it is there already. */
export function bringDependencies(root: string): Stop | undefined {
  const stamp = join(root, 'node_modules/.overt-lockfile')
  const lockfile = join(root, 'package-lock.json')
  const missing = missingPackages(root)
  if (missing.length > 0) {
    const script = npmScript(process.env['PATH'] ?? '')
    if (script === undefined)
      return {
        exitCode: 3,
        code: 'OVT-1010',
        what: 'npm is not on the PATH',
        todo: 'Install npm (it comes with Node.js) and run the same command again.',
      }
    const count = Object.keys(packagesOf(lockfile)).length
    say(`installing the dependencies: ${count} packages of the lockfile (about 300 MB from the npm registry, into node_modules/)`)
    rmSync(stamp, { force: true })
    const args = [script, 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error']
    const run = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' })
    if (run.status !== 0) return installFailed(`${run.stdout}${run.stderr}`)
  }
  copyFileSync(lockfile, stamp)
  return undefined
}

function installFailed(output: string): Stop {
  const lines = output.trim().split('\n')
  const tail = lines.length > 20 ? [...lines.slice(0, 12), '...', ...lines.slice(-2)] : lines
  if (unreachable.test(output))
    return {
      exitCode: 6,
      code: 'OVT-1011',
      what: "can't reach the npm registry for the dependencies",
      todo: 'Check the network, the proxy and the registry (npm ping), then run the same command again.',
      output: tail,
    }
  return {
    exitCode: 1,
    code: 'OVT-1012',
    what: 'npm could not install the dependencies; nothing is marked as installed',
    todo: 'Mend what npm says, then run the same command again.',
    output: tail,
  }
}

/** Installs Chromium with the system's package manager where that is allowed, else says which command does. */
export function bringBrowser(isRoot: boolean, hasApt: boolean): Stop | undefined {
  if (!isRoot || !hasApt) {
    const command = process.platform === 'darwin' ? 'brew install --cask chromium' : `${isRoot ? '' : 'sudo '}apt-get install chromium`
    return {
      exitCode: 3,
      code: 'OVT-1009',
      what: 'no Chromium was found, and this command drives one',
      todo: `Install it: ${command}, or without root rights: npx playwright-core install chromium. Or name yours: OVERT_CHROMIUM=/path/to/chrome`,
    }
  }
  say('no Chromium was found: installing the packages chromium and fonts-liberation with apt-get (about 100 MB), since this is root')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  for (const args of [
    ['update', '-qq'],
    ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-liberation'],
  ]) {
    const run = spawnSync('apt-get', args, { encoding: 'utf8', env })
    if (run.status !== 0)
      return {
        exitCode: /Could not resolve|Failed to fetch|Unable to connect|Temporary failure/.test(`${run.stdout}${run.stderr}`) ? 6 : 3,
        code: 'OVT-1013',
        what: `apt-get ${args.join(' ')} failed`,
        todo: 'Install a Chromium yourself and name it: OVERT_CHROMIUM=/path/to/chrome',
        output: `${run.stdout}${run.stderr}`.trim().split('\n').slice(-8),
      }
  }
  return undefined
}

function say(line: string): void {
  process.stderr.write(`overt: ${line}\n`)
}

function tell({ code, what, todo, output = [] }: Stop, json: boolean): void {
  for (const line of [...output, `${what} (${code})`, todo]) say(line)
  if (json) process.stdout.write(`${JSON.stringify({ v: 1, error: { code, what, todo } })}\n`)
}

function main([what, ...flags]: readonly string[]): void {
  const hasApt = (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, 'apt-get')))
  const stop = what === 'browser' ? bringBrowser(process.getuid?.() === 0, hasApt) : bringDependencies(join(import.meta.dirname, '..'))
  if (stop !== undefined) tell(stop, flags.includes('--json'))
  process.exitCode = stop?.exitCode ?? 0
}

if (import.meta.main) main(process.argv.slice(2))
