import { bare } from '../bare.ts'
import { nowMs, runBeforeDrawn, startTimer, stopTimer } from '../natives.ts'

/** A hidden indicator stops the recorder within a second and a half, so that a page which is busy still ends in the two that are promised. */
const lookMs = 450
const lookAgainMs = 150
const patienceMs = 900
const smallestWidthCssPx = 60
const smallestHeightCssPx = 16

/** Watches that a host can be seen. `raise` brings it to the top again; `lost` is called once, with why. */
export function watch(page: Document, host: HTMLElement, raise: () => void, lost: (reason: string) => void): () => void {
  let badSinceMs: number | null = null
  let timer = 0
  let turn = 0
  // What has just been drawn is laid out, and is what the person sees: asked for in between, all of the page would be laid out for it. A page that is not drawn is looked at all the same.
  const lookLater = (inMs: number): void => {
    const own = (turn += 1)
    const once = (): void => {
      if (own === turn) look()
    }
    timer = startTimer(() => {
      timer = startTimer(once, lookAgainMs)
      runBeforeDrawn(() => startTimer(once, 0))
    }, inMs)
  }
  const end = (): void => {
    turn += 1
    stopTimer(timer)
  }
  const look = (): void => {
    lookLater(badSinceMs === null ? lookMs : lookAgainMs)
    if (bare(page).hidden) return
    const reason = problemOf(page, host)
    // What covers it again before the next look covers it for good.
    if (reason === 'indicator.covered' || isUnderModal(page, host)) raise()
    if (reason === null) {
      badSinceMs = null
      return
    }
    badSinceMs ??= nowMs()
    if (nowMs() - badSinceMs < patienceMs) return
    end()
    lost(reason)
  }
  lookLater(lookMs)
  return end
}

/** Why a person could not see it now; null where they can. */
export function problemOf(page: Document, host: HTMLElement): string | null {
  if (!host.isConnected) return 'indicator.removed'
  if (!host.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true })) return 'indicator.hidden'
  const view = page.defaultView ?? window
  const style = view.getComputedStyle(host)
  if (
    Number(style.opacity) < 0.5 ||
    style.filter !== 'none' ||
    style.clipPath !== 'none' ||
    style.maskImage !== 'none' ||
    style.mixBlendMode !== 'normal' ||
    style.pointerEvents === 'none'
  )
    return 'indicator.hidden'
  const rect = host.getBoundingClientRect()
  if (rect.width < smallestWidthCssPx || rect.height < smallestHeightCssPx) return 'indicator.small'
  if (rect.left < 0 || rect.top < 0 || rect.right > view.innerWidth || rect.bottom > view.innerHeight) return 'indicator.outside'
  return isCovered(page, host, rect) ? 'indicator.covered' : null
}

function isCovered(page: Document, host: HTMLElement, rect: DOMRect): boolean {
  const y = rect.top + rect.height / 2
  const isHit = (share: number): boolean => bare(page).elementFromPoint(rect.left + rect.width * share, y) === host
  if (isHit(0.2) ? isHit(0.5) || isHit(0.8) : isHit(0.5) && isHit(0.8)) return false
  // A modal dialog and a fullscreen element make all else inert, so that nothing else is hit wherever it lies.
  return modalsOf(page).length === 0
}

/** Whether a modal dialog or a fullscreen element stands where the indicator does: which of them is on top can't be asked. */
function isUnderModal(page: Document, host: HTMLElement): boolean {
  const { left, top } = host.getBoundingClientRect()
  return modalsOf(page).some((dialog) => {
    const over = dialog.getBoundingClientRect()
    return over.right > left && over.bottom > top
  })
}

/** By tag: a selector is held against every element of the page. */
function modalsOf(page: Document): readonly Element[] {
  const dialogs = [...bare(page).getElementsByTagName('dialog')].filter((dialog) => dialog.matches(':modal'))
  const { fullscreenElement } = bare(page)
  return fullscreenElement === null ? dialogs : [...dialogs, fullscreenElement]
}
