import type { Look } from '../look.ts'
import type { Detector } from '../span.ts'

/** A page's redactor has no room for more. */
export const moreDetectors: readonly (readonly [needed: (look: Look) => boolean, Detector])[] = []
