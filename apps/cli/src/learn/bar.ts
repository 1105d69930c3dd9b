const widthColumns = 24

/** A progress bar with a caption. */
export function bar(share01: number, caption: string): string {
  const full = Math.round(Math.min(1, Math.max(0, share01)) * widthColumns)
  return `${'█'.repeat(full)}${'░'.repeat(widthColumns - full)} ${caption}`
}
