import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { cheats, runCheat, type Caught, type Cheat } from '../tests/operator-cheats.fixture.ts'
import { runHonest, type Honest } from '../tests/operator-honest.fixture.ts'
import { buildAll } from './build.ts'

const sessions = 1_000
const seed = 20_261_128

/** Runs the twelve cheating deployments and a thousand honest sessions, and writes `docs/malicious-operator.md`. Ends with 1 where one was not noticed, or an honest one accused. */
async function main(root: string): Promise<void> {
  // The recorder of the covered sign is the built one.
  await buildAll(root)
  const caught: (readonly [Cheat, Caught])[] = []
  for (const cheat of cheats) {
    const found = await runCheat(cheat)
    caught.push([cheat, found])
    process.stdout.write(`${isNoticed(cheat, found) ? 'noticed' : 'MISSED '}  ${cheat.name}\n`)
  }
  const honest = await runHonest(sessions, seed)
  process.stdout.write(`${honest.alarms.length + honest.refusals.length} alarms in ${honest.sessions} honest sessions\n`)
  writeFileSync(join(root, 'docs/malicious-operator.md'), page(caught, honest))
  const sound = caught.every(([cheat, found]) => isNoticed(cheat, found)) && honest.alarms.length + honest.refusals.length === 0
  process.exitCode = sound ? 0 : 1
}

function isNoticed(cheat: Cheat, found: Caught): boolean {
  return !found.early && found.kinds.includes(cheat.finds)
}

function page(caught: readonly (readonly [Cheat, Caught])[], honest: Honest): string {
  const rows = caught.map(([cheat, found]) => {
    const when = isNoticed(cheat, found) ? `${found.afterMs / 1_000} s` : 'not noticed'
    return `| ${cheat.name} | ${cheat.how} | ${found.by ?? '-'} | ${found.kinds.map((kind) => `\`${kind}\``).join(' ')} | ${when} |`
  })
  const noticed = caught.filter(([cheat, found]) => isNoticed(cheat, found)).length
  const acts = Object.entries(honest.acts).map(([act, count]) => `| ${act} | ${count} |`)
  return `${[
    '# The malicious operator',
    '',
    'Made by `npm run operator`; the short form of it is `tests/operator.test.ts`. Each deployment is a real server over a real store, with what its operator does wrong put in front of it or into it. It faces two that it does not control: the person’s own client (`checkOwn` of `@overt/privacy/ledger`, over HTTP) and a witness (`witnessCheckpoint`, over HTTP). Both look once a minute, by a clock that the run moves, for the first time a minute after the deed; the time is from the deed to the first look that notices.',
    '',
    `**${noticed} of ${caught.length} were noticed, each within five minutes.**`,
    '',
    '| deployment | what its operator does | noticed by | found | after |',
    '|---|---|---|---|---|',
    ...rows,
    '',
    `**${honest.alarms.length + honest.refusals.length} alarms in ${honest.sessions} honest sessions** (seed ${seed}): real servers over HTTP, fifty sessions each, ${honest.checks} checks by clients and a look by the witness after every session. Persons’ clocks are up to two minutes off. What happened in them:`,
    '',
    '| | times |',
    '|---|---|',
    ...acts,
    '',
    '## What this does not show',
    '',
    '- A read, an export or a copy that is made past the program, by somebody who has the folder and its keys, leaves no entry and is noticed by nobody here. That reads are entered is shown by the person’s own looks alone: a deployment that enters those and hides others is not noticed.',
    '- The decrypt challenge is answered by the server. It shows keys that were not destroyed, not a copy that was put away before.',
    '- A history that is shown to one person alone is noticed with a witness, or with what that person’s client saw before. A client that is new, and no witness, can’t tell.',
    '- An operator who enters no withdrawal is noticed by that. What was used meanwhile is told apart from late entries only beyond five minutes, by which honest clocks may differ.',
  ].join('\n')}\n`
}

if (import.meta.main) await main(join(import.meta.dirname, '..'))
