import { expect, test } from 'vitest'

import { nowEpochMs, organisationManifest, scene } from '../consent/fixture.ts'
import { verifyReceipt } from '../consent/receipt.ts'
import { receiptFromJsonLd, receiptJsonLd } from './json-ld.ts'

const { grant } = await scene()
const dayMs = 86_400_000

test('C27 a receipt comes back from its JSON-LD as it was, with a signature that holds', async () => {
  for (const change of [{}, { status: 'withdrawn', follows: 'before' }, { acknowledged: ['11'.repeat(32)] }] as const) {
    const receipt = await grant(organisationManifest(), change)
    const read: object = JSON.parse(JSON.stringify(receiptJsonLd(receipt, nowEpochMs)))
    expect(receiptFromJsonLd(read)).toEqual(receipt)
    expect(await verifyReceipt(receiptFromJsonLd(read))).toMatchObject({ ok: true })
    expect(await verifyReceipt(receiptFromJsonLd({ ...read, recordId: 'other' }))).toMatchObject({ ok: false })
  }
})

test('C27 every status has a term of DPV, and one that has run out is expired', async () => {
  const told = async (status: 'given' | 'renewed' | 'refused' | 'withdrawn' | 'paused', atEpochMs: number) => {
    const { events } = receiptJsonLd(await grant(organisationManifest(), { status }), atEpochMs) as { events: { '@type': string }[] } // as: made above
    return events[0]?.['@type']
  }
  expect(await Promise.all((['given', 'renewed', 'refused', 'withdrawn', 'paused'] as const).map((one) => told(one, nowEpochMs)))).toEqual([
    'dpv:ConsentGiven',
    'dpv:RenewedConsentGiven',
    'dpv:ConsentRefused',
    'dpv:ConsentWithdrawn',
    'dpv:ConsentStatusInvalidForProcessing',
  ])
  expect([await told('given', nowEpochMs + 31 * dayMs), await told('withdrawn', nowEpochMs + 31 * dayMs)]).toEqual([
    'dpv:ConsentExpired',
    'dpv:ConsentWithdrawn',
  ])
})
