import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium, type Browser } from 'playwright-core'

import { AgentError } from '../error.ts'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'msedge']
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
]

/** The path of a Chromium on this machine: `OVERT_CHROMIUM` first, then the search path, then the usual places; undefined where there is none. */
export function findChromium(environment: Readonly<Record<string, string | undefined>> = process.env): string | undefined {
  const asked = environment['OVERT_CHROMIUM']
  if (asked !== undefined && asked !== '') return runs(asked) ? asked : undefined
  const folders = (environment['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  return [...names.flatMap((name) => folders.map((folder) => join(folder, name))), ...places, playwrights()].find(runs)
}

function playwrights(): string {
  return chromium.executablePath()
}

function runs(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false // not there, or not ours to run: the next place is asked
  }
}

/** Starts a Chromium that sends nothing home. Throws `AgentError` where none is found or it does not start. */
export async function launchBrowser(options: { readonly headless?: boolean; readonly executablePath?: string } = {}): Promise<Browser> {
  const executablePath = options.executablePath ?? findChromium()
  if (executablePath === undefined || !runs(executablePath)) {
    const where = options.executablePath ?? process.env['OVERT_CHROMIUM']
    const what = where === undefined ? 'No Chromium was found' : `${where} cannot be run`
    throw new AgentError(
      'OVT-1501',
      `${what}. Install one ("apt-get install chromium", "brew install chromium") or name one in OVERT_CHROMIUM.`,
    )
  }
  const start = (flags: readonly string[]): Promise<Browser> =>
    chromium.launch({ executablePath, headless: options.headless ?? true, args: [...quiet, ...flags] })
  // Root, and users of many containers, cannot have Chromium's sandbox.
  const open = process.getuid?.() === 0 ? start(['--no-sandbox']) : start([]).catch(() => start(['--no-sandbox']))
  return open.catch((cause: unknown) => {
    throw new AgentError('OVT-1502', `Chromium at ${executablePath} did not start.`, { cause })
  })
}

const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run']
