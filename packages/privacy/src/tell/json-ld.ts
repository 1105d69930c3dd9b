import type { Modality, Purpose, Receipt } from '@overt/schema'

const dpv = 'https://w3id.org/dpv#'

/** Ours in the terms of the Data Privacy Vocabulary; each keeps its own name beside it. */
const purposes: Readonly<Record<Purpose, string>> = {
  ground: 'ResearchAndDevelopment',
  assist: 'ServiceProvision',
  automate: 'OptimisationForController',
  evaluate: 'ResearchAndDevelopment',
  correct: 'ImproveExistingProductsAndServices',
  improve: 'InternalResourceOptimisation',
  share: 'ServiceProvision',
}
const statuses = {
  given: 'ConsentGiven',
  renewed: 'RenewedConsentGiven',
  refused: 'ConsentRefused',
  withdrawn: 'ConsentWithdrawn',
  paused: 'ConsentStatusInvalidForProcessing',
  expired: 'ConsentExpired',
} as const satisfies Readonly<Record<Receipt['status'] | 'expired', string>>

const context = {
  dpv,
  dct: 'http://purl.org/dc/terms/',
  overt: 'https://overt.invalid/terms#',
  schemaVersion: 'dct:conformsTo',
  recordId: 'dct:identifier',
  dataSubject: 'dpv:hasDataSubject',
  notice: 'dpv:hasNotice',
  legalBasis: 'dpv:hasLegalBasis',
  events: 'dpv:hasConsentStatus',
  purposes: 'dpv:hasPurpose',
  personalData: 'dpv:hasPersonalData',
} as const

/**
 * A receipt as a consent record by ISO/IEC TS 27560:2023, in DPV terms, as JSON-LD. Nothing of the receipt is lost: `receiptFromJsonLd` gives it back with its signature.
 * A receipt that has run out is `expired`, which is told by the time and stands in no receipt.
 */
export function receiptJsonLd(receipt: Receipt, nowEpochMs: number): object {
  const over = nowEpochMs >= receipt.expiresAtEpochMs && (receipt.status === 'given' || receipt.status === 'renewed')
  return {
    '@context': context,
    '@type': 'dpv:ConsentRecord',
    schemaVersion: 'ISO/IEC TS 27560:2023',
    recordId: receipt.id,
    dataSubject: { '@type': 'dpv:DataSubject', 'overt:person': receipt.person, 'overt:publicKey': receipt.publicKey },
    notice: {
      '@type': 'dpv:ConsentNotice',
      'dct:identifier': receipt.manifestId,
      'overt:sha256': receipt.manifestSha256,
      'overt:acknowledged': receipt.acknowledged ?? [],
    },
    legalBasis: { '@type': 'dpv:LegalBasis', 'dct:description': receipt.legalBasis, 'overt:safeguard': 'dpv:Consent' },
    events: [
      {
        '@type': `dpv:${over ? statuses.expired : statuses[receipt.status]}`,
        'overt:status': receipt.status,
        'dct:issued': new Date(receipt.decidedAtEpochMs).toISOString(),
        'dct:valid': new Date(receipt.expiresAtEpochMs).toISOString(),
        'overt:decidedAtEpochMs': receipt.decidedAtEpochMs,
        'overt:expiresAtEpochMs': receipt.expiresAtEpochMs,
        'overt:follows': receipt.follows,
        'overt:assurance': receipt.assurance,
      },
    ],
    purposes: receipt.purposes.map((purpose) => ({ '@type': `dpv:${purposes[purpose]}`, 'overt:purpose': purpose })),
    personalData: receipt.modalities.map((modality) => ({ '@type': 'dpv:PersonalData', 'overt:modality': modality })),
    'overt:form': receipt.v,
    'overt:signature': receipt.signature,
  }
}

interface Told {
  readonly recordId: string
  readonly dataSubject: Readonly<Record<string, string>>
  readonly notice: Readonly<Record<string, unknown>>
  readonly legalBasis: Readonly<Record<string, string>>
  readonly events: readonly Readonly<Record<string, unknown>>[]
  readonly purposes: readonly Readonly<Record<string, string>>[]
  readonly personalData: readonly Readonly<Record<string, string>>[]
}

/** The receipt in a consent record that `receiptJsonLd` made; whoever takes it verifies it, as any receipt. */
export function receiptFromJsonLd(document: object): unknown {
  const { recordId, dataSubject, notice, legalBasis, events, purposes: told, personalData } = document as Told // as: what comes out is judged as a receipt
  const [event = {}] = events
  const acknowledged = notice['overt:acknowledged']
  return {
    v: Reflect.get(document, 'overt:form') as unknown, // as: judged with the rest
    id: recordId,
    person: dataSubject['overt:person'],
    manifestId: notice['dct:identifier'],
    manifestSha256: notice['overt:sha256'],
    status: event['overt:status'],
    purposes: told.map((one) => one['overt:purpose'] as Purpose), // as: judged with the rest
    modalities: personalData.map((one) => one['overt:modality'] as Modality), // as: judged with the rest
    decidedAtEpochMs: event['overt:decidedAtEpochMs'],
    expiresAtEpochMs: event['overt:expiresAtEpochMs'],
    assurance: event['overt:assurance'],
    legalBasis: legalBasis['dct:description'],
    ...(Array.isArray(acknowledged) && acknowledged.length > 0 ? { acknowledged } : {}),
    follows: event['overt:follows'],
    publicKey: dataSubject['overt:publicKey'],
    signature: Reflect.get(document, 'overt:signature') as unknown, // as: judged with the rest
  }
}
