import type { Event } from '@overt/schema'
import { bucketOf } from '@overt/schema/words'

import { isInput } from '../sense/dom.ts'
import type { Hand } from './act.ts'
import { type Scribe, type Sighting, together, type Undo } from './scribe.ts'
import { targetOf } from './target.ts'

type FileSort = Extract<Event, { kind: 'upload' }>['sort']

/** A chooser may stay open this long. */
const chooserMs = 600_000
/** Upper ends, exclusive, of the size classes of what was given, in bytes. */
const sizeEnds = [1, 100_000, 1_000_000, 10_000_000]
const documents = /pdf|word|sheet|excel|presentation|powerpoint|opendocument|csv|rtf/

/** Files that a person gives to the page: how many, what sort and how large in all. Names, paths and content are not read. */
export function observeUpload(scribe: Scribe, view: Window, hand: Hand): Undo {
  const write = (files: FileList, how: 'input' | 'folder' | 'drop', cause: 'pointer' | 'keyboard', sighting: Sighting): void => {
    const size = [...files].reduce((sum, file) => sum + file.size, 0)
    scribe.write({ kind: 'upload', count: files.length, sort: sortOf(files), sizeClass: bucketOf(size, sizeEnds), how, cause }, sighting)
  }
  const change = scribe.listen(view, 'change', (event) => {
    const field = targetOf(event)
    if (field === null || !isInput(field) || field.files === null) return
    // The chooser is opened by what was pressed last; the input itself is often hidden.
    const act = hand.last(chooserMs)
    write(field.files, field.webkitdirectory ? 'folder' : 'input', act?.by ?? 'pointer', act?.sighting ?? scribe.sight(field))
  })
  const drop = scribe.listen(view, 'drop', (event) => {
    const files = event.dataTransfer?.files
    if (files !== undefined && files.length > 0) write(files, 'drop', 'pointer', scribe.sight(targetOf(event)))
  })
  return together(change, drop)
}

function sortOf(files: FileList): FileSort {
  const sorts = new Set([...files].map(({ type }) => one(type)))
  const [first = 'other'] = sorts
  return sorts.size > 1 ? 'mixed' : first
}

function one(type: string): FileSort {
  if (documents.test(type)) return 'document'
  const sort = type.split('/')[0]
  return sort === 'image' || sort === 'audio' || sort === 'video' || sort === 'text' ? sort : 'other'
}
