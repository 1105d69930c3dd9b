import { roles } from './role.ts'
import type { Policy, Question } from './policy.ts'
import type { Why } from './gate.ts'

/** Everyone that a route may be called by. */
export const callers = ['visitor', 'device', ...roles] as const
export type Caller = (typeof callers)[number]

/** `passkey`: once one was touched. */
export type Cell = 'yes' | 'passkey' | '-'

/** A route as the router has it. */
export interface MatrixRoute {
  readonly route: string
  readonly why: Why
  /** It takes what a device signed, and nothing else. */
  readonly signed: boolean
}

/** One row: what each caller may, and whether it is answered while everything is stopped. */
export interface MatrixRow extends MatrixRoute {
  readonly cells: Readonly<Record<Caller, Cell>>
  readonly whileStopped: boolean
}

/** What the policies say of every route of the router, by role, for accounts of the organisation's provider. */
export function matrixOf(policy: Policy, routes: readonly MatrixRoute[]): readonly MatrixRow[] {
  return routes
    .toSorted((left, right) => (left.route < right.route ? -1 : 1))
    .map((one) => {
      const cells = Object.fromEntries(callers.map((caller) => [caller, cellOf(policy, one, caller)])) as Record<Caller, Cell> // as: one for each caller
      const whileStopped = callers.some((caller) => policy.allows({ ...asked(one, caller), steppedUp: true, stopped: true }))
      return { ...one, cells, whileStopped }
    })
}

function cellOf(policy: Policy, one: MatrixRoute, caller: Caller): Cell {
  // What a device signs is taken from a device: the ingest refuses whoever did not sign.
  if (one.signed && caller !== 'device') return '-'
  const question = asked(one, caller)
  if (policy.allows(question)) return 'yes'
  return policy.allows({ ...question, steppedUp: true }) ? 'passkey' : '-'
}

function asked({ route, why, signed }: MatrixRoute, caller: Caller): Question {
  const purpose = why === 'asked' ? 'ground' : why
  return { route, who: whoOf(caller, signed), purpose, steppedUp: false, stopped: false }
}

/** Without a signature a device is a visitor like any other. */
function whoOf(caller: Caller, signed: boolean): Question['who'] {
  if (signed) return 'device'
  return caller === 'visitor' || caller === 'device' ? 'visitor' : { roles: [caller], by: 'provider' }
}

/** The matrix as a page, for whoever has to agree to it. */
export function matrixPage(rows: readonly MatrixRow[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [
    '# Every route by every role',
    '',
    'Made from the router and the policies in `apps/server/policies` by `apps/server/src/access/matrix.test.ts`, which also calls each route as each role on a running server and is red where an answer differs, or where a route is in one and not in the other. `vitest run -u` on that file writes it anew.',
    '',
    '`yes`: answered. `passkey`: answered once a passkey was touched within five minutes. `-`: refused. `purpose`: what the policies are asked with; `asked` is one of the seven purposes, which the caller names. `stopped`: whether anyone is still answered while the kill switch is thrown. Accounts are those of the organisation’s provider; at a folder’s own machine, signed in by the link, a person needs no passkey.',
    '',
    line(['route', 'purpose', ...callers, 'stopped']),
    line(['---', '---', ...callers.map(() => '---'), '---']),
    ...rows.map(({ route, why, cells, whileStopped }) =>
      line([`\`${route}\``, why, ...callers.map((caller) => cells[caller]), whileStopped ? 'yes' : '-']),
    ),
    '',
  ].join('\n')
}
