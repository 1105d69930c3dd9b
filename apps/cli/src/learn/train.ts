import { resolve } from 'node:path'

import type { Flags } from '../command.ts'
import { inFolder } from '../folder/folder.ts'
import { counted } from '../terminal/counted.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { pathFlag, requireFlag, wholeFlag } from '../terminal/value.ts'
import { bar } from './bar.ts'
import { keepModel } from './keep-model.ts'
import { trainApart } from './train-apart.ts'
import { usableRelease } from './usable-release.ts'

/** `overt train`: refuses a release that is damaged, that was built elsewhere, or that an erasure or a withdrawal has reached, then trains, and keeps the model where none has meanwhile, registered so that a later one reaches it. */
export async function run(terminal: Terminal, _args: readonly string[], flags: Flags): Promise<void> {
  const dir = resolve(requireFlag(flags, 'dataset', 'the folder of the release'))
  const out = pathFlag(flags, 'out', 'the model file to write')
  const release = await usableRelease(terminal, dir)
  if (!release.ok) throw release.error
  const { hash, name, purpose } = release.value
  const trained = await trainApart(
    { datasetDir: dir, seed: wholeFlag(flags, 'seed', 0), purposes: [purpose], data: { hash, name } },
    ({ epoch, epochs, loss }) => {
      terminal.progress(bar(epoch / epochs, `epoch ${epoch} of ${epochs}, loss ${loss.toFixed(4)}`))
      if (!process.stderr.isTTY) terminal.say(`epoch ${epoch} of ${epochs}: loss ${loss.toFixed(4)}`)
    },
    terminal.signal,
  )
  await keepModel(
    trained,
    { hash: trained.head.hash, path: out, dataset: hash },
    { trained: (model) => inFolder(terminal, 'trained', model), revoked: (model) => inFolder(terminal, 'revoked', model) },
  )
  const { report, head } = trained
  terminal.result({ ...report, model: head.hash, bytes: trained.bytes.length, data: hash, seed: head.seed }, [
    `${counted(report.decisions, 'decision')} of ${counted(report.demonstrations, 'demonstration')} in ${(report.ms / 1000).toFixed(1)} s, ${counted(report.epochs, 'epoch')}.`,
    report.validationDecisions === 0
      ? 'No validation split: nothing is known of how it does on work it has not seen.'
      : `On ${counted(report.validationDecisions, 'decision')} that it has not seen: first choice right ${report.validation.top1.toFixed(3)}, among three ${report.validation.top3.toFixed(3)}, calibration error ${report.validation.ece.toFixed(3)}.`,
    `Model ${head.hash} (${(trained.bytes.length / 1e6).toFixed(1)} MB): ${out}`,
  ])
}
