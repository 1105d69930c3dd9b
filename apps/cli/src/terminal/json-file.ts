import { parser } from '@overt/schema'
import type { Static, TSchema } from 'typebox'

import { CliError, exitCode } from './failure.ts'
import { readTextFile } from './text-file.ts'

/** What a file may be given for, and how one that does not fit is mended. */
const kinds = {
  manifest: { a: 'a manifest', remedy: 'Make one with `overt manifest sample --origin URL`, or correct that place.' },
  receipt: { a: 'a receipt', remedy: 'Make one with `overt receipt grant --json`: a receipt is signed, and can’t be corrected.' },
  council: {
    a: 'a council’s key',
    remedy:
      'Have the council run `overt manifest keys --council-key FILE` in a folder of its own, and give what `overt manifest keys --json` prints there.',
  },
  access: { a: 'an access file', remedy: 'Correct that place; docs/spec/access.md says what stands in one.' },
} as const

/** Reads a JSON file of a known schema; says which place of it does not fit. */
export async function readJsonFile<S extends TSchema>(path: string, schema: S, kind: keyof typeof kinds): Promise<Static<S>> {
  const value = parseJson(await readTextFile(path), path)
  const parsed = parser(schema)(value)
  if (parsed.ok) return parsed.value
  const { a, remedy } = kinds[kind]
  throw new CliError('OVT-1706', exitCode.failed, `${path} is not ${a}: ${misfitOf(value, parsed)}.`, remedy)
}

/** Which place of a value that the person gave does not fit, what is expected there and, where that is short, what is. */
export function misfitOf(value: unknown, { at, reason }: { readonly at: string; readonly reason: string }): string {
  const keys = at
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
  const there = keys.reduce<unknown>((part, key) => (part instanceof Object ? Reflect.get(part, key) : undefined), value)
  return there === undefined || there instanceof Object ? reason : `${reason}, and is ${JSON.stringify(there).slice(0, 80)}`
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
