import { bucketOf } from '@overt/schema/words'

import type { Hand } from './act.ts'
import { type Scribe, together, type Undo } from './scribe.ts'
import { editableOf, selectedIn, targetOf } from './target.ts'

/** Upper ends, exclusive, of the size classes of what was copied or pasted, in UTF-16 units: nothing, a word or two, a line or two, a page, more. */
const sizeEnds = [1, 33, 257, 4_097]

/** Copy, cut and paste: that it happened and how much it was about, never what. */
export function observeClipboard(scribe: Scribe, view: Window, hand: Hand): Undo {
  const undos = (['copy', 'cut', 'paste'] as const).map((operation) =>
    scribe.listen(view, operation, (event) => {
      const target = targetOf(event)
      const act = hand.open()
      const pressed = act?.by === 'keyboard' ? act : null
      if (pressed !== null) hand.drop()
      const field = editableOf(target)
      // Under X11 the middle button pastes wherever it is pressed.
      if (operation === 'paste' && field === null && hand.last(1000)?.button === 1) return scribe.count('paste.middle')
      const secret = field !== null && scribe.isSecret(field)
      const size = secret ? 0 : operation === 'paste' ? pastedSize(event) : selectedSize(target, view)
      const sighting = scribe.sight(target, pressed?.sighting.observation)
      scribe.write({ kind: 'clipboard', operation, content: '', sizeClass: sizeClass(size) }, sighting)
    }),
  )
  return together(...undos)
}

/** Size class of a text of so many UTF-16 units, from 0 for none to 4. */
export function sizeClass(size: number): number {
  return bucketOf(size, sizeEnds)
}

function pastedSize(event: ClipboardEvent): number {
  return event.clipboardData?.getData('text/plain').length ?? 0
}

function selectedSize(target: HTMLElement | null, view: Window): number {
  return selectedIn(target) ?? view.getSelection()?.toString().length ?? 0
}
