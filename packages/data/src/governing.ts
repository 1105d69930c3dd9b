export { manifestFacts } from './govern/manifest-facts.ts'
export { checkPictures, type PictureCheck } from './quarantine/check.ts'
export { isTooShort } from './quarantine/alike.ts'
export { takeoutOf, type TakeoutFile } from './takeout.ts'
