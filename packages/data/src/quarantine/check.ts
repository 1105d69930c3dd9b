import type { Permit } from '@overt/privacy'
import type { Batch } from '@overt/schema'

import type { Verdict } from '../store/picture-rows.ts'
import type { Store } from '../store/store.ts'
import type { Found } from './find.ts'
import { Looker } from './looker.ts'

/** What a check looks at. */
export interface CheckOptions {
  readonly session?: string
  /** Texts that no picture may show. With any, pictures that were cleared before are read again. */
  readonly sought: readonly string[]
  /** Stop after so many pictures. */
  readonly most: number
  /** Who asked, for the ledger. */
  readonly reader: string
  readonly signal: AbortSignal
  readonly onPicture?: () => void
  /** Longest that one picture may take; after it, it counts as unread. */
  readonly slowestMs?: number
}

/** A picture that is held back, and what was found in it; never the text. */
export interface HeldPicture {
  readonly session: string
  readonly batch: string
  readonly picture: number
  readonly verdict: Exclude<Verdict, 'clear'>
  readonly found: Found
}

/** What a check did. */
export interface PictureCheck {
  /** Pictures read now, and what became of them. */
  readonly clear: number
  readonly found: number
  readonly unread: number
  /** Checked before, and not again. */
  readonly before: number
  /** Not checked yet: they stay in quarantine. */
  readonly left: number
  readonly held: readonly HeldPicture[]
}

const slowestMs = 60_000

/**
 * Reads the pictures of a person's recordings and says which of them others may have: those in which redaction and the list find nothing.
 * Masking is done on the device, by geometry; this only looks afterwards whether it held. What can't be read is held back.
 */
export async function checkPictures(permit: Permit, store: Store, options: CheckOptions): Promise<PictureCheck> {
  const signal = AbortSignal.any([permit.signal, options.signal])
  const { sought, reader } = options
  const looker = new Looker({ sought, slowestMs: options.slowestMs ?? slowestMs, signal })
  const counts = { clear: 0, found: 0, unread: 0, before: 0, left: 0 }
  const held: HeldPicture[] = []
  const filter = { reader, pictures: 'all', ...(options.session === undefined ? {} : { session: options.session }) } as const
  try {
    for await (const batch of store.batches(permit, filter)) {
      const name = store.hash('batch', batch.id)
      const verdicts = store.keys.verdicts(name)
      for (const { id, image } of batch.pictures ?? []) {
        signal.throwIfAborted()
        const known = verdicts.get(id)
        if (known !== undefined && (sought.length === 0 || known === 'found')) counts.before += 1
        else if (counts.clear + counts.found + counts.unread >= options.most) counts[known === undefined ? 'left' : 'before'] += 1
        else {
          const found = await looker.look(Buffer.from(image, 'base64'))
          const verdict = verdictOf(found)
          store.keys.judge(name, id, verdict)
          counts[verdict] += 1
          if (verdict !== 'clear') held.push(heldOf(batch, id, verdict, found ?? {}))
          options.onPicture?.()
        }
      }
    }
  } finally {
    looker.close()
  }
  const { clear, found, unread } = counts
  if (clear + found + unread > 0) await store.ledger.append('pictures', { clear, found, unread }, permit.person)
  return { ...counts, held }
}

function verdictOf(found: Found | undefined): Verdict {
  if (found === undefined) return 'unread'
  return Object.keys(found).length === 0 ? 'clear' : 'found'
}

function heldOf({ session, id }: Batch, picture: number, verdict: HeldPicture['verdict'], found: Found): HeldPicture {
  return { session, batch: id, picture, verdict, found }
}
