export { manifestFacts } from './govern/manifest-facts.ts'
export { takeoutOf, type TakeoutFile } from './takeout.ts'
