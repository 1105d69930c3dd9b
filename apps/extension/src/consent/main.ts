import { consentCard } from '@overt/capture/show'
import { decide, importPrivateKey } from '@overt/privacy'
import { explainRefusal } from '@overt/privacy/tell'
import type { Manifest, Modality, Purpose } from '@overt/schema'
import { browser } from '../talk/browser.ts'

import type { Enrolment, Managed } from '../talk/enrolment.ts'
import { everywhere } from '../talk/everywhere.ts'
import type { Message } from '../talk/message.ts'
import { isDue, restMs } from '../worker/invite.ts'
import { keepDeviceKey } from '../worker/keys.ts'
import { managed, recall, remember } from '../worker/memory.ts'
import { patternsOf } from '../worker/scripts.ts'
import { openVault } from '../worker/vault.ts'
import { join, recordedUnder } from './join.ts'
import { offered } from './offered.ts'
import { readPasted, type Pasted } from './pasted.ts'

const at = <T extends HTMLElement>(id: string): T => document.getElementById(id) as T // as: the page is ours
const tell = (text: string): void => void (at('answer').textContent = text)
const pictures = { origins: [everywhere] }
const say = (message: Message): Promise<unknown> => browser.runtime.sendMessage(message)

/** What the card asks, and what a yes or a no leads to. */
interface Question {
  readonly manifest: Manifest
  readonly endpoint: string
  readonly purposes: readonly Purpose[]
  readonly modalities: readonly Modality[]
  readonly byName?: readonly Modality[]
  /** The enrolment and its key, for what was asked and what the person ticked; null where there is none, which was told then. */
  yes(ticked: readonly Modality[]): Promise<{ readonly enrolment: Enrolment; readonly key: CryptoKey } | null>
  no(): Promise<unknown>
}

async function show(): Promise<void> {
  const { enrolment } = await recall()
  const policy = await managed()
  at('state').textContent =
    enrolment === null ? 'Nothing is recorded' : `You agreed to: ${enrolment.manifest.apps.map(({ name }) => name).join(', ')}`
  at('withdraw').hidden = enrolment === null
  at('ask').hidden = !(policy instanceof Object) || enrolment !== null
  at('sign-in').hidden = true
  at('pictures').hidden = enrolment?.receipt.modalities.includes('pixels') !== true
  const given = await browser.permissions.contains(pictures)
  at('pictures').dataset['given'] = given ? 'yes' : 'no'
  at('pictures').textContent = given ? 'Take no more pictures' : 'Let it take pictures'
}

/** The browser asks the person once more, since what it asks for is more than what they agreed to: the manifest still says where. */
async function togglePictures(): Promise<void> {
  // First of all, while the click still counts as the person's own; where it is there already nobody is asked.
  const given = at('pictures').dataset['given'] === 'yes'
  const changed = given ? await browser.permissions.remove(pictures) : await browser.permissions.request(pictures)
  tell(changed && !given ? 'Pictures are taken where you agreed to them, and masked first.' : 'No pictures are taken.')
  await show()
}

/** One question at a time; nothing is kept before the answer. */
function ask(question: Question): void {
  if (document.querySelector('overt-consent') !== null) return
  const { manifest, endpoint, purposes, modalities, byName = [] } = question
  consentCard(document, {
    manifest,
    purposes,
    modalities,
    byName,
    destination: endpoint,
    language: navigator.language,
    onDecision: (answer, ticked) => void (answer === 'start' ? agree(question, ticked) : refuse(question)),
  })
}

async function agree(question: Question, ticked: readonly Modality[]): Promise<void> {
  // First of all, while the click still counts as the person's own.
  const origins = patternsOf([question.endpoint, ...question.manifest.apps.flatMap((app) => app.origins)])
  if (!(await browser.permissions.request({ origins: [...origins] }))) return tell('The browser did not let it see those sites.')
  const answered = await question.yes(ticked)
  if (answered === null) return
  await keepDeviceKey(await openVault(), answered.key)
  const anew = { findings: [], vouched: [], unseenSinceEpochMs: 0, checkedAtEpochMs: 0 }
  await remember({ enrolment: answered.enrolment, stopped: '', refusedAtEpochMs: 0, ...anew })
  await say({ kind: 'enrolled' })
  await show()
  tell('Recording is on, on those sites only.')
}

async function refuse(question: Question): Promise<void> {
  await question.no()
  tell('Nothing was kept, and nothing is recorded.')
}

/** What was pasted: an enrolment that a server made, whose receipt is signed already. */
async function askPasted({ enrolment, deviceKey }: Pasted): Promise<void> {
  const policy = await managed()
  if (policy === 'waiting') return tell('Your organisation’s settings are not here yet.')
  const { receipt, manifest, endpoint } = enrolment
  const decision = await decide(receipt, manifest, receipt.purposes[0] ?? 'ground', Date.now(), { keys: policy?.keys ?? enrolment.keys })
  if (!decision.ok) return tell(`It can’t be used: ${explainRefusal(decision.reason)}`)
  const { purposes, modalities } = receipt
  const yes = async (): ReturnType<Question['yes']> => {
    at<HTMLTextAreaElement>('given').value = ''
    return { enrolment, key: await importPrivateKey(deviceKey) }
  }
  ask({ manifest, endpoint, purposes, modalities, yes, no: () => Promise.resolve() })
}

/** What the organisation asks, by its policy. */
async function askOffered(policy: Managed): Promise<void> {
  tell('')
  const offer = await offered(policy, Date.now())
  if (!offer.ok) return tell(offer.explain)
  const { manifest } = offer
  const { atOnce, byName } = recordedUnder(manifest)
  const yes: Question['yes'] = async (ticked) => {
    const joined = await join(policy, manifest, [...atOnce, ...ticked], Date.now())
    if (joined.ok) return joined
    tell(joined.explain)
    at<HTMLAnchorElement>('sign-in').href = `${policy.endpoint}/mine`
    at('sign-in').hidden = !joined.signedOut
    return null
  }
  const no = (): Promise<void> => remember({ refusedAtEpochMs: Date.now() })
  ask({ manifest, endpoint: policy.endpoint, purposes: manifest.purposes, modalities: atOnce, byName, yes, no })
}

/** Asks unbidden where the organisation may; who said no is told when it may again, and that they can be asked any time they like. */
async function open(): Promise<void> {
  tell('')
  await show()
  const [policy, kept] = await Promise.all([managed(), recall()])
  if (policy === 'waiting') return tell('Your organisation’s settings are not here yet.')
  if (policy === null || kept.enrolment !== null) return
  if (isDue(kept, Date.now())) return askOffered(policy)
  tell(`You said no. You are not asked again before ${new Date(kept.refusedAtEpochMs + restMs).toLocaleDateString()}.`)
}

at('ask').addEventListener(
  'click',
  () => void managed().then((policy) => (policy instanceof Object ? askOffered(policy) : tell('Your organisation asks for nothing.'))),
)
at('read').addEventListener('click', () => {
  const pasted = readPasted(at<HTMLTextAreaElement>('given').value)
  void (pasted === null ? tell('This is not what a server gives: device, receipt, manifest and keys.') : askPasted(pasted))
})
at('pictures').addEventListener('click', () => void togglePictures())
at('withdraw').addEventListener(
  'click',
  () =>
    void say({ kind: 'withdraw' })
      .then(show)
      .then(() => tell('It has stopped, and what waited here is gone.')),
)
// A policy comes some seconds after the extension.
browser.storage.onChanged.addListener((_, area) => area === 'managed' && void open())
void open()
