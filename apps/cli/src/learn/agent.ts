import { launchBrowser, runAgent, type AgentStep, type Answer, type Proposal } from '@overt/agent'
import { createInterface } from 'node:readline/promises'

import { textFlag, type Flags } from '../command.ts'
import { CliError, exitCode } from '../terminal/failure.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { pathFlag, requireFlag, wholeFlag } from '../terminal/value.ts'
import { openModel } from './model-file.ts'

const endings = { finished: exitCode.done, stopped: exitCode.done, stuck: exitCode.failed, bound: exitCode.failed } as const
const answers: Readonly<Record<string, Answer>> = { y: 'approve', '': 'approve', n: 'reject', t: 'take-over', s: 'stop' }

/** `overt agent`: does a job on a page in a real browser; a person can be asked, and can take over. */
export async function run(terminal: Terminal, _args: readonly string[], flags: Flags): Promise<void> {
  const approve = textFlag(flags, 'approve')
  if (approve !== 'each' && approve !== 'risky' && approve !== 'never')
    throw new CliError('OVT-1705', exitCode.usage, `--approve "${approve ?? ''}" is none of each, risky, never.`, 'Choose one.')
  const model = await openModel(terminal, pathFlag(flags, 'model', 'the model file'))
  const [purpose = 'ground'] = model.head.purposes
  const url = requireFlag(flags, 'url', 'the page to start at')
  if (!URL.canParse(url))
    throw new CliError('OVT-1705', exitCode.usage, `--url "${url}" is no address.`, 'Write it whole: http://127.0.0.1:8080/orders.')
  let unanswered = false
  const browser = await launchBrowser({ headless: flags['headless'] === true || process.env['DISPLAY'] === undefined })
  try {
    const report = await runAgent({
      browser,
      model,
      purpose,
      url,
      goal: requireFlag(flags, 'goal', 'what is to be done'),
      approve,
      ask: (proposal) => {
        unanswered = !terminal.input
        return ask(terminal, proposal)
      },
      onStep: (step) => terminal.say(`${words(step)}: ${step.acted}`),
      maxActions: wholeFlag(flags, 'maxActions', 1),
      signal: terminal.signal,
    })
    terminal.result(report, [`${report.end} after ${report.steps.length} actions, ${report.takeovers} takeovers.`])
    process.exitCode = unanswered ? exitCode.refused : endings[report.end]
  } finally {
    await browser.close()
  }
}

/** Where nobody can answer, what needs an answer is not done. */
async function ask(terminal: Terminal, proposal: Proposal): Promise<Answer> {
  if (!terminal.input) {
    terminal.say(
      `${words(proposal)}: needs a yes, and nobody is here to give it; stopping (OVT-1726). Use --approve never to let it act alone.`,
    )
    return 'stop'
  }
  const line = createInterface({ input: process.stdin, output: process.stderr })
  try {
    const said = await line.question(
      `${words(proposal)} (${proposal.risk ?? 'not risky'}, ${Math.round(proposal.p01 * 100)}% sure)? [Y]es, [n]o, [t]ake over, [s]top: `,
    )
    return answers[said.trim().toLowerCase().slice(0, 1)] ?? 'reject'
  } finally {
    line.close()
  }
}

function words(step: Pick<AgentStep, 'kind' | 'role' | 'name' | 'argument'>): string {
  return `${step.kind} ${step.role} "${step.name}"${step.argument === '' ? '' : ` "${step.argument}"`}`
}
