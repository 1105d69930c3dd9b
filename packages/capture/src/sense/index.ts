export { createSenser, type Senser, type SenserOptions } from './senser.ts'
