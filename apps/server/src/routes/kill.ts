import { type Store, upkeep } from '@overt/data'
import Type from 'typebox'

import { nameOf } from '../access/role.ts'
import { operation, type Operation } from '../http/operation.ts'
import { refuse } from '../http/refusal.ts'

const Turned = Type.Object({ side: Type.Union([Type.Literal('operator'), Type.Literal('council')]), atEpochMs: Type.Number() })
const State = Type.Object({
  stopped: Type.Boolean(),
  by: Type.Optional(Type.String()),
  why: Type.Optional(Type.String()),
  atEpochMs: Type.Optional(Type.Number()),
  /** Keys that were turned so far; two lift it, one of them the council's. */
  turned: Type.Array(Turned),
  /** What a stop could not reach, in words. */
  left: Type.Optional(Type.Array(Type.String())),
})
const Reason = Type.Object({ why: Type.String({ minLength: 1, maxLength: 500 }) }, { additionalProperties: false })

/** The kill switch: one act stops every recorder and freezes every read; two keys lift it. */
export function killOperations(store: Store): readonly Operation[] {
  const { killSwitch } = store
  const state = () => {
    const { stop } = killSwitch
    if (stop === null) return { stopped: false, turned: [] }
    const { by, why, atEpochMs, turned } = stop
    return { stopped: true, by, why, atEpochMs, turned: turned.map(({ side, atEpochMs: at }) => ({ side, atEpochMs: at })) }
  }
  return [
    operation({
      method: 'GET',
      path: '/v1/kill',
      summary: 'Whether everything is stopped, by whom and why.',
      by: 'person',
      answers: { 200: { description: 'As it stands.', schema: State } },
      answer: state,
    }),
    operation({
      method: 'POST',
      path: '/v1/kill',
      summary: 'Stops every recorder and freezes every read, at once.',
      by: 'person',
      body: Reason,
      answers: { 200: { description: 'It is stopped.', schema: State } },
      async answer({ session, body }) {
        const { left } = await upkeep.stopAll(store, nameOf(session?.account), body.why)
        return { ...state(), left }
      },
    }),
    operation({
      method: 'POST',
      path: '/v1/kill/keys',
      summary: 'Turns your key. Two lift the stop, one of them the council’s.',
      by: 'person',
      answers: { 200: { description: 'As it stands then.', schema: State } },
      refusals: ['not-found'],
      async answer({ session, reply }) {
        if (session === undefined || killSwitch.stop === null) return refuse(reply, 'not-found', 'Nothing is stopped.')
        const { id, roles } = session.account
        await killSwitch.turn({ id, side: roles.includes('council') ? 'council' : 'operator' })
        return state()
      },
    }),
  ]
}
