import type { Finding } from '../store/picture-rows.ts'
import { blurred } from './alike.ts'
import { findIn } from './find.ts'
import { openReader, type Reader } from './ocr.ts'

/** What the process is told: once what to look for, then one picture after the other. */
export type Told = { readonly kind: 'begin'; readonly sought: readonly string[] } | { readonly kind: 'picture'; readonly image: Uint8Array }

/** What it answers. No text of a picture leaves the process that read it, an error's message neither. */
export type Answer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'read'; readonly findings: readonly Finding[] }
  | { readonly kind: 'unread' }

listen(await openReader())

function listen(reader: Reader): void {
  let sought: readonly string[] = []
  process.on('message', (told: Told) => {
    if (told.kind === 'begin') sought = told.sought.map(blurred)
    else void look(reader, told.image, sought).then(answer)
  })
  process.on('disconnect', () => process.exit())
  answer({ kind: 'ready' })
}

async function look(reader: Reader, image: Uint8Array, sought: readonly string[]): Promise<Answer> {
  try {
    return { kind: 'read', findings: findIn(await reader(image), sought) }
  } catch {
    return { kind: 'unread' }
  }
}

function answer(what: Answer): void {
  process.send?.(what)
}
