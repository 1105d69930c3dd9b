import type { Permit } from '@overt/privacy'
import type { Batch } from '@overt/schema'

import type { Finding, Judgement, Verdict } from '../store/picture-rows.ts'
import type { Store } from '../store/store.ts'
import { type Found, countsOf } from './find.ts'
import { pictureName } from './picture-name.ts'
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
export interface HeldNow {
  /** What it is called where it is judged. */
  readonly name: string
  readonly session: string
  readonly batch: string
  readonly picture: number
  readonly verdict: Verdict
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
  readonly held: readonly HeldNow[]
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
  const held: HeldNow[] = []
  const where = options.session === undefined ? {} : { session: options.session }
  const names = new Map(store.readable(permit, where).map(({ kind, id, idHash }) => [`${kind} ${id}`, idHash]))
  try {
    for await (const batch of store.batches(permit, { ...where, reader, pictures: 'all' })) {
      const record = names.get(`batch ${batch.id}`) ?? ''
      const judgements = store.keys.judgements(record)
      for (const { id, image } of batch.pictures ?? []) {
        signal.throwIfAborted()
        const known = judgements.get(id)?.verdict
        if (known !== undefined && (sought.length === 0 || known === 'found')) counts.before += 1
        else if (counts.clear + counts.found + counts.unread >= options.most) counts[known === undefined ? 'left' : 'before'] += 1
        else {
          const judged = judgementOf(await looker.look(Buffer.from(image, 'base64')))
          options.onPicture?.()
          // Whoever released it knew what redaction finds in it; of what is sought now they did not.
          if (known === 'released' && !isNew(judged)) counts.before += 1
          else {
            store.keys.judge(record, id, judged)
            counts[judged.verdict] += 1
            if (judged.verdict !== 'clear') held.push(heldOf(batch, record, id, judged))
          }
        }
      }
    }
  } finally {
    looker.close()
  }
  const { clear, found, unread } = counts
  const kinds = [...new Set(held.flatMap((one) => Object.keys(one.found)))].toSorted()
  if (clear + found + unread > 0) await store.ledger.append('pictures', { clear, found, unread, kinds }, permit.person)
  return { ...counts, held }
}

type Checked = Judgement & { readonly verdict: Exclude<Verdict, 'released'> }

function judgementOf(findings: readonly Finding[] | undefined): Checked {
  if (findings === undefined) return { verdict: 'unread', findings: [] }
  return { verdict: findings.length === 0 ? 'clear' : 'found', findings }
}

function isNew({ verdict, findings }: Checked): boolean {
  return verdict === 'unread' || findings.some(({ kind }) => kind === 'sought')
}

function heldOf({ session, id }: Batch, record: string, picture: number, { verdict, findings }: Checked): HeldNow {
  return { name: pictureName(record, picture), session, batch: id, picture, verdict, found: countsOf(findings) }
}
