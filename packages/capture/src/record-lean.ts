import type { Permit } from '@overt/privacy'

import type { Recording, RecordOptions } from './options.ts'
import type { Redactor } from './pack/redactor.ts'
import { startTimer } from './natives.ts'
import { startRecording } from './record.ts'

/** Records the document it is called in. The redactor is a file of its own, fetched when the page is idle; batches wait for it. */
export function record(permit: Permit, options: RecordOptions): Recording {
  return startRecording(
    permit,
    options,
    options.redactor ?? loadRedactor(options.redactorUrl ?? new URL('overt-redact.js', import.meta.url).href),
  )
}

async function loadRedactor(url: string): Promise<Redactor> {
  await new Promise<void>((idle) => {
    if ('requestIdleCallback' in globalThis) requestIdleCallback(() => idle(), { timeout: 1_000 })
    else startTimer(idle, 200)
  })
  const module: Redactor = await import(/* @vite-ignore */ url) // the redactor is a file of its own, and the page may keep it elsewhere
  return module
}
