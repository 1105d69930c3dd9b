import { othersMedia } from './media.ts'

/** Below this share of a battery that nothing charges, the person's work has what is left. */
const lowBattery01 = 0.2

/** What browsers tell beyond the types: https://www.w3.org/TR/battery-status/ and https://wicg.github.io/netinfo/. */
interface Machine {
  readonly connection?: { readonly saveData?: boolean; readonly type?: string }
  getBattery?(): Promise<Battery>
}

interface Battery {
  readonly charging: boolean
  readonly level: number
}

/** Why a page is not recorded for now although its person agreed, as it is when asked; '' for nothing. It ends by itself. */
export function selfPauses(page: Document): () => string {
  const machine = navigator as Machine // as: not in every browser, and newer than the types
  let battery: Battery | null = null
  // It is kept current by the browser. Where a page may not ask, there is none to spare.
  void machine.getBattery?.().then(
    (found) => (battery = found),
    () => null,
  )
  return () => {
    if (othersMedia(page)) return 'call'
    if (machine.connection?.saveData === true) return 'save-data'
    if (machine.connection?.type === 'cellular') return 'metered'
    return battery !== null && !battery.charging && battery.level <= lowBattery01 ? 'battery' : ''
  }
}
