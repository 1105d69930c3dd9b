#!/usr/bin/env node
import { Command, CommanderError, Option } from 'commander'

import { commands, groups } from './commands.ts'
import type { CommandSpec, Flags } from './command.ts'
import { CliError, exitCode, failureOf } from './terminal/failure.ts'
import { openTerminal, type TerminalFlags } from './terminal/terminal.ts'

const interrupt = new AbortController()

function shared(command: Command): Command {
  return command
    .addOption(new Option('--json', 'one JSON object on stdout'))
    .addOption(new Option('--data <dir>', 'data folder').default('./.overt'))
    .addOption(new Option('--quiet', 'no words on stderr'))
    .addOption(new Option('--no-input', 'never ask'))
}

function add(program: Command, spec: CommandSpec): void {
  const words = spec.usage.split(' ')
  const at = words.findIndex((word) => /^[<[]/.test(word))
  const names = at === -1 ? words : words.slice(0, at)
  const parent = names
    .slice(0, -1)
    .reduce(
      (above, name) => above.commands.find((known) => known.name() === name) ?? above.command(name).description(groups[name] ?? ''),
      program,
    )
  const command = shared(parent.command([names.at(-1), ...words.slice(names.length)].join(' ')).description(spec.summary))
  for (const [flags, summary, fallback] of spec.options ?? []) command.option(flags, summary, fallback)
  command.action(async () => {
    const flags: Flags = command.opts()
    const terminal = openTerminal(command.opts<TerminalFlags>(), interrupt.signal)
    const { run } = await spec.load()
    await run(terminal, command.processedArgs.flat().map(String), flags)
  })
}

async function main(): Promise<number> {
  const program = new Command('overt')
    .description("Record consenting people's work in the open; turn it into data, models and agents.")
    .version('0.1.0')
    .exitOverride()
  program.configureOutput({ outputError: () => {} }) // told by `usage` below
  for (const spec of commands) add(program, spec)
  try {
    requireWorkingFolder()
    await program.parseAsync()
    return Number(process.exitCode ?? exitCode.done)
  } catch (error) {
    if (interrupt.signal.aborted) return exitCode.interrupted
    if (error instanceof CommanderError && (error.exitCode === 0 || error.code === 'commander.help')) return exitCode.done
    return report(error instanceof CommanderError ? usage(error) : error)
  }
}

/** Paths are read from it, and so is where the data folder lies. */
function requireWorkingFolder(): void {
  try {
    process.cwd()
  } catch (error) {
    const what = 'The folder that this command was started in is not there any more.'
    throw new CliError('OVT-1749', exitCode.configuration, what, 'Change into one that is there, and run it again.', error)
  }
}

/** What the parser of the command line has against it. */
function usage(error: CommanderError): CliError {
  const what = error.message.replace(/^error: (.)/, (_, first: string) => first.toUpperCase())
  return new CliError('OVT-1704', exitCode.usage, `${what}.`, 'Run `overt --help` or `overt COMMAND --help`.', error)
}

function report(error: unknown): number {
  const failure = failureOf(error)
  if (process.argv.includes('--json'))
    process.stdout.write(`${JSON.stringify({ v: 1, error: { code: failure.code, what: failure.message, todo: failure.remedy } })}\n`)
  process.stderr.write(`${failure.message}\n${failure.remedy === '' ? '' : `${failure.remedy}\n`}(${failure.code})\n`)
  return failure.exitCode
}

process.once('SIGINT', () => {
  interrupt.abort()
  process.once('SIGINT', () => process.exit(exitCode.interrupted))
})
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(exitCode.done)
})
/** Resolves when all that was written has been taken: a pipe takes it only as fast as its reader reads. */
function drained(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => stream.write('', () => resolve()))
}

const code = await main()
await Promise.all([drained(process.stdout), drained(process.stderr)])
// Browsers and sockets that a cancelled command left behind must not keep the shell waiting.
process.exit(code)
