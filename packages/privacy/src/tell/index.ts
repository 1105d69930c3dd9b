export { diffManifests } from './diff.ts'
export { explainRefusal } from './explain.ts'
