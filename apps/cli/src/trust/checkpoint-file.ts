import { readTextFile } from '../terminal/text-file.ts'

/** Reads a kept checkpoint: the note as it lies in the ledger's folder, or the JSON of `ledger show` or `erase`, which hold one. Whatever else the file holds is given back as it is: it proves nothing. */
export async function readCheckpointFile(path: string): Promise<string> {
  const text = await readTextFile(path)
  return noteIn(parsed(text)) ?? text
}

function noteIn(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  if (typeof value !== 'object' || value === null) return undefined
  if ('checkpoint' in value) return noteIn(value.checkpoint)
  return 'receipt' in value ? noteIn(value.receipt) : undefined
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // A note is no JSON.
    return undefined
  }
}
