import type { Pending } from '../pack/veil.ts'
import { createHand } from './act.ts'
import type { Boundary } from './boundary.ts'
import { observeCheck } from './check.ts'
import { observeClipboard } from './clipboard.ts'
import { type Carried, observeDrag } from './drag.ts'
import { observeFocus } from './focus.ts'
import { observeFrames } from './frames.ts'
import { type Ending, createHolds } from './holds.ts'
import { createHovers } from './hovers.ts'
import { observeInput } from './input.ts'
import { observeKeys } from './keys.ts'
import { observeNavigation, type Travelled } from './navigation.ts'
import { observePointer } from './pointer.ts'
import { observeScroll } from './scroll.ts'
import { type Scribe, together, type Undo } from './scribe.ts'
import { observeSelect } from './select.ts'
import { observeSubmit } from './submit.ts'
import { focusedField } from './target.ts'
import { observeUpload } from './upload.ts'

/** All observers of a page at work. */
export interface Observing {
  /** Writes down what is held back: an act that is not finished, fields that are not committed. */
  settle(ending: Ending): void
  /** Begins, or goes on after a pause: forgets what was under way, and holds the field that has the focus: what is in it may be half typed. */
  adopt(): void
  /** Fields whose content was not written yet. */
  pending(): readonly Pending[]
  /** Looks whether the address changed without anything telling. */
  look(): void
  stop: Undo
}

/** Puts every observer to work in a window and its frames of the same origin. */
export function observeAll(scribe: Scribe, view: Window, boundary: Boundary, told: Travelled): Observing {
  const hand = createHand(scribe)
  const holds = createHolds(scribe)
  const hovers = createHovers(scribe)
  const carried: Carried = { act: null }
  const frames = observeFrames(scribe, view, boundary, (inner) => {
    // An address may change in a frame without its document: it is asked each time.
    const listen: Scribe['listen'] = (at, type, react, scripted) =>
      scribe.listen(
        at,
        type,
        (event) => scribe.enters(inner.document) && react(event),
        (event) => scribe.enters(inner.document) && scripted?.(event),
      )
    const here = inner === view ? scribe : { ...scribe, listen }
    const undos = [
      observePointer(here, inner, hand, holds, hovers),
      observeDrag(here, inner, hand, holds, carried),
      observeKeys(here, inner, hand, holds, hovers),
      observeInput(here, inner, hand, holds),
      observeSelect(here, inner, hand, holds),
      observeCheck(here, inner, hand),
      observeClipboard(here, inner, hand),
      observeUpload(here, inner, hand),
      observeFocus(here, inner, hand, hovers),
      observeSubmit(here, inner, hand),
      observeScroll(here, inner, hand, holds),
    ]
    return together(...undos)
  })
  const navigation = observeNavigation(boundary, view, hand, told)
  return {
    settle: (ending) => {
      hand.finish()
      holds.commit(ending)
    },
    adopt: () => {
      hand.forget()
      carried.act = null
      holds.adopt(focusedField(view.document))
    },
    pending: () => holds.pending(),
    look: navigation.look,
    stop: () => {
      frames()
      navigation.undo()
    },
  }
}
