export { areaOf, boxOf, outermost, placeIn, pointIn, type Place } from './geometry.ts'
export { givenName, lastName } from './name.ts'
export { roleOf } from './role.ts'
export { createSenser, type Senser, type SenserOptions } from './senser.ts'
