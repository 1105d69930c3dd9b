import type { EvaluationReport } from '@overt/agent'

import type { CorrectionReport } from './correction.ts'
import type { ErasureReport } from './erasure.ts'
import type { HumanReport } from './human.ts'
import type { Phase } from './stages.ts'

/** What `overt demo --json` prints. */
export interface DemoReport {
  readonly phases: readonly Phase[]
  /** From "dependencies ready" to the end of the agent's first held-out task. */
  readonly readyToAgentMs: number
  readonly agent: { readonly successes: number; readonly n: number; readonly tasks: EvaluationReport['tasks'] }
  readonly baselines: { readonly random: number; readonly stringMatch: number; readonly macroReplay: number }
  readonly curve: readonly { readonly demonstrations: number; readonly success: number }[]
  readonly human: HumanReport | null
  /** What was recorded after someone took over from the agent; null where nobody did. */
  readonly correction: CorrectionReport | null
  readonly erased: Omit<ErasureReport, 'ledger' | 'reached'>
  readonly ledger: ErasureReport['ledger']
  readonly folder: string
}

const percent = (share01: number): string => `${(share01 * 100).toFixed(1)}%`

/** The report as a table for people. */
export function tableOf(report: DemoReport): readonly string[] {
  const { agent, baselines, curve, human, correction, erased, ledger } = report
  return [
    '',
    ...agent.tasks.map(
      ({ name, n, successes, wilson: [low, high] }) =>
        `  ${name.padEnd(18)} ${String(successes).padStart(3)} of ${n}   [${percent(low)}, ${percent(high)}]`,
    ),
    '',
    `  The agent          ${agent.successes} of ${agent.n} held-out tasks (${percent(agent.successes / agent.n)})`,
    `  Random             ${percent(baselines.random)}`,
    `  String match       ${percent(baselines.stringMatch)}`,
    `  Macro replay       ${percent(baselines.macroReplay)}`,
    `  Learning curve     ${curve.map(({ demonstrations, success }) => `${demonstrations}: ${percent(success)}`).join('   ')}`,
    human === null
      ? '  Human data         not run: no demonstrations here (name their folder with --miniwob-demos)'
      : `  Human data         ${percent(human.mean)} ${human.measure === 'success' ? 'success' : 'of next actions'} on ${human.tasks} MiniWoB++ tasks, from ${human.demonstrations} people's demonstrations`,
    correction === null
      ? '  The correction     none: nobody took over from the agent'
      : `  The correction     ${correction.steps} steps, recorded for learning${correction.success ? '' : ', but not done as the goal says'}`,
    `  Erased             planted string found ${erased.canaryHitsBefore} times before, ${erased.canaryHits} after; ${erased.decrypts} ciphertexts still open`,
    `  Ledger             ${ledger.ok ? 'holds' : 'DOES NOT HOLD'}, ${ledger.size} entries`,
    `  Ready to agent     ${(report.readyToAgentMs / 1000).toFixed(1)} s`,
    `  This run lies in   ${report.folder}`,
  ]
}
