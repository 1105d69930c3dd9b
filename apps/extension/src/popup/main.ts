import { findingWords } from '@overt/privacy/tell'

import { browser } from '../talk/browser.ts'

import type { Forgotten, Message, Standing } from '../talk/message.ts'
import { maybeOwn } from '../ledger/told.ts'
import { forgetWords, heldWords, lostWords, meterWords, pauseChoices, revealWords, stateWords, whyWords } from './words.ts'

const fiveMinutesMs = 300_000

const at = <T extends HTMLElement>(id: string): T => document.getElementById(id) as T // as: the page is ours, and a test opens it
const say = <T>(message: Message): Promise<T> => browser.runtime.sendMessage(message)

/** The tab that the popup is about; a test names it in the address. */
async function subject(): Promise<{ readonly tab: number; readonly origin: string }> {
  const asked = Number(new URLSearchParams(location.search).get('tab') ?? '')
  const tab = asked > 0 ? await browser.tabs.get(asked) : (await browser.tabs.query({ active: true, currentWindow: true }))[0]
  return { tab: tab?.id ?? -1, origin: URL.parse(tab?.url ?? '')?.origin ?? '' }
}

/** Shows how it stands, but not as it stood before a later look or what is being done: a switch just pressed would spring back. */
function createScreen(): { show(): Promise<void>; after(act: () => Promise<unknown>): Promise<void> } {
  let looks = 0
  let acting = 0
  const show = async (): Promise<void> => {
    const look = ++looks
    const { tab, origin } = await subject()
    const seen = await say<Standing>({ kind: 'standing', tab, origin })
    if (look === looks && acting === 0) draw(seen, origin)
  }
  const after = async (act: () => Promise<unknown>): Promise<void> => {
    acting++
    try {
      await act()
    } finally {
      acting--
    }
    await show()
  }
  return { show, after }
}

function draw(seen: Standing, origin: string): void {
  document.body.className = seen.state
  at('state').textContent = stateWords[seen.state]
  at('why').textContent = whyWords(seen)
  at('reveals').textContent = revealWords(seen.reveals)
  at('meter').textContent = meterWords(seen)
  at('go-on').hidden = seen.reason !== 'cost'
  at('queued').textContent = seen.queued === 0 ? '' : `${seen.queued} waiting to be sent`
  at<HTMLInputElement>('review').checked = seen.review.on
  at<HTMLInputElement>('review').disabled = seen.reason === 'consent'
  at('held').textContent = heldWords(seen.review)
  at('look').hidden = seen.review.ns.length === 0
  at('lost').textContent = lostWords(seen.counts)
  at('pauses').hidden = seen.state === 'paused' || seen.reason === 'consent'
  at('resume').hidden = seen.pausedUntilEpochMs === null && seen.reason !== 'person'
  at('site-name').textContent = `Record on ${origin === '' ? 'this page' : URL.parse(origin)?.host}`
  at('found').replaceChildren(...seen.findings.map(findingLine))
  at('mine').hidden = maybeOwn(seen.findings).length === 0
  const site = at<HTMLInputElement>('site')
  site.checked = seen.siteOn
  site.disabled = seen.reason === 'place' || origin === ''
  at('recent').replaceChildren(...seen.recent.map((line) => Object.assign(document.createElement('li'), { textContent: line })))
}

function findingLine({ kind, problem, atEpochMs }: Standing['findings'][number]): HTMLElement {
  const [code, words] = findingWords[kind]
  const line = document.createElement('li')
  line.textContent = `${words} (${code}, ${new Date(atEpochMs).toLocaleString([], { dateStyle: 'short', timeStyle: 'short' })})`
  // In the ledger's words, for who looks into it.
  line.title = problem
  return line
}

const screen = createScreen()

function press(id: string, act: () => Promise<unknown>): void {
  at(id).addEventListener('click', () => void screen.after(act))
}

for (const { label, minutes } of pauseChoices) {
  const button = Object.assign(document.createElement('button'), { type: 'button', textContent: label })
  button.addEventListener('click', () => void screen.after(() => say({ kind: 'pause', minutes: minutes(new Date()) })))
  at('pauses').append(button)
}
press('resume', async () => say({ kind: 'resume', tab: (await subject()).tab }))
press('go-on', async () => say({ kind: 'go-on', tab: (await subject()).tab }))
press('site', async () => say({ kind: 'site', origin: (await subject()).origin, on: at<HTMLInputElement>('site').checked }))
press('review', () => say({ kind: 'review', on: at<HTMLInputElement>('review').checked }))
press('look', () => browser.tabs.create({ url: browser.runtime.getURL('/review.html') }))
press('forget', async () => {
  at('forgotten').textContent = forgetWords(await say<Forgotten>({ kind: 'forget', lastMs: fiveMinutesMs }))
})
press('mine', () => say({ kind: 'vouch' }))
press('agreement', () => browser.runtime.openOptionsPage())
browser.storage.onChanged.addListener(() => void screen.show())
void screen.show()
