import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import * as cedar from '@cedar-policy/cedar-wasm/nodejs'

import { ServerError } from '../error.ts'
import type { Account } from './role.ts'

/** The one folder that says who may what. */
export const policyFolder = join(import.meta.dirname, '../../policies')

/** May this one call this route, for this purpose, as things stand? */
export interface Question {
  /** `GET /v1/mine/sessions/{session}` */
  readonly route: string
  readonly who: Pick<Account, 'roles' | 'by'> | 'device' | 'visitor'
  readonly purpose: string
  readonly steppedUp: boolean
  readonly stopped: boolean
}

/** The policies, parsed. What they do not permit is denied, and so is a route that they do not know. */
export interface Policy {
  allows(question: Question): boolean
  /** The routes that they list. */
  readonly routes: readonly string[]
}

const folder = { type: 'Overt::Folder', id: 'this' }

/** Reads the policies. Throws `ServerError` where a file does not fit its schema: a server with half its rules does not start. */
export function openPolicy(dir = policyFolder): Policy {
  const files = readdirSync(dir).toSorted()
  const schema = readFileSync(join(dir, 'routes.cedarschema'), 'utf8')
  const rules = files.filter((name) => name.endsWith('.cedar')).map((name) => readFileSync(join(dir, name), 'utf8'))
  const policies = { staticPolicies: rules.join('\n') }
  const checked = cedar.validate({ schema, policies })
  const errors = checked.type === 'failure' ? checked.errors : checked.validationErrors.map(({ error }) => error)
  if (errors.length > 0) throw unfit(dir, errors.map(({ message }) => message).join('; '))
  cedar.preparseSchema(dir, schema)
  cedar.preparsePolicySet(dir, policies)
  return { allows: remembering((question) => decide(dir, question)), routes: routesIn(schema) }
}

/** Nothing in a question names an account, so there are few: asking Cedar takes 0.4 ms, which every batch would pay. */
function remembering(ask: (question: Question) => boolean): (question: Question) => boolean {
  const answers = new Map<string, boolean>()
  return (question) => {
    const key = JSON.stringify(question)
    const answer = answers.get(key) ?? ask(question)
    answers.set(key, answer)
    return answer
  }
}

function decide(name: string, { route, who, purpose, steppedUp, stopped }: Question): boolean {
  const account = typeof who === 'string' ? null : who
  const principal = account !== null ? 'Account' : who === 'device' ? 'Device' : 'Visitor'
  const uid = { type: `Overt::${principal}`, id: 'asking' }
  const parents = (account?.roles ?? []).map((role) => ({ type: 'Overt::Role', id: role }))
  const answer = cedar.statefulIsAuthorized({
    principal: uid,
    action: { type: 'Overt::Action', id: route },
    resource: folder,
    context: { purpose, steppedUp, stopped, signedInBy: account?.by ?? 'none' },
    preparsedSchemaName: name,
    preparsedPolicySetId: name,
    validateRequest: true,
    entities: [{ uid, attrs: {}, parents }],
  })
  // A failure is a route or a caller that the schema does not know, or a policy that broke while it was asked.
  return answer.type === 'success' && answer.response.decision === 'allow' && answer.response.diagnostics.errors.length === 0
}

function routesIn(schema: string): readonly string[] {
  const parsed = cedar.schemaToJson(schema)
  if (parsed.type === 'failure') throw new TypeError('a schema that was validated parses')
  return Object.keys(parsed.json['Overt']?.actions ?? {}).filter((name) => name.includes(' '))
}

function unfit(dir: string, why: string): ServerError {
  return new ServerError(
    'policy',
    `The access policies in ${dir} do not fit their schema: ${why}.`,
    'Correct that file, then start again.',
    3,
  )
}
