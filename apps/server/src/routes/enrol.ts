import { DataError, registerDevice, type Store } from '@overt/data'
import { Manifest, Receipt, TrustedKey } from '@overt/schema'
import Type from 'typebox'

import { oneTime, type OneTime } from '../http/one-time.ts'
import { operation, type Operation } from '../http/operation.ts'
import { refuse } from '../http/refusal.ts'

/** What the recorded page is told before it asks its person. */
export interface Offer {
  readonly manifest: Manifest
  readonly keys: readonly TrustedKey[]
}

const Enrolment = Type.Object({ token: Type.String({ maxLength: 64 }), publicKey: Type.String({ maxLength: 64 }), receipt: Receipt })

/** What may be recorded (`/v1/consent`), a one-time token for the signed-in person (`/v1/enrolments`), and a device that brings it back with a receipt that it signed (`/v1/devices`). */
export function enrolOperations(context: {
  readonly store: Store
  readonly offer: () => Offer | null
  readonly nowEpochMs: () => number
  readonly onNetwork: () => boolean
}): readonly Operation[] {
  const tokens = oneTime<string>(context.nowEpochMs)
  return [consent(context.offer), token(tokens), device(context, tokens)]
}

function consent(offer: () => Offer | null): Operation {
  return operation({
    method: 'GET',
    path: '/v1/consent',
    summary: 'What people are asked to let be recorded, signed.',
    by: 'anyone',
    answers: { 200: { description: 'Ask for this.', schema: Type.Object({ manifest: Manifest, keys: Type.Array(TrustedKey) }) } },
    refusals: ['not-found'],
    answer: ({ reply }) => offer() ?? refuse(reply, 'not-found'),
  })
}

function token(tokens: OneTime<string>): Operation {
  return operation({
    method: 'POST',
    path: '/v1/enrolments',
    summary: 'A token with which a device of yours enrols, once, within ten minutes.',
    by: 'person',
    why: 'own',
    answers: { 200: { description: 'For the device.', schema: Type.Object({ token: Type.String(), person: Type.String() }) } },
    answer: ({ person }) => ({ token: tokens.issue(person), person }),
  })
}

function device(
  { store, onNetwork }: Pick<Parameters<typeof enrolOperations>[0], 'store' | 'onNetwork'>,
  tokens: OneTime<string>,
): Operation {
  return operation({
    method: 'POST',
    path: '/v1/devices',
    summary: 'Enrols a device with the one-time token of its person.',
    by: 'anyone',
    body: Enrolment,
    answers: { 200: { description: 'The device may send.', schema: Type.Object({ deviceId: Type.String() }) } },
    refusals: ['token-used', 'no-consent'],
    async answer({ body, reply }) {
      if (onNetwork() && body.receipt.assurance === 'local')
        return refuse(reply, 'no-consent', 'A receipt of assurance `local` is good for a server on loopback alone.')
      const person = tokens.take(body.token)
      if (person === undefined) return refuse(reply, 'token-used')
      try {
        return await registerDevice(store, { person, publicKey: body.publicKey, receipt: body.receipt })
      } catch (error) {
        if (error instanceof DataError && error.kind === 'invalid') return refuse(reply, 'no-consent', error.message)
        throw error
      }
    },
  })
}
