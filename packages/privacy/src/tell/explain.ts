import type { RefusalReason } from '../consent/refusal.ts'

const sentences: Readonly<Record<RefusalReason, string>> = {
  malformed: 'The receipt or the manifest is not a well-formed document.',
  insecure: 'The page is not in a secure context: plain http is allowed on loopback only.',
  unsigned: 'The manifest carries no signature of the operator.',
  'untrusted-key': 'The manifest is signed by a key that is not trusted here.',
  'bad-signature': 'A signature does not match: the document was changed after it was signed.',
  'council-signature': "The manifest names a works council's key and lacks its signature.",
  'manifest-expired': 'The manifest has expired.',
  'notice-period': 'The notice period of the manifest is not over yet.',
  assessment: 'The impact assessment has expired, or a stub stands where a real one is required.',
  scope: 'A local manifest is for pages on this machine only.',
  redaction: 'The manifest asks for newer redaction rules than these.',
  'not-given': 'The person has not agreed: the receipt is refused or paused.',
  withdrawn: 'The person has withdrawn.',
  expired: 'The receipt has expired, or runs longer than 180 days.',
  'not-yet': 'The receipt was decided in the future: a clock is wrong.',
  'manifest-mismatch': 'The manifest is not the one that the person agreed to. They have to be asked anew.',
  purpose: 'The person or the manifest does not allow this purpose.',
  modality: 'The receipt names no modality, or one that the manifest does not have.',
  assurance: 'A receipt of this assurance does not hold here.',
  'opt-out': 'The browser asks not to share (Global Privacy Control).',
  'foreign-key': "The receipt is signed by a key that is not this person's.",
  notice: 'The manifest names a notice that the receipt does not acknowledge.',
  network: 'The manifest does not allow recording on this network, or nobody said which it is.',
  region: 'The manifest does not allow recording in this region, or nobody said which it is.',
  contract: 'The manifest has no notice for people with this kind of contract, or nobody said which it is.',
  device: 'The manifest does not allow recording on this device, or nobody said whose it is.',
}

/** Why `decide` refused, in a sentence for the person who meets it. Apart from `decide`, since the sentences are long and a page that records needs none of them. */
export function explainRefusal(reason: RefusalReason): string {
  return sentences[reason]
}
