import { putManifest, releasesOf, type Store } from '@overt/data'
import { Manifest, Purpose } from '@overt/schema'
import Type from 'typebox'

import { actsOf } from '../acts.ts'
import { operation, type Operation } from '../http/operation.ts'
import { refuse } from '../http/refusal.ts'

/** Fewer people than this could be told apart. */
const fewestPeople = 10

const Act = Type.Object({ atEpochMs: Type.Number(), kind: Type.String(), what: Type.Record(Type.String(), Type.Unknown()) })
const Release = Type.Object({
  hash: Type.String(),
  name: Type.String(),
  purpose: Purpose,
  registeredAtEpochMs: Type.Number(),
  /** An erasure has reached it: train on the version that replaced it. */
  revoked: Type.Boolean(),
  replacedBy: Type.Union([Type.String(), Type.Null()]),
})

/** What the AI team, the privacy officer, the council and administrators ask. Nothing here names a person, counts people or tells who takes part. */
export function oversightOperations(store: Store): readonly Operation[] {
  return [acts(store), releases(store), manifests(store)]
}

function acts(store: Store): Operation {
  return operation({
    method: 'GET',
    path: '/v1/acts',
    summary: 'What was done here: manifests, keys, releases, trainings, stops, alarms, what became of held pictures.',
    by: 'person',
    why: 'oversee',
    answers: { 200: { description: 'Newest first. None tells whose work it was about.', schema: Type.Object({ acts: Type.Array(Act) }) } },
    answer: async () => ({ acts: await actsOf(store) }),
  })
}

function releases(store: Store): Operation {
  return operation({
    method: 'GET',
    path: '/v1/releases',
    summary: 'Releases that were built for the purpose you name, of ten people or more.',
    by: 'person',
    why: 'asked',
    parameters: [{ name: 'purpose', in: 'query', schema: Purpose }],
    answers: { 200: { description: 'Oldest first.', schema: Type.Object({ releases: Type.Array(Release) }) } },
    answer({ request }) {
      const { purpose } = request.query as { purpose?: string } // as: the gate has read it
      const found = releasesOf(store).filter((one) => one.purpose === purpose && one.persons.length >= fewestPeople)
      return {
        releases: found.map(({ hash, name, registeredAtEpochMs, revokedAtEpochMs, replacedBy }) => ({
          hash,
          name,
          purpose,
          registeredAtEpochMs,
          revoked: revokedAtEpochMs !== null,
          replacedBy,
        })),
      }
    },
  })
}

function manifests(store: Store): Operation {
  return operation({
    method: 'POST',
    path: '/v1/manifests',
    summary: 'Puts a signed manifest in force.',
    by: 'person',
    why: 'operate',
    body: Manifest,
    answers: { 200: { description: 'Its SHA-256.', schema: Type.Object({ sha256: Type.String() }) } },
    refusals: ['malformed'],
    async answer({ body, reply }) {
      const put = await putManifest(store, body)
      return put.ok ? { sha256: put.value } : refuse(reply, 'malformed', `${put.reason}: ${put.explain}`)
    },
  })
}
