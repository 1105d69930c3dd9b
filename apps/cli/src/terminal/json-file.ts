import { parser } from '@overt/schema'
import { readFile } from 'node:fs/promises'
import type { Static, TSchema } from 'typebox'

import { CliError, exitCode } from './failure.ts'

/** Reads a JSON file of a known schema; says which place of it does not fit. */
export async function readJsonFile<S extends TSchema>(path: string, schema: S, name: string): Promise<Static<S>> {
  const value = parseJson(await readFile(path, 'utf8'), path)
  const parsed = parser(schema)(value)
  if (parsed.ok) return parsed.value
  throw new CliError(
    'OVT-1706',
    exitCode.failed,
    `${path} is not a ${name}: ${parsed.reason}.`,
    `Make one with the command that prints a ${name}, or correct that place.`,
  )
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new CliError(
      'OVT-1706',
      exitCode.failed,
      `${path} is not JSON: ${String(error instanceof Error ? error.message : error)}.`,
      'Check that the file is whole.',
      error,
    )
  }
}
