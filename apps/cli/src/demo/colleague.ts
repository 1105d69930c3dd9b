import { recordSuite } from '@overt/agent'

import { openDevice, type LocalDevice } from '../folder/device.ts'
import { trustedKeys } from '../folder/operator.ts'
import { signedSample } from '../folder/sample.ts'
import type { Manifest } from '@overt/schema'
import { people, type Walk } from './walk.ts'

/** The scripted colleague: a device of its own under a consent of its own, recorded by the same recorder as anyone. */
export interface Colleague {
  /** Records so many more demonstrations of each family; resolves to all recorded so far. */
  demonstrate(each: number, onDone: (done: number, of: number) => void): Promise<number>
}

/** Enrols the colleague. */
export async function openColleague(walk: Walk): Promise<Colleague> {
  const { folder, suite } = walk
  const manifest = await signedSample(folder.operator, { origins: [suite.origin], nowEpochMs: folder.store.nowEpochMs() })
  const device = await openDevice(folder, { person: people.colleague, manifest, purpose: 'ground', ingest: walk.server.ingest })
  let rounds = 0
  let recorded = 0
  return {
    async demonstrate(each, onDone) {
      rounds += 1
      const before = recorded
      await recordSuite(device.permit, {
        ...recordOptions(walk, device, manifest),
        episodes: each,
        seed: rounds,
        onEpisode: () => onDone((recorded += 1) - before, each * suite.tasks.length),
      })
      return recorded
    },
  }
}

function recordOptions(walk: Walk, device: LocalDevice, manifest: Manifest) {
  const { hidden, suite, folder } = walk
  return { browser: hidden, suite, receipt: device.receipt, manifest, keys: trustedKeys(folder.operator), to: { send: device.send } }
}
