import { heldWords, lostWords, moment, whyWords } from '../popup/words.ts'
import { browser } from '../talk/browser.ts'
import type { Held, Message, Standing } from '../talk/message.ts'
import { groupsOf, togetherOf } from './together.ts'

const at = <T extends HTMLElement>(id: string): T => document.getElementById(id) as T // as: the page is ours
const say = <T>(message: Message): Promise<T> => browser.runtime.sendMessage(message)
const made = <K extends keyof HTMLElementTagNameMap>(tag: K, textContent: string): HTMLElementTagNameMap[K] =>
  Object.assign(document.createElement(tag), { textContent })

async function show(): Promise<void> {
  const [seen, held] = await Promise.all([say<Standing>({ kind: 'standing', tab: -1, origin: '' }), say<readonly Held[]>({ kind: 'held' })])
  const { ns } = seen.review
  const shown = new Set(held.map(({ n }) => n))
  at('held').textContent = heldWords(seen.review) || 'Nothing waits here for you.'
  // Without a live agreement nothing is opened; it can still be deleted.
  at('why').textContent = ns.length > 0 && held.length === 0 ? `It can’t be shown now. ${whyWords(seen)}` : ''
  at('lost').textContent = lostWords(seen.counts)
  at('all').hidden = ns.length === 0
  at<HTMLButtonElement>('send-all').disabled = held.length === 0
  at('send-all').onclick = decide([...shown], true)
  at('delete-all').onclick = decide(held.length === 0 ? ns : [...shown], false)
  at('sessions').replaceChildren(...groupsOf(held, 'session').map(sectionOf))
}

function decide(ns: readonly number[], send: boolean): () => void {
  return () => void say({ kind: 'decide', ns, send }).then(show)
}

/** Of a session, with its pages one by one in it; or of one page. */
function sectionOf(held: readonly Held[]): HTMLElement {
  const { ns, places, fromEpochMs, untilEpochMs, acts, words, pictures } = togetherOf(held)
  const section = document.createElement('section')
  const send = made('button', 'Send these')
  const remove = made('button', 'Delete these')
  send.onclick = decide(ns, true)
  remove.onclick = decide(ns, false)
  const row = Object.assign(document.createElement('div'), { className: 'row' })
  row.append(send, remove)
  const until = new Date(untilEpochMs).toLocaleTimeString([], { timeStyle: 'short' })
  section.append(made('h2', places.join(', ')), made('p', `${moment(fromEpochMs)} to ${until}`))
  section.append(acts.length === 0 ? made('p', 'Nothing was done, but the page was looked at.') : listOf('ol', acts))
  if (words.length > 0) section.append(folded(`${words.length} words and texts of these pages go with it`, listOf('ul', words)))
  if (pictures.length > 0) section.append(folded(`${pictures.length} pictures go with it`, ...pictures.map(pictureOf)))
  section.append(row)
  if (places.length > 1) section.append(folded('Decide page by page', ...groupsOf(held, 'place').map(sectionOf)))
  return section
}

function listOf(tag: 'ol' | 'ul', lines: readonly string[]): HTMLElement {
  const list = document.createElement(tag)
  list.append(...lines.map((line) => made('li', line)))
  return list
}

function folded(summary: string, ...inside: readonly HTMLElement[]): HTMLElement {
  const details = document.createElement('details')
  details.append(made('summary', summary), ...inside)
  return details
}

/** As it would leave: what is masked was filled before it was encoded. */
function pictureOf(image: string): HTMLElement {
  return Object.assign(document.createElement('img'), { src: `data:image/webp;base64,${image}`, alt: 'A picture of the page' })
}

// Not whenever something comes: what is being read would move.
document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && void show())
void show()
