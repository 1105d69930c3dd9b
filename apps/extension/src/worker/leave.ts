import { decide, type Permit } from '@overt/privacy'

import { isBroken } from '../ledger/told.ts'
import type { Enrolment } from '../talk/enrolment.ts'
import { managed, recall } from './memory.ts'

/** Whether anything may be recorded on this machine now. */
export type Leave =
  | { readonly ok: true; readonly permit: Permit; readonly enrolment: Enrolment }
  | { readonly ok: false; readonly reason: string }

/** Asks everything anew: policy here, someone enrolled, under keys that the policy names, agreed, not stopped by the server, nothing found that breaks trust in it. Fails closed. */
export async function leave(nowEpochMs: number): Promise<Leave> {
  const policy = await managed()
  if (policy === 'waiting') return { ok: false, reason: 'policy' }
  const { enrolment, stopped, findings } = await recall()
  if (enrolment === null) return { ok: false, reason: 'consent' }
  if (stopped !== '') return { ok: false, reason: stopped }
  if (isBroken(findings)) return { ok: false, reason: 'trust' }
  if (policy !== null && policy.endpoint !== enrolment.endpoint) return { ok: false, reason: 'policy' }
  const keys = policy?.keys ?? enrolment.keys
  const purpose = enrolment.receipt.purposes[0] ?? 'ground'
  const decision = await decide(enrolment.receipt, enrolment.manifest, purpose, nowEpochMs, { keys, secure: true })
  if (!decision.ok) return { ok: false, reason: decision.reason }
  return { ok: true, permit: decision.value, enrolment: { ...enrolment, keys } }
}
