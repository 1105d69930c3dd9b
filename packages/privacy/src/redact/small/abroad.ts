/** A page's redactor has no room for them. */
export const moreWords = {
  streets: '',
  ends: '',
  addressLabels: [],
  flats: '',
  vehicles: '',
  plates: '',
  personal: '',
  births: '',
  unpartedBirths: '',
  extensions: '',
  phones: '',
  unparted: '',
} as const
