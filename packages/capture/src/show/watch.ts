import { bare } from '../bare.ts'
import { nowMs, runBeforeDrawn, startTimer, stopTimer } from '../natives.ts'
import { type Area, overlap } from '../sense/geometry.ts'

/** A hidden indicator stops the recorder within a second and a half, so that a page which is busy still ends in the two that are promised. */
const lookMs = 450
const lookAgainMs = 150
const patienceMs = 900
const smallestWidthCssPx = 60
const smallestHeightCssPx = 16
/** The least that a browser takes. */
const askedEachMs = 100

/** A host in the page, and what it shows in its shadow root. */
export interface Shown {
  readonly host: HTMLElement
  readonly box: HTMLElement
}

/** https://w3c.github.io/IntersectionObserver/v2/, which no library knows yet. */
interface Painted extends IntersectionObserverEntry {
  readonly isVisible?: boolean
}

/** A watch that has begun. */
export interface Watching {
  /** Whether a person can see the host now, as far as is known. */
  isSeen(): boolean
  end(): void
}

/** Watches that a host can be seen. `raise` brings it to the top again; `lost` is called once, with why. */
export function watch(given: Document, shown: Shown, raise: () => void, lost: (reason: string) => void): Watching {
  const page = bare(given)
  let badSinceMs: number | null = null
  let timer = 0
  let turn = 0
  let painted = true
  // Chromium says whether what it painted can be seen, whatever lies over it: also what takes no pointer, and what is behind a dialog. Others say nothing of it. In a frame it says so of the whole page: there what is scrolled away is not covered. In a frame of another origin it says no too where something may lie over the frame anywhere, and tells of no scrolling, so it is not asked: what the pages around do with such a frame nobody notices.
  const asked: object = { trackVisibility: true, delay: askedEachMs }
  const observer = new IntersectionObserver((entries: readonly Painted[]) => {
    const last = entries.at(-1)
    painted = last?.isVisible !== false || (!isOutermost(page) && !last.isIntersecting)
  }, asked)
  if (isOfOneOrigin(page)) observer.observe(shown.box)
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
    observer.disconnect()
  }
  const looked = (): string | null => {
    const reason = problemOf(page, shown) ?? (painted ? null : 'indicator.covered')
    // What covers it again before the next look covers it for good.
    if (reason === 'indicator.covered' || isUnderModal(page, shown.host)) raise()
    return reason
  }
  const look = (): void => {
    lookLater(badSinceMs === null ? lookMs : lookAgainMs)
    if (page.hidden) return
    const reason = attempt(looked)
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
  // What a dialog has behind it may only dim it, and not be told from what hides it: a press on Pause counts rather than not.
  return { isSeen: () => attempt(() => problemOf(page, shown)) === null, end }
}

/** `top` can't be another's: a window's own cannot be redefined. */
function isOutermost({ defaultView: view }: Document): boolean {
  return view !== null && view.top === view
}

/** Whether all pages around it can be asked from it. */
function isOfOneOrigin(page: Document): boolean {
  const around = page.defaultView?.frameElement?.ownerDocument
  return isOutermost(page) || (around !== undefined && isOfOneOrigin(bare(around)))
}

/** What cannot be asked is not known to be seen. */
function attempt(ask: () => string | null): string | null {
  try {
    return ask()
  } catch {
    return 'indicator.failed'
  }
}

/** Why a person could not see it now; null where they can. */
function problemOf(page: Document, { host, box }: Shown): string | null {
  if (!host.isConnected) return 'indicator.removed'
  if (!box.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true })) return 'indicator.hidden'
  const view = page.defaultView ?? window
  const style = view.getComputedStyle(host)
  if (
    Number(style.opacity) < 0.5 ||
    style.filter !== 'none' ||
    style.clipPath !== 'none' ||
    style.maskImage !== 'none' ||
    // What no other browser has is '' there.
    style.getPropertyValue('-webkit-mask-box-image-source').includes('(') ||
    style.mixBlendMode !== 'normal' ||
    style.pointerEvents === 'none'
  )
    return 'indicator.hidden'
  const rect = overlap(host.getBoundingClientRect(), box.getBoundingClientRect())
  if (rect.right - rect.left < smallestWidthCssPx || rect.bottom - rect.top < smallestHeightCssPx) return 'indicator.small'
  if (rect.left < 0 || rect.top < 0 || rect.right > view.innerWidth || rect.bottom > view.innerHeight) return 'indicator.outside'
  return isCovered(page, host, rect) ? 'indicator.covered' : null
}

function isCovered(page: Document, host: HTMLElement, { left, top, right, bottom }: Area): boolean {
  const isHit = (share: number): boolean => page.elementFromPoint(left + (right - left) * share, (top + bottom) / 2) === host
  if (isHit(0.2) ? isHit(0.5) || isHit(0.8) : isHit(0.5) && isHit(0.8)) return false
  // A modal dialog and a fullscreen element make all else inert, so that nothing else is hit wherever it lies.
  return modalsOf(page).length === 0
}

/** Whether a modal dialog or a fullscreen element stands where the indicator does: which of them is on top can't be asked. */
function isUnderModal(page: Document, host: HTMLElement): boolean {
  const { left, top } = host.getBoundingClientRect()
  return modalsOf(page).some((dialog) => {
    const over = bare(dialog).getBoundingClientRect()
    return over.right > left && over.bottom > top
  })
}

/** By tag: a selector is held against every element of the page. */
function modalsOf(page: Document): readonly Element[] {
  const dialogs = [...page.getElementsByTagName('dialog')].filter((dialog) => dialog.matches(':modal'))
  return page.fullscreenElement === null ? dialogs : [...dialogs, page.fullscreenElement]
}
