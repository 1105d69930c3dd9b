import { createPlaceholderMap, type Permit, redactionVersion, redactText, redactUrl } from '@overt/privacy'

import type { Recording, RecordOptions } from './options.ts'
import { startRecording } from './record.ts'

/** Records the document it is called in, with the redactor on board. Recording never prevents, delays or changes an event of the page. */
export function record(permit: Permit, options: RecordOptions): Recording {
  return startRecording(permit, options, options.redactor ?? { redactionVersion, createPlaceholderMap, redactText, redactUrl })
}
