import { DataError, registerDevice, type Store } from '@overt/data'
import { Receipt, type Manifest, type TrustedKey } from '@overt/schema'
import { parser } from '@overt/schema'
import type { FastifyInstance } from 'fastify'
import Type from 'typebox'

import { oneTime } from '../http/one-time.ts'
import { refuse } from '../http/refusal.ts'
import type { SignIn } from '../http/sign-in.ts'

/** What the recorded page is told before it asks its person. */
export interface Offer {
  readonly manifest: Manifest
  readonly keys: readonly TrustedKey[]
}

const Enrolment = Type.Object({ token: Type.String({ maxLength: 64 }), publicKey: Type.String({ maxLength: 64 }), receipt: Receipt })

/** What may be recorded (`/v1/consent`), a one-time token for the signed-in person (`/v1/enrolments`), and a device that brings it back with a receipt that it signed (`/v1/devices`). */
export function enrolRoutes(
  server: FastifyInstance,
  context: { store: Store; signedIn: SignIn; offer: () => Offer | null; nowEpochMs: () => number },
): void {
  const { store, signedIn, offer } = context
  const tokens = oneTime<string>(context.nowEpochMs)
  const parseEnrolment = parser(Enrolment)
  server.get('/v1/consent', (_request, reply) => offer() ?? refuse(reply, 'not-found'))
  server.post('/v1/enrolments', (request, reply) => {
    const person = signedIn.personOf(request)
    return person === undefined ? refuse(reply, 'signed-out') : { token: tokens.issue(person), person }
  })
  server.post('/v1/devices', async (request, reply) => {
    const parsed = parseEnrolment(request.body)
    if (!parsed.ok) return refuse(reply, 'malformed', parsed.reason)
    const { token, publicKey, receipt } = parsed.value
    const person = tokens.take(token)
    if (person === undefined) return refuse(reply, 'token-used')
    try {
      return await registerDevice(store, { person, publicKey, receipt })
    } catch (error) {
      if (error instanceof DataError && error.kind === 'invalid') return refuse(reply, 'no-consent', error.message)
      throw error
    }
  })
}
