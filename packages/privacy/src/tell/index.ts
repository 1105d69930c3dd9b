export { isNeverRecorded } from '../consent/never.ts'
export { mayAsk } from './ask.ts'
export { diffManifests } from './diff.ts'
export { explainRefusal } from './explain.ts'
