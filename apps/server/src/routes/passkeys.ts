import type { Store } from '@overt/data'
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import Type from 'typebox'

import { steppedUpMs, type Session, type Sessions } from '../access/session.ts'
import { operation, type Asked, type Operation } from '../http/operation.ts'
import { refuse } from '../http/refusal.ts'

/** What the browser's `toJSON()` gives; the library reads what is in it. */
const Credential = Type.Object({
  id: Type.String({ maxLength: 1_024 }),
  rawId: Type.String({ maxLength: 1_024 }),
  type: Type.Literal('public-key'),
  response: Type.Record(Type.String(), Type.Unknown()),
  clientExtensionResults: Type.Record(Type.String(), Type.Unknown()),
})
const Options = Type.Object({})

/** Loaded when somebody has a passkey, which nobody has on their own machine. */
const webauthn = () => import('@simplewebauthn/server')

interface Context {
  readonly store: Store
  readonly sessions: Sessions
  readonly url: () => string
}

/** A passkey for what is grave: made once, touched before an export, an erasure, a manifest change, and to lift a stop. */
export function passkeyOperations(context: Context): readonly Operation[] {
  return [makeOptions(context), make(context), touchOptions(context), touch(context)]
}

function makeOptions({ store, sessions, url }: Context): Operation {
  return operation({
    method: 'POST',
    path: '/v1/passkeys/options',
    summary: 'What the browser needs to make a passkey.',
    by: 'person',
    answers: { 200: { description: 'For `navigator.credentials.create`.', schema: Options } },
    async answer({ session, reply }) {
      if (session === undefined || !mayMake(store, sessions, session)) return refuse(reply, 'step-up')
      const { id } = session.account
      const options = await (
        await webauthn()
      ).generateRegistrationOptions({
        rpName: 'Overt',
        rpID: new URL(url()).hostname,
        userName: id,
        excludeCredentials: store.access.passkeys(id).map((one) => ({ id: one.id })),
        authenticatorSelection: { userVerification: 'required', residentKey: 'discouraged' },
      })
      session.challenge = options.challenge
      return options
    },
  })
}

/** The first one right after a sign-in, another one with one that is there: a stolen session can't make its own. */
function mayMake(store: Store, sessions: Sessions, session: Session): boolean {
  if (store.access.passkeys(session.account.id).length > 0) return sessions.isSteppedUp(session)
  return session.sinceEpochMs + steppedUpMs > store.nowEpochMs()
}

function make({ store, sessions, url }: Context): Operation {
  return operation({
    method: 'POST',
    path: '/v1/passkeys',
    summary: 'Keeps the passkey that the browser made.',
    by: 'person',
    body: Credential,
    answers: { 204: { description: 'It is kept, and counts as touched.' } },
    refusals: ['passkey'],
    async answer({ session, body, reply }) {
      const challenge = takeChallenge(session)
      if (session === undefined || challenge === null || !mayMake(store, sessions, session)) return refuse(reply, 'passkey')
      const verified = await (
        await webauthn()
      )
        .verifyRegistrationResponse({
          response: body as unknown as RegistrationResponseJSON, // as: the library checks each part
          expectedChallenge: challenge,
          expectedOrigin: url(),
          expectedRPID: new URL(url()).hostname,
        })
        .catch(() => null)
      if (verified?.verified !== true) return refuse(reply, 'passkey')
      const { id, publicKey, counter } = verified.registrationInfo.credential
      if (!store.access.putPasskey({ id, account: session.account.id, publicKey, counter })) return refuse(reply, 'passkey')
      session.steppedUpAtEpochMs = store.nowEpochMs()
      return reply.code(204).send()
    },
  })
}

function touchOptions({ store, url }: Context): Operation {
  return operation({
    method: 'POST',
    path: '/v1/step-up/options',
    summary: 'What the browser needs to ask for your passkey.',
    by: 'person',
    answers: { 200: { description: 'For `navigator.credentials.get`.', schema: Options } },
    refusals: ['not-found'],
    async answer({ session, reply }) {
      const known = session === undefined ? [] : store.access.passkeys(session.account.id)
      if (session === undefined || known.length === 0) return refuse(reply, 'not-found', 'You have no passkey here yet.')
      const options = await (
        await webauthn()
      ).generateAuthenticationOptions({
        rpID: new URL(url()).hostname,
        allowCredentials: known.map(({ id }) => ({ id })),
        userVerification: 'required',
      })
      session.challenge = options.challenge
      return options
    },
  })
}

function touch(context: Context): Operation {
  return operation({
    method: 'POST',
    path: '/v1/step-up',
    summary: 'Takes what your passkey signed; for five minutes you may do what is grave.',
    by: 'person',
    body: Credential,
    answers: { 204: { description: 'You may.' } },
    refusals: ['passkey'],
    answer: (asked) => answerTouch(context, asked),
  })
}

async function answerTouch({ store, url }: Context, { session, body, reply }: Asked<Type.Static<typeof Credential>>) {
  const challenge = takeChallenge(session)
  const known = session === undefined ? undefined : store.access.passkeys(session.account.id).find(({ id }) => id === body.id)
  if (session === undefined || challenge === null || known === undefined) return refuse(reply, 'passkey')
  const verified = await (
    await webauthn()
  )
    .verifyAuthenticationResponse({
      response: body as unknown as AuthenticationResponseJSON, // as: the library checks each part
      expectedChallenge: challenge,
      expectedOrigin: url(),
      expectedRPID: new URL(url()).hostname,
      credential: known,
    })
    .catch(() => null)
  if (verified?.verified !== true) return refuse(reply, 'passkey')
  store.access.count(known.id, verified.authenticationInfo.newCounter)
  session.steppedUpAtEpochMs = store.nowEpochMs()
  return reply.code(204).send()
}

/** A challenge is signed once, whatever comes of it. */
function takeChallenge(session: Session | undefined): string | null {
  const challenge = session?.challenge ?? null
  if (session !== undefined) session.challenge = null
  return challenge
}
