import { setTimeout as sleep } from 'node:timers/promises'
import type { Frame, Page } from 'playwright-core'

import { chooseOptions } from '../act/choose.ts'
import { gripSelector, type Grip } from '../act/grip.ts'
import { check, click, drag, hover, pressKey, scroll, typeText, type Acted } from '../act/hand.ts'
import { restOf, shortRest } from '../act/settle.ts'
import { AgentError } from '../error.ts'

/** One act of a page's scripted solution. */
export interface SolveStep {
  readonly kind: string
  readonly selector: string
  readonly text?: string
  readonly key?: string
}

/** Drives a page's `solve()` with trusted input until it has nothing more to do; gives the number of acts. `keyMs`: time between keys; `frame`: where the task is, if not the main frame. */
export async function driveSolve(
  page: Page,
  options: { readonly keyMs?: number; readonly most?: number; readonly frame?: Frame } = {},
): Promise<number> {
  const most = options.most ?? 60
  const frame = options.frame ?? page.mainFrame()
  await frame.evaluate('window.overtSolution = window.overtTask.solve()')
  for (let count = 0; count < most; count += 1) {
    const step = await frame.evaluate<SolveStep | null>(
      'Promise.resolve(window.overtSolution.next()).then(({ done, value }) => (done ? null : value))',
    )
    if (step === null) return count
    const acted = await take(frame, step, options.keyMs ?? 4)
    if (!acted.ok)
      throw new AgentError('OVT-1510', `The solution's act ${count + 1} (${step.kind} ${step.selector}) failed: ${acted.reason}.`)
    await frame.evaluate(restOf, shortRest)
  }
  throw new AgentError('OVT-1510', `The solution took more than ${most} acts.`)
}

async function take(frame: Frame, step: SolveStep, keyMs: number): Promise<Acted> {
  const grip = gripSelector(frame, step.selector)
  switch (step.kind) {
    case 'click':
      return click(grip)
    case 'double_click':
      return click(grip, { count: 2 })
    case 'right_click':
      return click(grip, { button: 'right' })
    case 'hover':
      return hover(grip)
    case 'check':
      return check(grip, step.text !== 'off')
    case 'type':
      return typeText(grip, step.text ?? '', keyMs)
    case 'key':
      return pressIn(grip, step)
    case 'select':
    case 'select_option':
      return chooseOptions(grip, (step.text ?? '').split('\u001f'))
    case 'scroll':
      return scroll(frame.page(), grip, step.key ?? 'down')
    case 'drag':
      return drag(grip, gripSelector(frame, step.text ?? ''))
    case 'wait':
      await sleep(40)
      return { ok: true }
    default:
      throw new AgentError('OVT-1510', `The solution asks for "${step.kind}", which no hand can do.`)
  }
}

/** A key goes to where the focus is; only a field that lacks it is clicked first. */
async function pressIn(grip: Grip, step: SolveStep): Promise<Acted> {
  const probe = await grip.probe()
  if (probe === null) return { ok: false, reason: 'gone' }
  if (!probe.focused && ['input', 'textarea', 'select'].includes(probe.tag)) await click(grip)
  return pressKey(grip.page, step.key ?? '')
}
