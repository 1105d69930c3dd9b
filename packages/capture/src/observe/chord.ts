import { modifiersOf } from './target.ts'

const modifierKeys = /^(?:Control|Alt|AltGraph|Shift|Meta|CapsLock|NumLock|ScrollLock|Fn|Hyper|Super|OS)$/

/** What a key stroke is: `text` writes a character, `space` may also press a control, `named` and `shortcut` are told as they are. */
export type Stroke =
  | { readonly kind: 'modifier' | 'text' | 'space' }
  | { readonly kind: 'named' | 'shortcut'; readonly chord: string; readonly key: string }

/** Judges a key event by key and modifiers. AltGr and a composition are text. */
export function strokeOf(event: KeyboardEvent): Stroke {
  const { key } = event
  if (modifierKeys.test(key)) return { kind: 'modifier' }
  if (event.isComposing || key === 'Process' || key === 'Dead' || key === 'Unidentified') return { kind: 'text' }
  const held = modifiersOf(event)
  const command = (event.ctrlKey || event.metaKey || event.altKey) && !event.getModifierState('AltGraph')
  // Named keys have two letters or more; a character outside the BMP has two units.
  const printable = key.length === 1 || (key.length === 2 && key.codePointAt(0) !== key.charCodeAt(0))
  if (printable && (!command || isOptionText(event))) return { kind: key === ' ' ? 'space' : 'text' }
  const name = printable ? nameOf(event) : key
  return { kind: command && printable ? 'shortcut' : 'named', key: name, chord: held === '' ? name : `${held}+${name}` }
}

/** Alt alone with a character that no plain keyboard makes writes it (macOS Option). */
function isOptionText({ altKey, ctrlKey, metaKey, key }: KeyboardEvent): boolean {
  return altKey && !ctrlKey && !metaKey && key.charCodeAt(0) > 127
}

/** A letter in capitals whatever Shift did; where the layout writes no Latin letter or Shift made a sign of a digit, the key's place tells. */
function nameOf({ key, code }: KeyboardEvent): string {
  if (/^[a-z]$/i.test(key)) return key.toUpperCase()
  const place = /^(?:Key|Digit)(.)$/.exec(code)?.[1]
  if (place !== undefined) return place
  return key === ' ' ? 'Space' : key
}
