import { wholeRelease } from '@overt/data'
import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'

import type { Flags } from '../command.ts'
import { inFolder } from '../folder/folder.ts'
import { CliError, exitCode } from '../terminal/failure.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { pathFlag, requireFlag, wholeFlag } from '../terminal/value.ts'
import { bar } from './bar.ts'
import { keepModel } from './keep-model.ts'
import { trainApart } from './train-apart.ts'

/** `overt train`: refuses a release that is damaged, that was built elsewhere, or that an erasure or a withdrawal has reached, then trains, and keeps the model where none has meanwhile, registered so that a later one reaches it. */
export async function run(terminal: Terminal, _args: readonly string[], flags: Flags): Promise<void> {
  const dir = resolve(requireFlag(flags, 'dataset', 'the folder of the release'))
  const out = pathFlag(flags, 'out', 'the model file to write')
  await stat(dir)
  const release = await wholeRelease(dir)
  if (!release.ok) throw unfit(dir, release)
  const { hash, name, purpose } = release.value
  const allowed = await inFolder(terminal, 'mayTrain', { hash })
  if (!allowed.ok) throw refused(dir, allowed)
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
    `${report.decisions} decisions of ${report.demonstrations} demonstrations in ${(report.ms / 1000).toFixed(1)} s, ${report.epochs} epochs.`,
    report.validationDecisions === 0
      ? 'No validation split: nothing is known of how it does on work it has not seen.'
      : `On ${report.validationDecisions} decisions that it has not seen: first choice right ${report.validation.top1.toFixed(3)}, among three ${report.validation.top3.toFixed(3)}, calibration error ${report.validation.ece.toFixed(3)}.`,
    `Model ${head.hash} (${(trained.bytes.length / 1e6).toFixed(1)} MB): ${out}`,
  ])
}

/** Before a row of it is read: there is no release, an erasure has emptied it, or a file is not what its hash says. */
function unfit(dir: string, { reason, problem }: Extract<Awaited<ReturnType<typeof wholeRelease>>, { ok: false }>): CliError {
  if (reason === 'manifest') return new CliError('OVT-1706', exitCode.failed, `${problem.what}.`, 'Build one with `overt dataset build`.')
  if (reason === 'revoked') return refused(dir, { kind: 'revoked', why: problem.what })
  return new CliError(
    problem.code,
    exitCode.failed,
    `${dir} is damaged: ${problem.what}.`,
    'Build it anew with `overt dataset build`; `overt dataset check` tells all that is wrong with it.',
  )
}

function refused(dir: string, { kind, why }: { readonly kind: string; readonly why: string }): CliError {
  const what = `${dir} may not be trained on: ${why}.`
  return kind === 'unknown'
    ? new CliError('OVT-1317', exitCode.refused, what, 'Name the data folder that it was built in with --data DIR.')
    : new CliError('OVT-1723', exitCode.refused, what, 'Build it anew with `overt dataset build`.')
}
