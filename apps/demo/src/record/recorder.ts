import { decide, record, type Recording } from '@overt/capture'
import { consentCard } from '@overt/capture/show'
import { explainRefusal, mayAsk } from '@overt/privacy/tell'

import { enrol, recorded } from './enrol.ts'
import { homeServer, offerOf, type Offer } from './home.ts'
import { forget, keep, kept, type Kept } from './keep.ts'
import { openParent, type Parent } from './parent.ts'

/** Small, so that a step is seen a moment after it was done. */
const flushMs = 16

/** Hears of a recording that began, and whom to tell of it. */
export type OnRecording = (recording: Recording, parent: Parent) => void

/** Asks for consent on the first entry and records under what was agreed; does nothing where the page is served without a server, or stands alone. `again`: whatever was decided before is asked anew. */
export async function startRecorder(page: Window, again: boolean, onRecording: OnRecording): Promise<void> {
  const server = page.parent === page ? null : await homeServer()
  if (server === null) return
  const parent = openParent(page, server)
  const offer = await offerOf(server)
  const ask = () => askFirst(page, server, offer, parent, onRecording)
  parent.onAsk(ask)
  if (again) await forget()
  const decision = await kept()
  if (decision?.kind === 'device') return recordUnder(server, offer, parent, decision, onRecording)
  if (mayAsk(decision?.atEpochMs ?? null, Date.now())) ask()
  else parent.tell({ overt: 'consent', decided: 'refused' })
}

function askFirst(page: Window, server: string, offer: Offer, parent: Parent, onRecording: OnRecording): void {
  consentCard(page.document, {
    manifest: offer.manifest,
    modalities: recorded,
    destination: 'A folder on this computer, and nowhere else',
    onDecision: (decision) => {
      const answered = decision === 'start' ? agree(server, offer, parent, onRecording) : refuse(parent)
      answered.catch((error: unknown) => parent.tell({ overt: 'state', state: 'failed', reason: String(error) }))
    },
  })
}

async function agree(server: string, offer: Offer, parent: Parent, onRecording: OnRecording): Promise<void> {
  const device = await enrol(server, offer, await parent.enrolment())
  await keep(device)
  await recordUnder(server, offer, parent, device, onRecording)
}

async function refuse(parent: Parent): Promise<void> {
  await keep({ kind: 'refused', atEpochMs: Date.now() })
  parent.tell({ overt: 'consent', decided: 'refused' })
}

async function recordUnder(
  server: string,
  offer: Offer,
  parent: Parent,
  device: Extract<Kept, { kind: 'device' }>,
  onRecording: OnRecording,
): Promise<void> {
  const decision = await decide(device.receipt, offer.manifest, 'ground', Date.now(), { keys: offer.keys })
  if (!decision.ok) {
    await forget()
    return parent.tell({ overt: 'state', state: 'off', reason: explainRefusal(decision.reason) })
  }
  let typed: string | null = null
  // The recorder reads nothing of a secret field; the person's own page may show them what they typed.
  document.addEventListener('change', (event) => {
    if (event.target instanceof HTMLInputElement) typed = event.target.value
  })
  const recording = record(decision.value, {
    endpoint: server,
    deviceKey: device.privateKey,
    deviceId: device.deviceId,
    flushMs,
    mode: 'task',
    onState: ({ state, reason }) => {
      document.documentElement.dataset['overtState'] = state
      parent.tell({ overt: 'state', state, reason })
    },
    onSent: ({ events, observations, raw }) => parent.tell({ overt: 'sent', sent: { events, observations }, raw, typed }),
  })
  document.documentElement.dataset['overtState'] = 'recording'
  parent.tell({ overt: 'consent', decided: 'given' })
  onRecording(recording, parent)
}
