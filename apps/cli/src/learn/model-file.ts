import { loadModel, verifyModel, type Model } from '@overt/learn'
import { access, readFile } from 'node:fs/promises'

import { CliError, exitCode } from '../terminal/failure.ts'

/** Reads a model file: whole, and not revoked by an erasure unless the person at the terminal is told so. */
export async function openModel(path: string): Promise<Model> {
  const bytes = await readFile(path)
  const model = loadModel(bytes)
  if (!(await verifyModel(bytes)))
    throw new CliError(
      'OVT-1724',
      exitCode.failed,
      `${path} is damaged: its weights are not those that its first line names.`,
      'Train it again, or fetch it again.',
    )
  const revoked = await access(`${path}.revoked.json`).then(
    () => true,
    () => false, // absent: nothing of its data was erased
  )
  if (revoked)
    throw new CliError(
      'OVT-1725',
      exitCode.refused,
      `${path} was trained on data that its person has erased (${path}.revoked.json).`,
      'Train it again on the next version of its release.',
    )
  return model
}
