import type { Store } from '@overt/data'
import { permitsFor } from '@overt/data'
import { destroyHeld, heldPictures, lookAtHeld, permitForHeld, releaseHeld, type HeldPicture } from '@overt/data/govern'
import { Purpose } from '@overt/schema'
import type { FastifyRequest } from 'fastify'
import Type from 'typebox'

import { nameOf } from '../access/role.ts'
import { operation, type Asked, type Operation } from '../http/operation.ts'
import { refuse } from '../http/refusal.ts'

const Finding = Type.Object({
  kind: Type.String(),
  /** Left, top, width, height, in pixels of the picture. */
  box: Type.Tuple([Type.Number(), Type.Number(), Type.Number(), Type.Number()]),
})
const Held = Type.Object({
  name: Type.String(),
  origin: Type.String(),
  verdict: Type.Union([Type.Literal('found'), Type.Literal('unread')]),
  findings: Type.Array(Finding),
})
const Judged = Type.Object({
  act: Type.Union([Type.Literal('released'), Type.Literal('destroyed')]),
  found: Type.Record(Type.String(), Type.Integer()),
  entry: Type.Integer({ minimum: 0 }),
  left: Type.Array(Type.String()),
})
const purpose = { name: 'purpose', in: 'query', schema: Purpose } as const
const none = 'No such picture is held back, or none that may be read for this purpose.'

/** What the privacy officer does with pictures that a check holds back: nothing here tells whose one is, and its person sees each act in Mine. */
export function pictureOperations(store: Store): readonly Operation[] {
  return [list(store), look(store), judge(store, 'release'), judge(store, 'destroy')]
}

function list(store: Store): Operation {
  return operation({
    method: 'GET',
    path: '/v1/pictures',
    summary: 'Pictures that a check holds back: kind and place of what it found, never the text.',
    by: 'person',
    why: 'asked',
    parameters: [purpose],
    answers: { 200: { description: 'Of people whose consent covers the purpose.', schema: Type.Object({ pictures: Type.Array(Held) }) } },
    async answer({ request, session }) {
      const pictures: HeldPicture[] = []
      for await (const permit of permitsFor(store, purposeIn(request)))
        pictures.push(...(await heldPictures(permit, store, { reader: nameOf(session?.account) })))
      // By name: their order would tell when they were taken, and which are of one person.
      return { pictures: pictures.toSorted((left, right) => (left.name < right.name ? -1 : 1)) }
    },
  })
}

function look(store: Store): Operation {
  return operation({
    method: 'GET',
    path: '/v1/pictures/{picture}',
    summary: 'One picture that is held back. Its person sees that you looked.',
    by: 'person',
    why: 'asked',
    parameters: [purpose],
    answers: { 200: { description: 'The picture.', type: 'image/webp' } },
    refusals: ['not-found'],
    async answer({ request, session, reply }) {
      const [name, permit] = await named(store, request)
      const image = permit === undefined ? undefined : await lookAtHeld(permit, store, { name, reader: nameOf(session?.account) })
      return image === undefined ? refuse(reply, 'not-found', none) : reply.type('image/webp').send(image)
    },
  })
}

function judge(store: Store, act: 'release' | 'destroy'): Operation {
  const judged = act === 'release' ? releaseHeld : destroyHeld
  return operation({
    method: 'POST',
    path: `/v1/pictures/{picture}/${act}`,
    summary: act === 'release' ? 'Lets a picture out of quarantine.' : 'Destroys a picture that is held back, for its person too.',
    by: 'person',
    why: 'asked',
    parameters: [purpose],
    answers: { 200: { description: 'What became of it.', schema: Judged } },
    refusals: ['not-found'],
    async answer({ request, session, reply }: Asked<unknown>) {
      const [name, permit] = await named(store, request)
      return permit === undefined ? refuse(reply, 'not-found', none) : judged(permit, store, { name, by: nameOf(session?.account) })
    },
  })
}

function purposeIn(request: FastifyRequest): Purpose {
  return (request.query as { purpose: Purpose }).purpose // as: the gate has read it
}

/** The picture that a path names, and a permit for it: unknown ones and those whose person has withdrawn are told apart to nobody. */
async function named(store: Store, request: FastifyRequest) {
  const { picture = '' } = request.params as { picture?: string } // as: the path has this parameter
  return [picture, await permitForHeld(store, picture, purposeIn(request))] as const
}
