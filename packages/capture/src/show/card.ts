import type { Manifest, Modality, Purpose } from '@overt/schema'
import { offeredModalities } from '@overt/schema/words'

import { bare } from '../bare.ts'
import { make, makeHost, pin } from './element.ts'
import { type CardWords, cardWordsFor } from './card-words.ts'
import { languageOf } from './sign-words.ts'

/** What is asked, and who is told the answer. */
export interface ConsentCardOptions {
  readonly manifest: Pick<Manifest, 'operator' | 'apps' | 'purposes' | 'recipients' | 'retentionDays'>
  /** What is asked for here; all that the manifest allows where none is given. */
  readonly purposes?: readonly Purpose[]
  readonly modalities?: readonly Modality[]
  /** What is agreed to only where the person ticks it. */
  readonly byName?: readonly Modality[]
  /** Where the recordings are kept, in plain words: "this folder on this computer". */
  readonly destination?: string
  readonly language?: string
  /** `ticked`: what of `byName` they ticked. */
  onDecision(decision: 'start' | 'not-now', ticked: readonly Modality[]): void
}

const css = `
dialog{font:15px/1.45 system-ui,sans-serif;max-width:min(560px,92vw);max-height:92vh;overflow:auto;border:1px solid #777;border-radius:12px;padding:22px;color:#111;background:#fff}
dialog::backdrop{background:#0008}
h2{font-size:19px;margin:0 0 12px}h2:focus{outline:none}
dt{font-weight:600;margin-top:10px}dd{margin:2px 0 0}ul{margin:2px 0 0;padding-left:20px}p{margin:14px 0}
div{display:grid;grid-template-columns:1fr 1fr;gap:12px;position:sticky;bottom:-22px;margin:0 -22px -22px;padding:10px 22px 22px;background:inherit}
input{width:24px;height:24px}
button{font:inherit;font-weight:600;min-height:44px;border-radius:8px;border:2px solid #1d4ed8;background:#fff;color:#1d4ed8;cursor:pointer}
button:hover{background:#eef2ff}button:focus-visible{outline:3px solid #6cf;outline-offset:2px}
@media(prefers-color-scheme:dark){dialog{background:#18181b;color:#f4f4f5}button{background:#18181b;color:#93c5fd;border-color:#93c5fd}button:hover{background:#1e293b}}
`

/** Asks, in plain words, with "Start" and "Not now" of equal weight; Escape says not now. Only the person's own click counts. */
export function consentCard(given: Document, options: ConsentCardOptions): { close(): void } {
  const page = bare(given)
  const words = cardWordsFor(options.language ?? languageOf(page))
  const { host, root } = makeHost(page, 'overt-consent', css)
  pin(host, { display: 'block' })
  const heading = make(page, 'h2', { tabindex: '-1', id: 'title' }, words.title(options.manifest.operator.name))
  const start = make(page, 'button', { type: 'button' }, words.start)
  const later = make(page, 'button', { type: 'button' }, words.later)
  const boxes = (options.byName ?? []).map((modality) => ({ modality, box: make(page, 'input', { type: 'checkbox' }) }))
  const dialog = make(
    page,
    'dialog',
    { 'aria-labelledby': 'title' },
    heading,
    facts(page, options, words, boxes),
    make(page, 'p', {}, words.leave),
  )
  dialog.append(make(page, 'div', {}, start, later))
  root.append(dialog)
  // The browser gives the focus back to where it was.
  const close = (): void => {
    dialog.close()
    host.remove()
  }
  const decide = (decision: 'start' | 'not-now'): void => {
    if (!dialog.open) return
    close()
    options.onDecision(
      decision,
      boxes.filter(({ box }) => box.checked).map(({ modality }) => modality),
    )
  }
  start.addEventListener('click', (event) => event.isTrusted && decide('start'))
  later.addEventListener('click', (event) => event.isTrusted && decide('not-now'))
  dialog.addEventListener('cancel', () => decide('not-now'))
  page.documentElement.append(host)
  dialog.showModal()
  heading.focus()
  return { close }
}

/** A box for each thing that is agreed to by name. */
type Boxes = readonly { readonly modality: Modality; readonly box: HTMLInputElement }[]

function facts(page: Document, options: ConsentCardOptions, words: CardWords, boxes: Boxes): HTMLElement {
  const { manifest } = options
  const modalities = options.modalities ?? offeredModalities(manifest).atOnce
  const purposes = options.purposes ?? manifest.purposes
  const list = (lines: readonly string[]): HTMLElement => make(page, 'ul', {}, ...lines.map((line) => make(page, 'li', {}, line)))
  const places = manifest.apps.map((app) => app.name).join(', ')
  const where = [options.destination ?? '', ...manifest.recipients].filter((line) => line !== '')
  const ticks = boxes.map(({ modality, box }) => make(page, 'li', {}, make(page, 'label', {}, box, words.modality[modality])))
  const rows: readonly (readonly [string, Node | string])[] = [
    [words.who, [manifest.operator.name, manifest.operator.contact].filter((line) => line !== '').join(', ')],
    [words.what, list([...modalities.map((modality) => words.modality[modality]), words.only(places)])],
    ...(ticks.length === 0 ? [] : [[words.byName, make(page, 'ul', {}, ...ticks)] as const]),
    [words.why, list(purposes.map((purpose) => words.purpose[purpose]))],
    [words.where, list(where)],
    [words.howLong, words.kept(manifest.retentionDays.events, manifest.retentionDays.datasets)],
  ]
  return make(page, 'dl', {}, ...rows.flatMap(([term, said]) => [make(page, 'dt', {}, term), make(page, 'dd', {}, said)]))
}
