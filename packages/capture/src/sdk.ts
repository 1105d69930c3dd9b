export { decide, type Decision, type Permit } from '@overt/privacy'
export { CaptureError } from './error.ts'
export type { Noted, Recording, RecordingState, RecordOptions, Sent, TabFact, Takeover, TaskEnd, TaskStart } from './options.ts'
export { record } from './record-lean.ts'
