import type { FindingKind } from '@overt/privacy/ledger'

/** What was found, in plain words, under a code that stays the same. */
export const findingWords: Readonly<Record<FindingKind, readonly [code: string, words: string]>> = {
  withheld: ['OVT-1811', 'Your server does not show you all that its ledger has about you.'],
  unsigned: ['OVT-1812', 'What your server shows as its ledger is not signed by the key that signed it before.'],
  'rolled-back': ['OVT-1813', 'Your server’s ledger is shorter than it was: entries were taken back.'],
  forked: ['OVT-1814', 'Your server shows you another history than it did before.'],
  'forged-entry': ['OVT-1815', 'An entry that your server shows you is not the one in its ledger.'],
  'forged-receipt': ['OVT-1816', 'Your server has an agreement in your name that was not given on this machine.'],
  'foreign-device': ['OVT-1817', 'A device that is not this one records in your name.'],
  'not-sent': ['OVT-1818', 'Your server keeps a recording of yours that this machine never sent.'],
  'outside-consent': ['OVT-1819', 'Your server keeps a recording that you had not agreed to at that time.'],
  'not-withdrawn': ['OVT-1820', 'You took your agreement back, and your server has not entered it.'],
  'not-erased': ['OVT-1829', 'You had something erased, and your server has not entered it.'],
  'used-after': ['OVT-1821', 'Your recordings were used without an agreement of yours.'],
  'unrecorded-read': ['OVT-1822', 'Your recordings were looked at, and the ledger does not say so.'],
  kept: ['OVT-1823', 'Your server can still open what you had it erase.'],
  clock: ['OVT-1824', 'The clocks of your server and of this machine are far apart.'],
  'beyond-manifest': ['OVT-1825', 'The recorder took more than you agreed to. It was not sent.'],
  'other-manifest': ['OVT-1826', 'You are asked to agree to something else than everybody is.'],
  'weak-redaction': ['OVT-1827', 'The recorder masked less than it has to.'],
  indicator: ['OVT-1828', 'A page hid the sign that you are recorded. Recording stopped there.'],
}
