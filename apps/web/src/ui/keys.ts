import { useEffect } from 'react'

/** Listens for single keys while no field has the focus; a key with Ctrl, Alt or Cmd stays the browser's. */
export function useKeys(keys: Readonly<Record<string, () => void>>): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const act = keys[event.key]
      const typing =
        event.target instanceof HTMLElement && event.target.closest('input, textarea, select, dialog, [contenteditable]') !== null
      if (act === undefined || typing || event.ctrlKey || event.altKey || event.metaKey) return
      event.preventDefault()
      act()
    }
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [keys])
}
