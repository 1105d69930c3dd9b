import type { PlaceholderMap } from '@overt/privacy'

import { createMemory } from '../memory.ts'
import type { Redactor } from '../pack/redactor.ts'

/** Where in a text something stands that redaction takes out. `field`: the name of the field it stands in, else ''. */
export type Judge = (text: string, field: string) => readonly { readonly start: number; readonly end: number }[]

/** Makes a judge of the redactor that masks what leaves as text, with the map of what it knows by now. Texts are judged once, until a new secret becomes known. */
export function createJudge(redactor: Redactor, mapNow: () => PlaceholderMap): Judge {
  let memory = createMemory<ReturnType<Judge>>()
  let known: string | undefined
  let maps: PlaceholderMap | null = null
  return (text, field) => {
    if (text.trim() === '') return []
    const map = mapNow()
    // The newest secret, not how many: of too many the oldest are forgotten.
    const now = map.tainted.at(-1)
    if (map !== maps || now !== known) memory = createMemory()
    maps = map
    known = now
    return memory(`${field}\n${text}`, () => redactor.redactText(text, field === '' ? { map } : { map, field }).spans ?? whole(text))
  }
}

/** Nothing may be shown: there is no leave to look at texts. */
export const judgeAll: Judge = (text) => (text.trim() === '' ? [] : whole(text))

function whole(text: string): ReturnType<Judge> {
  return [{ start: 0, end: text.length }]
}
