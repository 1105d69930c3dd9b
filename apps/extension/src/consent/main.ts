import { consentCard } from '@overt/capture/show'
import { decide, importPrivateKey } from '@overt/privacy'
import { explainRefusal } from '@overt/privacy/tell'
import { browser } from '../talk/browser.ts'

import type { Message } from '../talk/message.ts'
import { keepDeviceKey } from '../worker/keys.ts'
import { managed, recall, remember } from '../worker/memory.ts'
import { patternsOf } from '../worker/scripts.ts'
import { openVault } from '../worker/vault.ts'
import { readPasted, type Pasted } from './pasted.ts'

const at = <T extends HTMLElement>(id: string): T => document.getElementById(id) as T // as: the page is ours
const tell = (text: string): void => void (at('answer').textContent = text)
const say = (message: Message): Promise<unknown> => browser.runtime.sendMessage(message)

async function show(): Promise<void> {
  const { enrolment } = await recall()
  at('state').textContent =
    enrolment === null ? 'Nothing is recorded' : `You agreed to: ${enrolment.manifest.apps.map(({ name }) => name).join(', ')}`
  at('withdraw').hidden = enrolment === null
}

/** Checks what was pasted and asks the person. Nothing is kept before the answer, and nothing after "Not now". */
async function ask(pasted: Pasted): Promise<void> {
  const { enrolment } = pasted
  const policy = await managed()
  if (policy === 'waiting') return tell('Your organisation’s settings are not here yet.')
  const keys = policy?.keys ?? enrolment.keys
  const decision = await decide(enrolment.receipt, enrolment.manifest, enrolment.receipt.purposes[0] ?? 'ground', Date.now(), { keys })
  if (!decision.ok) return tell(`It can’t be used: ${explainRefusal(decision.reason)}`)
  const { manifest, endpoint } = enrolment
  consentCard(document, {
    manifest,
    purposes: enrolment.receipt.purposes,
    modalities: enrolment.receipt.modalities,
    destination: endpoint,
    language: navigator.language,
    onDecision: (answer) => void (answer === 'start' ? agree(pasted) : tell('Nothing was kept, and nothing is recorded.')),
  })
}

async function agree({ enrolment, deviceKey }: Pasted): Promise<void> {
  // First of all, while the click still counts as the person's own.
  const origins = patternsOf([enrolment.endpoint, ...enrolment.manifest.apps.flatMap((app) => app.origins)])
  if (!(await browser.permissions.request({ origins: [...origins] }))) return tell('The browser did not let it see those sites.')
  await keepDeviceKey(await openVault(), await importPrivateKey(deviceKey))
  await remember({ enrolment, stopped: '' })
  at<HTMLTextAreaElement>('given').value = ''
  await say({ kind: 'enrolled' })
  tell('Recording is on, on those sites only.')
  await show()
}

at('read').addEventListener('click', () => {
  const pasted = readPasted(at<HTMLTextAreaElement>('given').value)
  void (pasted === null ? tell('This is not what a server gives: device, receipt, manifest and keys.') : ask(pasted))
})
at('withdraw').addEventListener(
  'click',
  () =>
    void say({ kind: 'withdraw' })
      .then(() => tell('It has stopped, and what waited here is gone.'))
      .then(show),
)
void show()
