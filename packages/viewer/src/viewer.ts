import type { ObservationNode, Step } from '@overt/schema'

import { describeAction } from './describe.ts'
import { element, withChips } from './element.ts'
import { drawPage, type Mark } from './page.ts'
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
  const shown = extentOf(observation, options.extent === 'target' ? (target?.node ?? null) : null)
  const frame = element('div', 'frame', [page])
  frame.style.aspectRatio = `${shown.width} / ${shown.height}`
  for (const [name, value] of Object.entries(shown)) frame.style.setProperty(`--${name}`, String(value))
  const stale = observation.status === 'stale' ? [element('span', 'stale', ['older than the action'])] : []
  stage.replaceChildren(element('div', 'address', [...withChips(observation.url), ...stale]), frame)
}

const nearWidthCssPx = 560
const nearHeightCssPx = 300
const inDialogHeightCssPx = 340
const marginCssPx = 16

type Box = ObservationNode['box']

/** The whole page, or the surroundings of a node: in a dialog that fits, the dialog from edge to edge and as much of its height as is read at once; else the part of the page around the node. */
export function extentOf(
  { nodes, viewport }: Pick<Step['observation'], 'nodes' | 'viewport'>,
  near: number | null,
): { readonly left: number; readonly top: number; readonly width: number; readonly height: number } {
  const node = nodes.find((candidate) => candidate.id === near)
  if (node === undefined) return { left: 0, top: 0, width: viewport.width, height: viewport.height }
  const dialog = dialogAround(nodes, node)
  const [x, y, wide, high] = dialog === null ? [0, 0, viewport.width, viewport.height] : widened(dialog)
  const width = Math.min(dialog === null ? nearWidthCssPx : wide, viewport.width)
  const height = Math.min(dialog === null ? nearHeightCssPx : inDialogHeightCssPx, high, viewport.height)
  const within = (wanted: number, least: number, most: number) => Math.max(least, Math.min(wanted, most))
  const [left, top, nodeWide, nodeHigh] = node.box
  return {
    left: within(within(left + nodeWide / 2 - width / 2, x, x + wide - width), 0, viewport.width - width),
    top: within(within(top + nodeHigh / 2 - height / 2, y, y + high - height), 0, viewport.height - height),
    width,
    height,
  }
}

function widened([left, top, width, height]: Box): Box {
  return [left - marginCssPx, top - marginCssPx, width + 2 * marginCssPx, height + 2 * marginCssPx]
}

function dialogAround(nodes: readonly ObservationNode[], node: ObservationNode): Box | null {
  for (let at = nodes[node.parent]; at !== undefined; at = nodes[at.parent])
    if (at.role.endsWith('dialog') && at.box[2] <= nearWidthCssPx) return at.box
  return null
}
