import { decide, record } from '@overt/capture'
import { consentCard } from '@overt/capture/show'

import { enrol } from './enrol.ts'
import { homeServer, offerOf, type Offer } from './home.ts'
import { forget, keep, kept, type Kept } from './keep.ts'
import { openParent, type Parent } from './parent.ts'

/** A no is not asked again for so long. */
const askAgainMs = 90 * 86_400_000
/** Small, so that a step is seen a moment after it was done. */
const flushMs = 100

/** Asks for consent on the first entry and records under what was agreed; does nothing where the page is served without a server, or stands alone. */
export async function startRecorder(page: Window): Promise<void> {
  const server = page.parent === page ? null : await homeServer()
  if (server === null) return
  const parent = openParent(page, server)
  const offer = await offerOf(server)
  const ask = () => askFirst(page, server, offer, parent)
  parent.onAsk(ask)
  const decision = await kept()
  if (decision?.kind === 'device') return recordUnder(server, offer, parent, decision)
  if (decision === null || Date.now() - decision.atEpochMs > askAgainMs) ask()
  else parent.tell({ overt: 'consent', decided: 'refused' })
}

function askFirst(page: Window, server: string, offer: Offer, parent: Parent): void {
  consentCard(page.document, {
    manifest: offer.manifest,
    destination: 'A folder on this computer, and nowhere else',
    onDecision: (decision) => {
      const answered = decision === 'start' ? agree(server, offer, parent) : refuse(parent)
      answered.catch((error: unknown) => parent.tell({ overt: 'state', state: 'failed', reason: String(error) }))
    },
  })
}

async function agree(server: string, offer: Offer, parent: Parent): Promise<void> {
  const device = await enrol(server, offer, await parent.enrolment())
  await keep(device)
  parent.tell({ overt: 'consent', decided: 'given' })
  await recordUnder(server, offer, parent, device)
}

async function refuse(parent: Parent): Promise<void> {
  await keep({ kind: 'refused', atEpochMs: Date.now() })
  parent.tell({ overt: 'consent', decided: 'refused' })
}

async function recordUnder(server: string, offer: Offer, parent: Parent, device: Extract<Kept, { kind: 'device' }>): Promise<void> {
  const decision = await decide(device.receipt, offer.manifest, 'ground', Date.now(), { keys: offer.keys })
  if (!decision.ok) {
    await forget()
    return parent.tell({ overt: 'state', state: 'off', reason: decision.explain })
  }
  let typed: string | null = null
  // The recorder reads nothing of a secret field; the person's own page may show them what they typed.
  document.addEventListener('change', (event) => {
    if (event.target instanceof HTMLInputElement) typed = event.target.value
  })
  record(decision.value, {
    endpoint: server,
    deviceKey: device.privateKey,
    deviceId: device.deviceId,
    flushMs,
    onState: (state) => parent.tell({ overt: 'state', state }),
    onSent: ({ events, observations, raw }) => parent.tell({ overt: 'sent', sent: { events, observations }, raw: raw ?? null, typed }),
  })
}
