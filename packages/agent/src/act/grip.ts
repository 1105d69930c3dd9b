import type { Frame, Page } from 'playwright-core'

/** A native select as it stands. */
export interface SelectState {
  readonly multiple: boolean
  /** More than one line: a list on the page, no popup. */
  readonly list: boolean
  readonly labels: readonly string[]
  readonly chosen: readonly number[]
  /** Centres of the options in CSS pixels of the viewport; empty for a popup. */
  readonly centres: readonly (readonly [number, number])[]
}

/** What a hand needs to know of an element, measured now. Positions in CSS pixels of the viewport. */
export interface Probe {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly tag: string
  readonly inputType: string
  readonly focused: boolean
  readonly checked: boolean
  readonly value: string
  /** It offers suggestions for what is typed. */
  readonly suggests: boolean
  readonly select: SelectState | null
}

/** An element held on to, however it was found; `probe` brings it into view and measures it, null where it is gone or has no box. */
export interface Grip {
  readonly page: Page
  probe(): Promise<Probe | null>
}

/** Runs in the page: brings the element into view and measures it. Must not refer to anything outside itself. */
export function probeElement(element: Element): Probe | null {
  const measure = (): DOMRect => element.getBoundingClientRect()
  const outside = (box: DOMRect): boolean => {
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
    if (x < 0 || y < 0 || x >= innerWidth || y >= innerHeight) return true
    for (let up = element.parentElement; up !== null; up = up.parentElement) {
      const clip = up.getBoundingClientRect()
      if (getComputedStyle(up).overflow !== 'visible' && (x < clip.left || x >= clip.right || y < clip.top || y >= clip.bottom)) return true
    }
    return false
  }
  if (!element.isConnected) return null
  if (outside(measure())) element.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' })
  const box = measure()
  if (box.width === 0 || box.height === 0) return null
  const select = element instanceof HTMLSelectElement ? element : null
  const list = select !== null && (select.multiple || select.size > 1)
  const value = 'value' in element && typeof element.value === 'string' ? element.value : ''
  return {
    x: box.x,
    y: box.y,
    width: box.width,
    height: box.height,
    tag: element.tagName.toLowerCase(),
    inputType: element instanceof HTMLInputElement ? element.type : '',
    focused: element.getRootNode() instanceof ShadowRoot ? element.matches(':focus') : document.activeElement === element,
    checked: element.matches(':checked') || element.getAttribute('aria-checked') === 'true',
    value,
    suggests: element.matches('[aria-autocomplete],[role=combobox],[list],[autocomplete=off]'),
    select:
      select === null
        ? null
        : {
            multiple: select.multiple,
            list,
            labels: Array.from(select.options, (option) => option.label.replace(/\s+/g, ' ').trim()),
            chosen: Array.from(select.selectedOptions, (option) => option.index),
            centres: !list
              ? []
              : Array.from(select.options, (option): [number, number] => {
                  const line = option.getBoundingClientRect()
                  return [line.x + line.width / 2, line.y + line.height / 2]
                }),
          },
  }
}

/** Holds on to the first element that a selector finds in a frame. */
export function gripSelector(frame: Frame, selector: string): Grip {
  return {
    page: frame.page(),
    probe: async () => {
      const handle = await frame.$(selector)
      if (handle === null) return null
      const seen = await handle.evaluate(probeElement)
      await handle.dispose()
      return seen === null ? null : moved(seen, await originOf(frame))
    },
  }
}

/** Where a frame begins in the page's viewport, in CSS pixels. */
async function originOf(frame: Frame): Promise<readonly [number, number]> {
  if (frame.parentFrame() === null) return [0, 0]
  const element = await frame.frameElement()
  const box = await element.boundingBox()
  await element.dispose()
  return [box?.x ?? 0, box?.y ?? 0]
}

function moved(probe: Probe, [left, top]: readonly [number, number]): Probe {
  const { select } = probe
  const centres = select?.centres.map(([x, y]): [number, number] => [x + left, y + top]) ?? []
  return { ...probe, x: probe.x + left, y: probe.y + top, select: select === null ? null : { ...select, centres } }
}
