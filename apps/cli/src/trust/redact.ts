import { redactText } from '@overt/privacy'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

import { CliError, exitCode } from '../terminal/failure.ts'
import type { Terminal } from '../terminal/terminal.ts'

interface Line {
  readonly id: string | number
  readonly text: string
  readonly field?: string
}

/** By hand: loading the schemas' validator takes longer than most inputs of this filter. */
function isLine(value: unknown): value is Line {
  if (typeof value !== 'object' || value === null) return false
  const { id, text, field } = value as Record<string, unknown> // as: each is looked at
  return ['string', 'number'].includes(typeof id) && typeof text === 'string' && ['string', 'undefined'].includes(typeof field)
}

/** `overt redact`: JSON lines in, JSON lines out, one for one and in order. */
export async function run({ signal }: Terminal): Promise<void> {
  let number = 0
  for await (const text of createInterface({ input: process.stdin, crlfDelay: Infinity, signal })) {
    signal.throwIfAborted()
    number += 1
    if (text.trim() === '') continue
    const taken = process.stdout.write(`${JSON.stringify(redactLine(text, number))}\n`)
    if (!taken) await once(process.stdout, 'drain', { signal })
  }
  signal.throwIfAborted()
}

function redactLine(line: string, number: number): object {
  const parsed = parseLine(line, number)
  if (!isLine(parsed))
    throw new CliError(
      'OVT-1711',
      exitCode.failed,
      `Line ${number} is not {"id","text","field"?}: id is a string or a number, the others are strings.`,
      'Correct the line; those before it were answered.',
    )
  const { id, text, field } = parsed
  const redacted = redactText(text, field === undefined ? {} : { field })
  return { id, text: redacted.text, spans: redacted.spans }
}

function parseLine(line: string, number: number): unknown {
  try {
    return JSON.parse(line)
  } catch (error) {
    throw new CliError(
      'OVT-1711',
      exitCode.failed,
      `Line ${number} is not JSON.`,
      'Correct the line; those before it were answered.',
      error,
    )
  }
}
