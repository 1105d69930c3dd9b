import { createInterface } from 'node:readline/promises'
import type { Readable, Writable } from 'node:stream'

/** Tells what a person took back, and asks whether they agree to be recorded. All but a plain yes is a no, and so is no answer. */
export async function agreesAnew(told: string, input: Readable, output: Writable): Promise<boolean> {
  const line = createInterface({ input, output })
  // Who closes the terminal has not answered.
  const closed = new Promise<string>((resolve) => line.once('close', () => resolve('')))
  try {
    const said = await Promise.race([
      line.question(`${told} Do they agree to this recording, for the purpose ground? [y]es, [N]o: `),
      closed,
    ])
    return ['y', 'yes'].includes(said.trim().toLowerCase())
  } finally {
    line.close()
  }
}
