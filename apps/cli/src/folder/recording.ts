import type { RecordReport } from '@overt/agent'

import { CliError, exitCode } from '../terminal/failure.ts'
import { openDevice } from './device.ts'
import type { Folder } from './folder.ts'
import { trustedKeys } from './operator.ts'
import { signedSample } from './sample.ts'
import { assertNotTakenBack } from './taken-back.ts'

/** Demonstrations that are to be recorded. */
export interface RecordRequest {
  readonly suite: string
  /** All of the suite where empty. */
  readonly tasks: readonly string[]
  readonly episodes: number
  readonly seed: number
  readonly person: string
  /** They were told what they took back, and agree anew. */
  readonly agreesAnew: boolean
}

const purpose = 'ground' as const

/** Records `solve()` of a suite's pages by trusted input, through the real recorder and the real ingest. Throws `CliError` where the person has taken their consent back, or it ends meanwhile. */
export async function record(folder: Folder, request: RecordRequest): Promise<RecordReport & { readonly person: string }> {
  // A suite is served at an address of its own each time: what was said of the purpose elsewhere counts here.
  const wanted = { otherwise: 'nothing is recorded in their name', purposes: [purpose], origins: null }
  if (!request.agreesAnew) assertNotTakenBack(folder.store, request.person, wanted)
  // A browser's driver takes 90 MB: whoever holds a folder open holds it only once somebody records.
  const { launchBrowser, openSuite, recordSuite } = await import('@overt/agent')
  const suite = await openSuite(request.suite)
  const browser = await launchBrowser({ headless: true })
  try {
    const manifest = await signedSample(folder.operator, { origins: [suite.origin], nowEpochMs: folder.store.nowEpochMs() })
    const device = await openDevice(folder, { person: request.person, manifest, purpose })
    let done = 0
    const report = await recordSuite(device.permit, {
      browser,
      suite,
      tasks: request.tasks,
      episodes: request.episodes,
      seed: request.seed,
      receipt: device.receipt,
      manifest,
      keys: trustedKeys(folder.operator),
      to: { send: device.send },
      signal: folder.signal,
      onEpisode: ({ task, success }) => folder.progress(`${(done += 1)} demonstrations; ${task}: ${success ? 'done' : 'failed'}`),
    })
    if (device.permit.signal.aborted)
      throw new CliError(
        'OVT-1715',
        exitCode.refused,
        `The recording was ended after ${report.episodes} demonstrations: ${request.person} withdrew, changed what they agreed to, or had work erased meanwhile, or everything was stopped.`,
        'See what holds now with `overt receipt show --person P` and `overt kill --status`.',
      )
    return { ...report, person: request.person }
  } finally {
    await browser.close()
    await suite.close()
  }
}
