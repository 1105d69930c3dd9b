import { launchBrowser, runAgent, type AgentStep, type Answer, type Proposal } from '@overt/agent'
import type { Purpose } from '@overt/schema'
import { createInterface } from 'node:readline/promises'

import { textFlag, type Flags } from '../command.ts'
import { counted } from '../terminal/counted.ts'
import { CliError, exitCode } from '../terminal/failure.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { pathFlag, purposesFlag, requireFlag, wholeFlag } from '../terminal/value.ts'
import { openModel } from './model-file.ts'

const endings = { finished: exitCode.done, stopped: exitCode.done, stuck: exitCode.failed, bound: exitCode.failed } as const
/** What doing something on a page may be for; an evaluation and a takeover have commands of their own. */
const jobs: ReadonlySet<Purpose> = new Set(['ground', 'assist', 'automate'])
const answers: Readonly<Record<string, Answer>> = { y: 'approve', '': 'approve', n: 'reject', t: 'take-over', s: 'stop' }

/** `overt agent`: does a job on a page in a real browser; a person can be asked, and can take over. */
export async function run(terminal: Terminal, _args: readonly string[], flags: Flags): Promise<void> {
  const approve = textFlag(flags, 'approve')
  if (approve !== 'each' && approve !== 'risky' && approve !== 'never')
    throw new CliError('OVT-1705', exitCode.usage, `--approve "${approve ?? ''}" is none of each, risky, never.`, 'Choose one.')
  const purpose = jobPurpose(flags)
  const url = pageAddress(flags)
  const model = await openModel(terminal, pathFlag(flags, 'model', 'the model file'))
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
    terminal.result(report, [`${report.end} after ${counted(report.steps.length, 'action')}, ${counted(report.takeovers, 'takeover')}.`])
    process.exitCode = unanswered ? exitCode.refused : endings[report.end]
  } finally {
    await browser.close()
  }
}

/** What the job is for, as whoever gives it says: the model's purposes are what it is held against. */
function jobPurpose(flags: Flags): Purpose {
  const [purpose, ...others] = purposesFlag(flags, 'purpose')
  if (purpose !== undefined && others.length === 0 && jobs.has(purpose)) return purpose
  throw new CliError('OVT-1705', exitCode.usage, '--purpose names no purpose of a job.', `Choose one of ${[...jobs].join(', ')}.`)
}

/** A page of the web: through another scheme an agent would read this machine's files. */
function pageAddress(flags: Flags): string {
  const url = requireFlag(flags, 'url', 'the page to start at')
  if (/^https?:$/.test(URL.parse(url)?.protocol ?? '')) return url
  throw new CliError('OVT-1705', exitCode.usage, `--url "${url}" is no web address.`, 'Write it whole: http://127.0.0.1:8080/orders.')
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
