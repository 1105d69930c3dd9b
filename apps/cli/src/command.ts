import type { Terminal } from './terminal/terminal.ts'

/** The flags of one command as commander parsed them: camel-case names. */
export type Flags = Readonly<Record<string, string | readonly string[] | boolean | undefined>>

/** What a command's file exports. */
export interface CommandModule {
  readonly run: (terminal: Terminal, args: readonly string[], flags: Flags) => Promise<void>
}

/** One line of the command table: everything `--help` needs, and where the work is. */
export interface CommandSpec {
  /** `dataset build`; the words up to the first `<` or `[` name the command. */
  readonly usage: string
  readonly summary: string
  readonly options?: readonly (readonly [flags: string, summary: string, fallback?: string])[]
  load(): Promise<CommandModule>
}

/** A flag's text, or undefined where it was not given. */
export function textFlag(flags: Flags, name: string): string | undefined {
  const value = flags[name]
  return typeof value === 'string' ? value : undefined
}
