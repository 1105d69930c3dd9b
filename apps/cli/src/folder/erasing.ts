import { upkeep, reemitFor } from '@overt/data'

import { CliError, exitCode } from '../terminal/failure.ts'
import type { Folder } from './folder.ts'

/** What is to be erased: a person, one session, or the last milliseconds (of one person, or of the folder's only one). */
export interface EraseRequest {
  readonly person: string | null
  readonly session: string | null
  readonly lastMs: number | null
}

/** Erases, and makes the next version of every release that it reached. */
export async function erase({ store }: Folder, request: EraseRequest): ReturnType<typeof upkeep.eraseData> {
  const { session, lastMs } = request
  const person = request.person ?? (lastMs === null ? null : onlyPerson(store.eachRow().map((row) => row.person)))
  const subject =
    person === null
      ? { session: session ?? '' }
      : { person, ...(session === null ? {} : { session }), ...(lastMs === null ? {} : { lastMs }) }
  const report = await upkeep.eraseData(store, subject, { reemit: reemitFor(store) })
  if (report.receipt.entries.length > 0) return report
  throw nothingOf(person === null ? `session ${session ?? ''}` : `${person}${session === null ? '' : ` in session ${session}`}`)
}

function nothingOf(whom: string): CliError {
  return new CliError(
    'OVT-1716',
    exitCode.notFound,
    `There is nothing of ${whom} here.`,
    'List what there is with `overt sessions list --purpose P`.',
  )
}

function onlyPerson(persons: Iterable<string>): string {
  const [person, ...others] = new Set(persons)
  if (person === undefined) throw nothingOf('anybody')
  if (others.length === 0) return person
  throw new CliError(
    'OVT-1705',
    exitCode.usage,
    `This folder holds the work of ${others.length + 1} people, so --last needs to know whose.`,
    'Add --person P.',
  )
}
