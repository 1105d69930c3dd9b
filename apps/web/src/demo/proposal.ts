/** What an agent might do, in plain words: `Choose Turin in Return site`. */
export function proposalOf(kind: string, name: string, argument: string): string {
  const there = name === '' ? '' : ` ${name}`
  const inside = name === '' ? '' : ` in ${name}`
  switch (kind) {
    case 'click':
      return `Click${there}`
    case 'double_click':
      return `Double-click${there}`
    case 'right_click':
      return `Right-click${there}`
    case 'hover':
      return `Point at${there}`
    case 'type':
      return `Type ${argument}${inside}`
    case 'select_option':
      return `Choose ${argument}${inside}`
    case 'check':
      return argument === 'off' ? `Untick${there}` : `Tick${there}`
    case 'key':
      return `Press ${argument}${inside}`
    case 'scroll':
      return `Scroll ${argument}`
    case 'drag':
      return `Drag${there}`
    case 'done':
      return 'Finish'
    default:
      return `${kind.replaceAll('_', ' ')}${there}${argument === '' ? '' : `: ${argument}`}`
  }
}

/** `94%`; what is not quite nothing is `<1%`. */
export function percentOf(share01: number): string {
  const percent = Math.round(share01 * 100)
  return percent === 0 ? '<1%' : `${percent}%`
}
