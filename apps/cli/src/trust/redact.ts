import { redactText } from '@overt/privacy'
import { createInterface } from 'node:readline'
import Type from 'typebox'
import { parser } from '@overt/schema'

import { CliError, exitCode } from '../terminal/failure.ts'
import type { Terminal } from '../terminal/terminal.ts'

const Line = parser(
  Type.Object({ id: Type.Union([Type.String(), Type.Number()]), text: Type.String(), field: Type.Optional(Type.String()) }),
)

/** `overt redact`: JSON lines in, JSON lines out, one for one and in order. */
export async function run(_terminal: Terminal): Promise<void> {
  let number = 0
  for await (const text of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    number += 1
    if (text.trim() !== '') process.stdout.write(`${JSON.stringify(redactLine(text, number))}\n`)
  }
}

function redactLine(line: string, number: number): object {
  const parsed = Line(parseLine(line, number))
  if (!parsed.ok)
    throw new CliError(
      'OVT-1711',
      exitCode.failed,
      `Line ${number} is not {"id","text","field"?}: ${parsed.reason}.`,
      'Correct the line; those before it were answered.',
    )
  const { id, text, field } = parsed.value
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
