import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

import { OpenRedaction } from '@openredaction/core'
import { redactText } from '@overt/privacy'
import nlp from 'compromise/three'
import { SyncRedactor } from 'redact-pii'

import { root } from '../capture/bundle.ts'

/** A stretch that an engine would mask. */
export interface Mask {
  readonly start: number
  readonly end: number
  readonly kind: string
}

/** What finds sensitive text. */
export interface Engine {
  readonly name: string
  readonly version: string
  masks(text: string): Promise<readonly Mask[]> | readonly Mask[]
}

/** Ours. */
export const overt: Engine = { name: 'overt', version: '', masks: (text) => redactText(text).spans }

const ofPage = join(root, 'packages/capture/dist/overt-redact.js')

/** Ours as a page has it, in the 60 kB of a file of its own; undefined where that is not built. */
export async function overtInPage(): Promise<Engine | undefined> {
  if (!existsSync(ofPage)) return undefined
  const built = (await import(pathToFileURL(ofPage).href)) as { readonly redactText: typeof redactText } // as: built from what is exported here
  return { name: 'overt, in a page', version: '', masks: (text) => built.redactText(text).spans }
}

const openRedaction = new OpenRedaction()
const redactPii = new SyncRedactor()

/** Libraries that people use for this today, each as it comes. */
export const peers: readonly Engine[] = [
  {
    name: 'redact-pii',
    version: '3.4.0',
    masks: (text) => gapsOf(text, redactPii.redact(text)),
  },
  {
    name: 'openredaction',
    version: '1.1.5',
    masks: async (text) => {
      const { detections } = await openRedaction.detect(text)
      return detections.map(({ position: [start, end], type }) => ({ start, end, kind: type.toLowerCase() }))
    },
  },
  {
    name: 'compromise',
    version: '14.17.0',
    masks: (text) => {
      const read = nlp(text)
      return [read.people(), read.emails(), read.phoneNumbers()].flatMap((found) =>
        (found.json({ offset: true }) as readonly { readonly offset: { readonly start: number; readonly length: number } }[]) // its types say `any`
          .map(({ offset: { start, length } }) => ({ start, end: start + length, kind: 'person' })),
      )
    },
  },
]

const placeholder =
  /\b(?:PERSON_NAME|EMAIL_ADDRESS|PHONE_NUMBER|CREDIT_CARD_NUMBER|US_SOCIAL_SECURITY_NUMBER|IP_ADDRESS|STREET_ADDRESS|ZIPCODE|USERNAME|PASSWORD|CREDENTIALS|DIGITS|URL)\b/

/** Where a text differs from what an engine made of it that tells no places: what it kept stands in the same order. */
function gapsOf(text: string, redacted: string): readonly Mask[] {
  const kept = redacted.split(placeholder)
  const gaps: Mask[] = []
  let at = 0
  for (const [index, piece] of kept.entries()) {
    const found = index === kept.length - 1 ? Math.max(at, text.length - piece.length) : text.indexOf(piece, at)
    const start = found === -1 ? at : found
    if (index > 0 && start > at) gaps.push({ start: at, end: start, kind: 'other' })
    at = start + piece.length
  }
  return gaps
}
