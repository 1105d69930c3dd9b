import { findBeside } from './address-beside.ts'
import { findChains } from './address-chain.ts'
import { findFarAddresses } from './address-far.ts'
import { findSmallAddresses } from './address-small.ts'
import { findAnswers } from './answer.ts'
import { findFarBirths } from './birth-far.ts'
import { findBirthForms } from './birth-forms.ts'
import { findBirthRows } from './birth-row.ts'
import { findCardCodes } from './card-code.ts'
import { findConfided } from './confided.ts'
import { findCountryForms } from './country-forms.ts'
import { findBracketed } from './bracketed.ts'
import { bitsOf, type Look } from '../look.ts'
import { findInserts } from './insert.ts'
import { findLikelySecrets } from './likely-secret.ts'
import { findFarNumbers } from './named-far.ts'
import { findBehind } from './named-behind.ts'
import { findNationalForms } from './national-forms.ts'
import { findNumberForms } from './number-forms.ts'
import { findExtensions } from './phone-extension.ts'
import { findWholeMobiles } from './phone-whole.ts'
import { findPhrases } from './phrase.ts'
import { findPlates } from './plate-forms.ts'
import { findReread } from './reread.ts'
import { findSettings } from './settings.ts'
import { findTownCells } from './town-cells.ts'
import { findUrlKeys } from './url-keys.ts'
import { findVehicles } from './vehicle.ts'
import type { Detector } from '../span.ts'
import { findAbroad } from './places.ts'

export { keptIn } from './kept.ts'

const birth = bitsOf('birth', 'unpartedBirth')
const personal = bitsOf('personal')
const labelled = bitsOf('strong', 'code')
const confidedBy = bitsOf('strong', 'code', 'weak', 'codeWord', 'unpartedCode', 'put', 'opening', 'access', 'digit')

/** Detectors that a page's redactor has no room for. */
export const moreDetectors: readonly (readonly [needed: (look: Look) => boolean, readonly Detector[]])[] = [
  [
    ({ numbers }) => numbers.length > 0,
    [
      findAbroad,
      findChains,
      findFarAddresses,
      findSmallAddresses,
      findBirthRows,
      findFarNumbers,
      findVehicles,
      findPlates,
      findNumberForms,
      findNationalForms,
      findExtensions,
      findWholeMobiles,
      findTownCells,
    ],
  ],
  [({ numbers, mayHave }) => numbers.length > 0 && mayHave(personal), [findBehind]],
  [({ longNumbers }) => longNumbers.some(({ count }) => count >= 13), [findCardCodes]],
  [({ numbers, mayHave }) => numbers.length > 0 || mayHave(birth), [findFarBirths]],
  [({ numbers, mayHave, hasAny }) => mayHave(birth) || (numbers.length > 0 && hasAny('signs')), [findBirthForms]],
  [({ mayHave }) => mayHave(labelled), [findBracketed]],
  [({ foreign }) => foreign, [findBeside]],
  [({ hasAny }) => hasAny('colon'), [findAnswers, findUrlKeys]],
  [({ longest }) => longest >= 3, [findPhrases]],
  [({ mayHave, hasAny }) => mayHave(confidedBy) || hasAny('signs'), [findConfided]],
  [({ longNumbers }) => longNumbers.length > 0, [findCountryForms]],
  [({ numbers, mayHave }) => numbers.length > 0 || mayHave(confidedBy), [findLikelySecrets]],
  [() => true, [findSettings]],
  [({ numbers, hasAny }) => numbers.length > 0 || hasAny('marks'), [findReread]],
  [({ hasAny }) => hasAny('mail'), [findInserts]],
]
