import type { FindingKind } from '../ledger/finding.ts'

/** What a person's client found, as the person reads it: a code that stays the same, and plain words. */
export const findingWords: Readonly<Record<FindingKind, readonly [code: string, words: string]>> = {
  withheld: ['OVT-1811', 'The server does not show the whole log of what was done with your data.'],
  unsigned: ['OVT-1812', 'The log is signed by another key than the one that signed it before.'],
  'rolled-back': ['OVT-1813', 'The log is shorter than it was: entries that were seen here are gone.'],
  forked: ['OVT-1814', 'The log tells another history than the one that was seen here.'],
  'forged-entry': ['OVT-1815', 'An entry about you is not the one that was entered.'],
  'forged-receipt': ['OVT-1816', 'An agreement stands in your name that you did not give.'],
  'foreign-device': ['OVT-1817', 'A device stands in your name that is not yours.'],
  'not-sent': ['OVT-1818', 'Something is kept as yours that your devices did not send.'],
  'outside-consent': ['OVT-1819', 'Something of yours was kept while you had not agreed to it.'],
  'not-withdrawn': ['OVT-1820', 'You took your agreement back, and the log does not say so.'],
  'not-erased': ['OVT-1829', 'You had something erased, and the log does not say so.'],
  'used-after': ['OVT-1821', 'Your recordings were used while you had not agreed to it.'],
  'unrecorded-read': ['OVT-1822', 'Your recordings were looked at, and the log does not say so.'],
  kept: ['OVT-1823', 'Something of yours can still be opened, or was used, after it was erased.'],
  clock: ['OVT-1824', 'The times in the log do not fit together.'],
  'beyond-manifest': ['OVT-1825', 'More was recorded than you agreed to.'],
  'other-manifest': ['OVT-1826', 'You were asked to agree to something else than everybody is.'],
  'weak-redaction': ['OVT-1827', 'Less was masked than has to be.'],
  indicator: ['OVT-1828', 'The sign of recording could not be seen.'],
}
