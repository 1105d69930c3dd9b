export { manifestFacts } from './manifest-facts.ts'
