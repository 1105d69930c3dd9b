import { bare } from './bare.ts'
import { startFromScript } from './script-tag.ts'

export { CaptureError, decide, record } from './index.ts'

/** The recording that the script tag itself asked for, or null where it asked for none. */
export const fromScript = startFromScript(typeof document === 'undefined' ? null : bare(document).currentScript)
