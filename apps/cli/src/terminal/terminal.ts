/** What every command is given: where to write, and the flags that all of them share. */
export interface Terminal {
  readonly json: boolean
  readonly quiet: boolean
  readonly input: boolean
  readonly colour: boolean
  readonly dataDir: string
  /** Aborted by the first Ctrl-C. */
  readonly signal: AbortSignal
  /** The command's result on stdout: one JSON object with `--json`, else the lines. */
  readonly result: (document: object, lines: readonly string[]) => void
  /** The document alone on stdout, for commands whose output is a file. */
  readonly document: (document: object) => void
  /** A sentence on stderr; silent with `--quiet`. */
  readonly say: (line: string) => void
  /** How far the work is, on stderr: a line that the next one replaces; where stderr is no terminal, one line in ten seconds. Silent with `--quiet`. */
  readonly progress: (line: string) => void
}

/** So that the log of a long command shows that it goes on, and stays short. */
const logEveryMs = 10_000

/** The flags that every command shares, as they were given. */
export interface TerminalFlags {
  readonly json?: boolean
  readonly quiet?: boolean
  readonly input?: boolean
  readonly data?: string
}

/** Opens the terminal for a command. */
export function openTerminal(flags: TerminalFlags, signal: AbortSignal): Terminal {
  const out = process.stdout
  const live = process.stderr.isTTY
  const quiet = flags.quiet === true
  const colour = live && process.env['NO_COLOR'] === undefined
  let pending = false
  let logged = performance.now()
  const say = (line: string): void => {
    if (quiet) return
    process.stderr.write(`${pending ? '\r\u001b[K' : ''}${line}\n`)
    pending = false
  }
  return {
    json: flags.json === true,
    quiet,
    input: flags.input !== false && process.stdin.isTTY,
    colour,
    dataDir: flags.data ?? './.overt',
    signal,
    result: (document, lines) =>
      out.write(flags.json === true ? `${JSON.stringify({ v: 1, ...document })}\n` : lines.map((line) => `${line}\n`).join('')),
    document: (document) => out.write(`${JSON.stringify(document, null, 2)}\n`),
    say,
    progress: (line) => {
      if (quiet) return
      if (live) {
        process.stderr.write(`\r\u001b[K${line}`)
        pending = true
      } else if (performance.now() - logged > logEveryMs) {
        process.stderr.write(`${line}\n`)
        logged = performance.now()
      }
    },
  }
}
