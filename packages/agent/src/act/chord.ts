const modifiers = ['Control', 'Alt', 'Shift', 'Meta']
const names: Readonly<Record<string, string>> = {
  ctrl: 'Control',
  cmd: 'Meta',
  command: 'Meta',
  option: 'Alt',
  esc: 'Escape',
  del: 'Delete',
  return: 'Enter',
  spacebar: 'Space',
  up: 'ArrowUp',
  down: 'ArrowDown',
  left: 'ArrowLeft',
  right: 'ArrowRight',
}

/** A chord as Playwright's keyboard presses it: `Control+Shift+K` stays, `Alt+A` becomes `Alt+a`, since a keyboard without Shift makes a small letter. null where it names no key. */
export function pressOf(chord: string): string | null {
  const parts = chord.endsWith('++') ? [...chord.slice(0, -2).split('+'), '+'] : chord === '+' ? ['+'] : chord.split('+')
  const known = parts.map((part) => names[part.toLowerCase()] ?? part)
  const key = known.at(-1)
  const held = known.slice(0, -1)
  if (key === undefined || key === '' || modifiers.includes(key) || held.some((part) => !modifiers.includes(part))) return null
  const letter = /^[a-z]$/i.test(key) ? (held.includes('Shift') ? key.toUpperCase() : key.toLowerCase()) : key
  return [...held, letter].join('+')
}
