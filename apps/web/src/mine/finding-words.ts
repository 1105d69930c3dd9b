import type { Finding } from '@overt/privacy/ledger'

const words: Readonly<Record<Finding['kind'], string>> = {
  withheld: 'The server does not show the whole log of what was done with your data.',
  unsigned: 'The log is signed by another key than the one this browser knows.',
  'rolled-back': 'The log is shorter than it was: entries that this browser has seen are gone.',
  forked: 'The log tells another history than the one this browser has seen.',
  'forged-entry': 'An entry about you is not the one that was entered.',
  'forged-receipt': 'An agreement stands in your name that you did not give.',
  'foreign-device': 'A device stands in your name that is not yours.',
  'not-sent': 'Something is kept as yours that your devices did not send.',
  'outside-consent': 'Something of yours was kept while you had not agreed to it.',
  'not-withdrawn': 'You stopped the recording, and the log does not say so.',
  'not-erased': 'You erased something, and the log does not say so.',
  'used-after': 'Your recordings were used while you had not agreed to it.',
  'unrecorded-read': 'You looked at your recordings, and the log does not say so: looks are not all written down.',
  kept: 'Something of yours was used after it was erased.',
  clock: 'The times in the log do not fit together.',
  'beyond-manifest': 'More was recorded than you agreed to.',
  'other-manifest': 'You were asked about something else than everybody else.',
  'weak-redaction': 'Something was sent that should have been masked.',
  indicator: 'The sign of recording could not be seen.',
}

/** A finding as a person reads it. */
export function wordsOf({ kind, index }: Finding): string {
  return index === null ? words[kind] : `${words[kind]} (Entry ${index}.)`
}
