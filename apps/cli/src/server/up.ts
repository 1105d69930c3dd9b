import { reemitFor } from '@overt/data'
import { openNer } from '@overt/data/govern'
import { startServer } from '@overt/server'
import { once } from 'node:events'

import { textFlag, type Flags } from '../command.ts'
import { plantCanary } from '../folder/canary.ts'
import { clearLeft, serveFolder, takeFolder } from '../folder/folder.ts'
import { trustedKeys } from '../folder/operator.ts'
import { signedSample } from '../folder/sample.ts'
import { readUsableManifest } from '../folder/usable-manifest.ts'
import { CliError, exitCode } from '../terminal/failure.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { requireFlag, wholeFlag } from '../terminal/value.ts'
import { readAccess } from './access-file.ts'
import { bundleRoots } from './roots.ts'

const largestPort = 65_535

/** `overt up`: serves until it is told to stop, or until the disk fails. */
export async function run(terminal: Terminal, _args: readonly string[], flags: Flags): Promise<void> {
  const port = wholeFlag(flags, 'port', 0, largestPort)
  const host = requireFlag(flags, 'host', 'the address to listen on, such as 127.0.0.1')
  const access = await readAccess(textFlag(flags, 'access'))
  const nerDir = textFlag(flags, 'ner')
  const ner = nerDir === undefined ? undefined : await openNer(nerDir)
  await clearLeft(terminal)
  const folder = await takeFolder(terminal)
  const { store, operator } = folder
  const file = textFlag(flags, 'manifest')
  try {
    const keys = [...trustedKeys(operator), ...store.killSwitch.councilKeys()]
    const given = file === undefined ? null : await readUsableManifest(file, () => keys, store.nowEpochMs())
    if (access.provider !== undefined) await plantCanary(folder)
    const server = await startServer({
      store,
      person: 'me',
      webRoot: bundleRoots.web,
      port,
      host,
      reemit: reemitFor(store),
      ner,
      ...access,
      tool: {
        root: bundleRoots.tool,
        keys,
        manifest: async (origin) =>
          given ?? signedSample(operator, { origins: [origin], name: 'the sample back office', nowEpochMs: store.nowEpochMs() }),
      },
    })
    const stopServing = await serveFolder({ ...folder, endpoint: server.url })
    const signIn = access.provider === undefined ? server.signInLink() : `${server.url}/sign-in/start`
    terminal.result({ url: server.url, toolUrl: server.toolUrl, signIn }, [
      `Overt is at ${server.url}`,
      `Sign in${access.provider === undefined ? ' (once, within ten minutes)' : ''}: ${signIn}`,
      `The sample back office: ${server.toolUrl ?? '-'}`,
    ])
    if (server.onNetwork)
      terminal.say(
        'Other machines reach this server. It takes no recording that rests on a receipt of `overt receipt grant` or `device enrol`: those are good on loopback alone.',
      )
    terminal.say('Ctrl-C stops it.')
    await ended(terminal.signal, store.failed)
    await stopServing()
    await server.close()
  } finally {
    await ner?.close()
    await store.close()
  }
  if (store.failed.aborted)
    throw new CliError(
      'OVT-1727',
      exitCode.failed,
      `The disk under ${store.dir} failed: ${String(store.failed.reason)}`,
      'What was acknowledged is on disk. Mend the disk, then start again.',
    )
}

async function ended(interrupt: AbortSignal, failed: AbortSignal): Promise<void> {
  const terminate = new AbortController()
  process.once('SIGTERM', () => terminate.abort())
  const signal = AbortSignal.any([interrupt, failed, terminate.signal])
  if (!signal.aborted) await once(signal, 'abort')
}
