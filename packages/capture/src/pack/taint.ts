import { createDigests, type Digests, type Learnt } from './digests.ts'

/** What stands and stood in secret fields, known again where the page shows it: by digests, in the memory of one recording and nowhere else. */
export interface Taint extends Pick<Digests, 'stretchesIn' | 'size'> {
  /** A field is secret, now and as long as it lives. */
  watch(field: Element | undefined): void
  /** A field was written into, before the page hears of it. */
  learn(field: Element): void
  /** Something is seen or told now: what is in a secret field counts as it is, however short. */
  look(): void
}

/** Boxes that hold no more may each hold a part of one secret. */
const longestPart = 4
/** What of a secret is looked at, in UTF-16 units. */
const longest = 4_096
const nothing: Learnt = { length: 0, whole: 0 }

/** Makes a taint that knows of nothing yet. */
export function createTaint(): Taint {
  const digests = createDigests()
  const held = new WeakMap<Element, Learnt>()
  const fields = new Set<WeakRef<Element>>()
  const learnOne = (field: Element, before: Learnt): Learnt => {
    const now = digests.learn(heldIn(field))
    // Before something of it was taken away, it was whole.
    if (now.length < before.length) digests.add(before.whole)
    held.set(field, now)
    return now
  }
  const learnParts = (): void => {
    const parts = [...fields].map((one) => heldIn(one.deref())).filter(({ length }) => length <= longestPart)
    digests.learn(parts.join(''))
  }
  return {
    learn: (field) => {
      const before = held.get(field)
      if (before === undefined) return
      learnOne(field, before)
      learnParts()
    },
    watch: (field) => {
      if (field === undefined || held.has(field)) return
      held.set(field, nothing)
      fields.add(new WeakRef(field))
    },
    look: () => {
      for (const one of fields) {
        const field = one.deref()
        if (field === undefined) fields.delete(one)
        else digests.add(learnOne(field, held.get(field) ?? nothing).whole)
      }
      learnParts()
    },
    stretchesIn: (text) => digests.stretchesIn(text),
    get size() {
      return digests.size
    },
  }
}

function heldIn(field: Element | undefined): string {
  return field !== undefined && 'value' in field ? String(field.value).slice(0, longest) : ''
}
