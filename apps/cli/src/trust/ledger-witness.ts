import { parseVerifierKey, printVerifierKey, witnessCheckpoint, type VerifierKey, type WitnessMemory } from '@overt/privacy/ledger'
import { rename, writeFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'

import { textFlag, type Flags } from '../command.ts'
import { CliError, exitCode } from '../terminal/failure.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { lengthMs } from '../terminal/value.ts'
import { openLogSource, type LogSource } from './log-source.ts'
import { isWitness, openWitness, type WitnessState } from './witness-state.ts'

/** `overt ledger witness`: signs a log's newest checkpoint, where it is the continuation of the last that was signed; ends with 1 and says why where it is not. */
export async function run(terminal: Terminal, [place = '']: readonly string[], flags: Flags): Promise<void> {
  const read = await openLogSource(place)
  const every = textFlag(flags, 'every')
  const waitMs = every === undefined ? null : lengthMs(every)
  const given = await givenKey(textFlag(flags, 'logKey'))
  const dir = textFlag(flags, 'state') ?? './.overt-witness'
  // Before a folder is made: a command that lacks the key leaves nothing behind.
  if (given === undefined && !isWitness(dir)) throw unknownLog(place)
  const witness = await openWitness(dir, textFlag(flags, 'name') ?? 'witness.overt/local')
  try {
    const log = await logKey(read, witness, given)
    for (let first = true; first || !terminal.signal.aborted; first = false) {
      // A folder is read as it is at each look.
      const looked = await look(first ? read : await openLogSource(place), witness, log)
      await tell(terminal, looked, { place, witness, out: textFlag(flags, 'out'), goOn: waitMs !== null })
      if (!looked.ok && looked.reason !== 'unreachable') return
      if (waitMs === null) return
      await sleep(waitMs, undefined, { signal: terminal.signal })
    }
  } finally {
    witness.close()
  }
}

type Looked =
  | Awaited<ReturnType<typeof witnessCheckpoint>>
  | { readonly ok: false; readonly reason: 'unreachable' | 'overtaken'; readonly problem: string }

async function givenKey(text: string | undefined): Promise<VerifierKey | undefined> {
  const key = text === undefined ? undefined : await parseVerifierKey(text)
  if (text === undefined || key !== undefined) return key
  throw new CliError(
    'OVT-1757',
    exitCode.usage,
    '--log-key is not the key of a log.',
    'It looks like overt/abc+0123abcd+AV...: `overt ledger show --json` prints it as `log`.',
  )
}

function unknownLog(name: string): CliError {
  return new CliError(
    'OVT-1750',
    exitCode.usage,
    `The log ${name} was never witnessed here.`,
    'Give its public key with --log-key, from elsewhere than the log itself.',
  )
}

/** What is kept of the log: its key is given once, from elsewhere than the log. */
async function logKey(read: LogSource, witness: WitnessState, key: VerifierKey | undefined): Promise<WitnessMemory> {
  const name = key?.name ?? (await nameIn(read))
  const known = witness.known(name)
  if (known === null && key === undefined) throw unknownLog(name)
  if (known !== null && key !== undefined && known.log.publicKey !== key.publicKey)
    throw new CliError(
      'OVT-1733',
      exitCode.failed,
      `The log ${name} was witnessed under another key.`,
      'A log keeps its key: ask its operator, and tell its people.',
    )
  return known ?? { log: key ?? { name, publicKey: '' }, last: null }
}

async function nameIn(read: LogSource): Promise<string> {
  const note = await read('checkpoint')
  return note === null ? '' : (new TextDecoder().decode(note).split('\n')[0] ?? '')
}

async function look(read: LogSource, witness: WitnessState, first: WitnessMemory): Promise<Looked> {
  const memory = witness.known(first.log.name) ?? first
  const note = await read('checkpoint')
  if (note === null) return { ok: false, reason: 'unreachable', problem: 'no checkpoint is shown' }
  const readTile = async (path: string): Promise<Uint8Array> => {
    const bytes = await read(path)
    if (bytes === null) throw new TypeError(`nothing answers at ${path}`)
    return bytes
  }
  const shown = { note: new TextDecoder().decode(note), readTile, nowEpochMs: Date.now() }
  const witnessed = await witnessCheckpoint(memory, shown, witness)
  // Kept before it is given out.
  if (witnessed.ok && !witness.keep(witnessed.memory))
    return { ok: false, reason: 'overtaken', problem: 'another process of this witness has signed another checkpoint meanwhile' }
  return witnessed
}

async function tell(
  terminal: Terminal,
  looked: Looked,
  {
    place,
    witness,
    out,
    goOn,
  }: { readonly place: string; readonly witness: WitnessState; readonly out: string | undefined; readonly goOn: boolean },
): Promise<void> {
  const own = await printVerifierKey({ name: witness.name, publicKey: witness.keyPair.publicKey }, 'cosignature')
  if (looked.ok) {
    if (out !== undefined) await writeWhole(out, looked.note)
    const { size, root } = looked.memory.last ?? { size: 0, root: '' }
    return terminal.result({ ok: true, size, root, note: looked.note, witness: own, reason: null, problem: null }, [looked.note.trimEnd()])
  }
  const { reason, problem } = looked
  if (reason === 'unreachable' && goOn) return terminal.say(`${new Date().toISOString()}  ${place}: ${problem}; looking again.`)
  process.exitCode = reason === 'unreachable' ? exitCode.unreachable : exitCode.failed
  terminal.result({ ok: false, size: null, root: null, note: null, witness: own, reason, problem }, [
    `Not signed: ${problem} (${reason === 'unreachable' ? 'OVT-1734' : 'OVT-1735'}).`,
  ])
}

async function writeWhole(path: string, text: string): Promise<void> {
  await writeFile(`${path}.new`, text)
  await rename(`${path}.new`, path)
}
