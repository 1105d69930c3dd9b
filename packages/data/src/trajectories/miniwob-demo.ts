/** One element of a demonstration's page, as MiniWoB's recorder wrote it (`core.getDOMInfo`). */
export interface DemoNode {
  /** `DIV`, `INPUT_text`, `t` for a piece of text beside elements. */
  readonly tag: string
  /** Stable for elements, not for pieces of text (those are negative). */
  readonly ref: number
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
  readonly id: string
  readonly classes: string
  readonly text: string
  readonly value: string | boolean
  readonly background: string
  readonly focused: boolean
  readonly target: boolean
  readonly children: readonly DemoNode[]
}

/** What the recorder saw: each event stands there twice, before (`timing` 1) and after (3) the page handled it. */
export interface DemoAct {
  readonly type: string
  readonly timing: number
  readonly x: number
  readonly y: number
  readonly keyCode: number
  readonly charCode: number
}

/** The page at one moment of a demonstration, and what the person did there. */
export interface DemoState {
  readonly timeMs: number
  readonly act: DemoAct | null
  readonly page: DemoNode
}

/** One recorded human demonstration of a MiniWoB++ task. */
export interface Demo {
  readonly name: string
  readonly utterance: string
  readonly rawReward: number
  readonly states: readonly DemoState[]
}

type Json = Readonly<Record<string, unknown>>

/** Reads a line of a demonstration file; `undefined` where it isn't one. */
export function readDemo(value: unknown): Demo | undefined {
  if (!isRecord(value) || typeof value['utterance'] !== 'string' || typeof value['rawReward'] !== 'number') return undefined
  const states = Array.isArray(value['states']) ? value['states'].map(readState) : []
  if (states.length === 0 || states.includes(undefined)) return undefined
  return {
    name: text(value['demo']),
    utterance: value['utterance'],
    rawReward: value['rawReward'],
    states: states.filter((state) => state !== undefined),
  }
}

function readState(value: unknown): DemoState | undefined {
  if (!isRecord(value)) return undefined
  const page = readNode(value['dom'])
  return page === undefined ? undefined : { timeMs: amount(value['time']), act: readAct(value['action']), page }
}

function readAct(value: unknown): DemoAct | null {
  if (!isRecord(value)) return null
  return {
    type: text(value['type']),
    timing: amount(value['timing']),
    x: amount(value['x']),
    y: amount(value['y']),
    keyCode: amount(value['keyCode']),
    charCode: amount(value['charCode']),
  }
}

function readNode(value: unknown): DemoNode | undefined {
  if (!isRecord(value) || typeof value['tag'] !== 'string' || typeof value['ref'] !== 'number') return undefined
  const children = Array.isArray(value['children']) ? value['children'] : []
  return {
    tag: value['tag'],
    ref: value['ref'],
    left: amount(value['left']),
    top: amount(value['top']),
    width: amount(value['width']),
    height: amount(value['height']),
    id: text(value['id']),
    classes: text(value['classes']),
    text: text(value['text']),
    value: typeof value['value'] === 'boolean' ? value['value'] : text(value['value']),
    background: text(value['bgColor']),
    focused: value['focused'] === true,
    target: value['recordingTarget'] === true,
    children: children.map(readNode).filter((child) => child !== undefined),
  }
}

function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function amount(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0
}
