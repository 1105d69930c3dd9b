import { createInterface } from 'node:readline/promises'
import type { Readable, Writable } from 'node:stream'

/** Tells what a person took back, and asks whether they agree to be recorded. All but a plain yes is a no, and so is no answer. Throws where they interrupt it. */
export async function agreesAnew(
  told: string,
  { input, output, signal }: { readonly input: Readable; readonly output: Writable; readonly signal: AbortSignal },
): Promise<boolean> {
  // Else a Ctrl-C would be a key of the line's, and would end that alone.
  const line = createInterface({ input, output, terminal: false })
  // Who closes the terminal has not answered.
  const closed = new Promise<string>((resolve) => line.once('close', () => resolve('')))
  try {
    const said = await Promise.race([
      line.question(`${told} Do they agree to this recording, for the purpose ground? [y]es, [N]o: `, { signal }),
      closed,
    ])
    return ['y', 'yes'].includes(said.trim().toLowerCase())
  } finally {
    line.close()
  }
}
