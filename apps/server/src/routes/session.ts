import Type from 'typebox'

import { roles } from '../access/role.ts'
import type { Sessions } from '../access/session.ts'
import { operation, type Operation } from '../http/operation.ts'

const SignedIn = Type.Object({
  account: Type.String(),
  roles: Type.Array(Type.Union(roles.map((role) => Type.Literal(role)))),
  signedInBy: Type.Union([Type.Literal('link'), Type.Literal('provider')]),
  steppedUp: Type.Boolean(),
})

/** `GET /v1/session`: as whom one is signed in, and in which roles. */
export function sessionOperation(sessions: Sessions): Operation {
  return operation({
    method: 'GET',
    path: '/v1/session',
    summary: 'As whom you are signed in.',
    by: 'person',
    answers: { 200: { description: '`steppedUp`: a passkey was touched within the last minutes.', schema: SignedIn } },
    answer: ({ session }) => ({
      account: session?.account.id,
      roles: session?.account.roles,
      signedInBy: session?.account.by,
      steppedUp: sessions.isSteppedUp(session),
    }),
  })
}
