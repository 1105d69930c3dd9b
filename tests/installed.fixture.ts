import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Where Chromium on Linux reads what an organisation says. */
export const policies = '/etc/chromium/policies/managed'
const built = join(import.meta.dirname, '../apps/extension/dist/chrome-mv3')
/** Playwright's own defaults switch extensions off. */
const without = ['--disable-extensions', '--disable-component-extensions-with-background-pages']
const quiet = '--disable-background-networking'

/** How a browser that is about to start gets the extension. */
export interface Installed {
  readonly id: string
  readonly args: readonly string[]
  readonly ignoreDefaultArgs: readonly string[]
  undo(): void
}

/** From a folder. A place of its own gives it an id of its own: a policy of one test reaches no other. `everywhere`: as after the browser's own question about all sites was answered with yes, which no test can press. */
export function unpacked(folder: string, everywhere = false): Installed {
  const copy = join(folder, 'extension')
  cpSync(built, copy, { recursive: true })
  if (everywhere) {
    const file = join(copy, 'manifest.json')
    const manifest: { host_permissions: string[] } = JSON.parse(readFileSync(file, 'utf8'))
    writeFileSync(file, JSON.stringify({ ...manifest, host_permissions: [...manifest.host_permissions, '<all_urls>'] }))
  }
  const args = [
    `--load-extension=${copy}`,
    `--disable-extensions-except=${copy}`,
    '--disable-features=DisableLoadExtensionCommandLineSwitch',
  ]
  return { id: idOf(realpathSync(copy)), args: [...args, quiet], ignoreDefaultArgs: without, undo: () => {} }
}

/** As an organisation does it: `overt deploy extension` packs and signs it and writes the policy, and the browser fetches the package by itself. `packages`: where the folder of that name is served. */
export async function deployed(
  folder: string,
  given: { readonly packages: string; readonly endpoint: string; readonly run: (...args: readonly string[]) => Promise<string> },
): Promise<Installed> {
  const out = join(folder, 'policy')
  const addresses = ['--package', `${given.packages}/updates.xml`, '--endpoint', given.endpoint]
  const places = ['--pack', join(folder, 'package'), '--out', out]
  const said = await given.run('deploy', 'extension', '--target', 'linux-json', ...addresses, ...places)
  const { extensionId }: { readonly extensionId: string } = JSON.parse(said)
  const policy: object = JSON.parse(readFileSync(join(out, 'overt.json'), 'utf8'))
  const file = join(policies, `overt-${extensionId}.json`)
  mkdirSync(policies, { recursive: true })
  // Without it nobody may look into an extension that a policy has put there, and a test looks.
  writeFileSync(file, JSON.stringify({ ...policy, DeveloperToolsAvailability: 1 }))
  return { id: extensionId, args: [], ignoreDefaultArgs: [...without, quiet], undo: () => rmSync(file, { force: true }) }
}

/** What Chromium calls the unpacked extension of a folder. */
function idOf(path: string): string {
  const digits = createHash('sha256').update(path).digest('hex').slice(0, 32)
  return digits.replaceAll(/./g, (digit) => String.fromCharCode(97 + Number.parseInt(digit, 16)))
}
