import { unitSeparator } from '@overt/schema/words'

/** Words with single spaces between them: nothing to do, and most texts are so. */
const plain = /^(?:[!-~]+(?: [!-~]+)*)?$/

/** White space as a person sees it: runs become one space, what has no width goes; U+001F, which separates labels, goes too. */
export function clean(text: string): string {
  if (plain.test(text)) return text
  return text
    .replaceAll(unitSeparator, ' ')
    .replace(/[\u200b\u2060\ufeff]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
}

/** Longest name or value that the schema takes, in UTF-16 units. */
export const maxText = 4096

/** At most `maxText` units. */
export function cut(text: string, max = maxText): string {
  return text.length > max ? text.slice(0, max) : text
}
