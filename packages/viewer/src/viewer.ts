import type { Step } from '@overt/schema'

import { describeAction } from './describe.ts'
import { element, withChips } from './element.ts'
import { drawPage, type DrawnPage, type Mark } from './page.ts'
import { viewerStyle } from './style.ts'

/** What the viewer shows first, and whom it tells. */
export interface ViewerOptions {
  readonly steps?: readonly Step[]
  /** Told whenever another step is shown; -1 where there is none. */
  readonly onShow?: (index: number) => void
  /** `target`: only the surroundings of what was acted on, large enough to read. */
  readonly extent?: 'page' | 'target'
  /** Marks beside the element acted on: an agent's candidates. */
  readonly marks?: readonly Mark[]
}

/** A mounted step viewer: stepped by index, never by the clock. */
export interface Viewer {
  readonly index: number
  /** Shows one step: the page before the action, or the page that came after it. Out of range: the nearest. */
  show(index: number, when?: 'before' | 'after'): void
  replace(steps: readonly Step[]): void
  dispose(): void
}

/** What part of a page is shown, in its own CSS pixels. */
interface Extent {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** Mounts a viewer in a shadow root of the host, so that neither's style touches the other. */
export function mountViewer(host: HTMLElement, options: ViewerOptions = {}): Viewer {
  const { stage, dispose } = openStage(host)
  let steps = options.steps ?? []
  let index = -1
  const show = (wanted: number, when: 'before' | 'after' = 'before') => {
    index = Math.max(-1, Math.min(wanted, steps.length - 1))
    const step = steps[index]
    if (step === undefined) stage.replaceChildren(element('p', 'nothing', ['No steps yet']))
    else drawStep(stage, step, when === 'after' ? steps[index + 1] : undefined, options)
    options.onShow?.(index)
  }
  show(0)
  return {
    get index() {
      return index
    },
    show,
    replace(next) {
      steps = next
      show(index === -1 ? 0 : index)
    },
    dispose,
  }
}

/** The stage knows its own width; how the page is scaled follows from it in the style. */
function openStage(host: HTMLElement): { readonly stage: HTMLElement; readonly dispose: () => void } {
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' })
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(viewerStyle)
  root.adoptedStyleSheets = [sheet]
  const stage = element('div', 'stage')
  root.replaceChildren(stage)
  const resized = new ResizeObserver(() => stage.style.setProperty('--stage', String(stage.clientWidth)))
  resized.observe(stage)
  stage.style.setProperty('--stage', String(stage.clientWidth))
  return {
    stage,
    dispose() {
      resized.disconnect()
      root.replaceChildren()
    },
  }
}

function drawStep(stage: HTMLElement, step: Step, after: Step | undefined, options: ViewerOptions): void {
  const { observation } = after ?? step
  const target = after === undefined ? step.action.target : null
  const own: readonly Mark[] =
    target === null ? [] : [{ node: target.node, kind: 'target', label: describeAction(step.action).argument, strength01: 1 }]
  const page = drawPage(observation, [...(options.marks ?? []), ...own], after === undefined ? step.action.point : null)
  const shown = extentOf(page, options.extent === 'target' ? (target?.box ?? null) : null)
  const frame = element('div', 'frame', [page.host])
  frame.style.aspectRatio = `${shown.width} / ${shown.height}`
  for (const [name, value] of Object.entries(shown)) frame.style.setProperty(`--${name}`, String(value))
  const stale = observation.status === 'stale' ? [element('span', 'stale', ['older than the action'])] : []
  stage.replaceChildren(element('div', 'address', [...withChips(observation.url), ...stale]), frame)
}

const nearWidthCssPx = 560
const nearHeightCssPx = 300

function extentOf(page: DrawnPage, box: readonly [number, number, number, number] | null): Extent {
  if (box === null) return { left: 0, top: 0, width: page.widthCssPx, height: page.heightCssPx }
  const width = Math.min(nearWidthCssPx, page.widthCssPx)
  const height = Math.min(nearHeightCssPx, page.heightCssPx)
  const within = (centre: number, length: number, whole: number) => Math.max(0, Math.min(centre - length / 2, whole - length))
  return {
    left: within(box[0] + box[2] / 2, width, page.widthCssPx),
    top: within(box[1] + box[3] / 2, height, page.heightCssPx),
    width,
    height,
  }
}
