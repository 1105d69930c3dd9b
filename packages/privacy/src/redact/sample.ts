import { more } from '#wide/more'

import { codeAt } from './character.ts'

/** What is written in manuals where a secret of one's own belongs: `xxxxxxxx`, `EXAMPLE`, `YOUR_TOKEN`, `your key`, `PUT_IT_HERE`. */
const stand =
  /^.{0,8}(.)\1{19,}$|[xX]{8}|[#*]{4}|0{12}|1{12}|EXAMPLE(?:$|EXAMPLE)|YOUR[_-]|\b[Yy]our[ _-][A-Za-z _-]*$|HERE(?![a-z])|(?<=[a-z])Here$|PLACEHOLDER|[Rr]edacted|REDACTED|CHANGE_?ME/
/** The name of a constant: words in capitals, one of which says what it holds. */
const constant = /^(?=.*(?:TOKEN|KEY|SECRET|PASS|PASSWORD)(?:_|$))[A-Z]+(?:_[A-Z]+)+$/
/** The name of a file that a machine numbered. */
const file = /\.(?:png|jpe?g|gif|svg|webp|ico|m?js|css|map|woff2?|html?|xml|image|t?gz|zip|jar|whl|iso)$/i
/** Of such that every visitor is sent, or with the digest of what is in it. */
const asset = /\.(?:m?js|css|map|woff2?)$|[0-9a-f]{20}/i

/** What compilers make of a name. */
const mangled = /(?:_[0-9a-f]{4}){3}_/

/** Where anyone may look: what stands next in an address numbers a thing. */
export const publicService =
  /\b(?:figma|youtube|vimeo|spotify|github|gitlab|npmjs|wikipedia|stackoverflow)\.\w{2,4}\/(?:[\w-]{1,24}\/){0,2}$/i

/** Whether a secret's place is taken by what nobody would use as one. */
export function isSample(found: string): boolean {
  return stand.test(found) || constant.test(found)
}

/** Whether a name is a file's, and holds no long number of a machine's. */
export function isFile(found: string): boolean {
  return file.test(found) && (asset.test(found) || !/[A-Za-z0-9]{20}/.test(found))
}

/** Whether what looks like a token is a sample, a file's name, letters and digits in their order, or the name of a function that a machine numbered. */
export function isNoToken(found: string): boolean {
  return isSample(found) || file.test(found) || isInOrder(found) || mangled.test(found) || more.mangled.test(found)
}

function isInOrder(found: string): boolean {
  let next = 0
  for (let at = 1; at < found.length; at += 1) next += Number(codeAt(found, at) - codeAt(found, at - 1) === 1)
  return next > found.length * 0.5
}

/** Name and password of a manual, or where a program puts them. */
const openPair = /^["']?[^\s:]*:["']?(?:pass(?:w(?:or)?d)?|pw|secret|token|test|[[{$<].*)["']?$/i

/** Whether a name and a password are those of a manual, or stand where a program puts its own. */
export function isOpenPair(found: string): boolean {
  return openPair.test(found)
}
