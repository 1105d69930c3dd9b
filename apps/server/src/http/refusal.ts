import type { FastifyReply } from 'fastify'

/** Codes of what the server itself refuses; the ones of ingest come from the data package. */
export const refusals = {
  'wrong-host': { code: 'OVT-1610', status: 421, explain: 'This server answers under its own address only.' },
  'wrong-origin': { code: 'OVT-1611', status: 403, explain: 'Another site may not do this for you.' },
  'signed-out': { code: 'OVT-1612', status: 401, explain: 'Sign in first: `overt up` prints a link, and a link works once.' },
  'link-used': {
    code: 'OVT-1613',
    status: 401,
    explain: 'This sign-in link was used already, or it is older than ten minutes. `overt up` prints a new one.',
  },
  'not-found': { code: 'OVT-1614', status: 404, explain: 'There is nothing here.' },
  malformed: { code: 'OVT-1615', status: 400, explain: 'The request is not what this address takes.' },
  'too-large': { code: 'OVT-1616', status: 413, explain: 'The request is larger than this server takes.' },
  'token-used': {
    code: 'OVT-1617',
    status: 401,
    explain: 'This enrolment was used already, or it is older than ten minutes. Start again from the page.',
  },
  'no-consent': { code: 'OVT-1618', status: 403, explain: 'There is no live agreement for this.' },
  'not-allowed': { code: 'OVT-1620', status: 403, explain: 'Your role may not do this, or not for this purpose.' },
  stopped: { code: 'OVT-1621', status: 403, explain: 'The kill switch was thrown: nothing is recorded or read until two keys lift it.' },
  'step-up': { code: 'OVT-1622', status: 403, explain: 'Confirm this with your passkey first.' },
  passkey: { code: 'OVT-1623', status: 403, explain: 'This passkey was not accepted.' },
  provider: { code: 'OVT-1624', status: 401, explain: 'The sign-in was not completed. Start again.' },
  busy: { code: 'OVT-1625', status: 503, explain: 'Too many devices wait here at once. Ask again later.' },
  failed: { code: 'OVT-1619', status: 500, explain: 'The server failed. What happened stands in its log.' },
} as const
export type Refusal = keyof typeof refusals

/** Answers with a refusal: a code, a slug and a sentence. */
export function refuse(reply: FastifyReply, reason: Refusal, explain?: string): FastifyReply {
  const { code, status, explain: usual } = refusals[reason]
  return reply.code(status).send({ code, reason, explain: explain ?? usual })
}
