import type { Step } from '@overt/schema'

import { describeAction } from './describe.ts'
import { element, withChips } from './element.ts'
import { drawPage, type Mark } from './page.ts'
import { viewerStyle } from './style.ts'

/** What the viewer shows first, and whom it tells. */
export interface ViewerOptions {
  readonly steps?: readonly Step[]
  /** Told whenever another step is shown; -1 where there is none. */
  readonly onShow?: (index: number) => void
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

/** Mounts a viewer in a shadow root of the host, so that neither's style touches the other. */
export function mountViewer(host: HTMLElement, options: ViewerOptions = {}): Viewer {
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' })
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(viewerStyle)
  root.adoptedStyleSheets = [sheet]
  const stage = element('div', 'stage')
  root.replaceChildren(stage)
  let steps = options.steps ?? []
  let index = -1
  let widthCssPx = 1
  const fit = () => stage.style.setProperty('--scale', String(stage.clientWidth / widthCssPx))
  const resized = new ResizeObserver(fit)
  resized.observe(stage)
  const show = (wanted: number, when: 'before' | 'after' = 'before') => {
    index = Math.max(-1, Math.min(wanted, steps.length - 1))
    const step = steps[index]
    if (step === undefined) stage.replaceChildren(element('p', 'nothing', ['No steps yet']))
    else widthCssPx = drawStep(stage, step, when === 'after' ? steps[index + 1] : undefined, options.marks ?? [])
    fit()
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
    dispose() {
      resized.disconnect()
      root.replaceChildren()
    },
  }
}

function drawStep(stage: HTMLElement, step: Step, after: Step | undefined, marks: readonly Mark[]): number {
  const { observation, point } =
    after === undefined ? { observation: step.observation, point: step.action.point } : { observation: after.observation, point: null }
  const target = after === undefined ? step.action.target : null
  const own: readonly Mark[] =
    target === null ? [] : [{ node: target.node, kind: 'target', label: describeAction(step.action).argument, strength01: 1 }]
  const page = drawPage(observation, [...marks, ...own], point)
  const frame = element('div', 'frame', [page.host])
  frame.style.aspectRatio = `${page.widthCssPx} / ${page.heightCssPx}`
  const stale = observation.status === 'stale' ? [element('span', 'stale', ['older than the action'])] : []
  stage.replaceChildren(element('div', 'address', [...withChips(observation.url), ...stale]), frame)
  return page.widthCssPx
}
