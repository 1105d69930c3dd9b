import { createHash } from 'node:crypto'

import * as oidc from 'openid-client'

import { ServerError } from '../error.ts'
import { outgoing, type Reach, type Resolve } from './outgoing.ts'
import { roles, type Account, type Role } from './role.ts'

/** The organisation's provider of accounts, by OpenID Connect. */
export interface ProviderOptions {
  readonly issuer: string
  readonly clientId: string
  /** A public client, held by PKCE alone, has none. */
  readonly clientSecret?: string
  /** `private`: the issuer may be inside the organisation's network; plain http then on loopback alone. */
  readonly reach?: Reach
  /** The claim that names groups; `groups` by default. */
  readonly rolesClaim?: string
  /** Which group is which role. Everyone who signs in is a person. */
  readonly roles: Readonly<Record<string, Role>>
  /** How names are resolved; the system's way by default. */
  readonly resolve?: Resolve
}

/** What a sign-in has to remember until it comes back. */
export interface Flow {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
}

/** The server's side of OpenID Connect: authorization code with PKCE, state and nonce. */
export interface Provider {
  start(back: string): Promise<{ readonly to: string; readonly flow: Flow }>
  /** The account behind an answer. Throws where anything of it does not fit: issuer, state, nonce, audience, signature. */
  finish(flow: Flow, answer: URL): Promise<Account>
}

/** Asks the issuer what it is at the first sign-in. Throws `ServerError` where the options can't be meant. */
export function openProvider(options: ProviderOptions): Provider {
  assertIssuer(options)
  let known: Promise<oidc.Configuration> | undefined
  const configuration = () =>
    (known ??= discover(options).catch((error: unknown) => {
      known = undefined
      throw error
    }))
  return {
    async start(back) {
      const config = await configuration()
      const flow = { state: oidc.randomState(), nonce: oidc.randomNonce(), verifier: oidc.randomPKCECodeVerifier() }
      const to = oidc.buildAuthorizationUrl(config, {
        redirect_uri: back,
        scope: 'openid',
        state: flow.state,
        nonce: flow.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(flow.verifier),
        code_challenge_method: 'S256',
      })
      return { to: to.href, flow }
    },
    async finish({ state, nonce, verifier }, answer) {
      const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true }
      const tokens = await oidc.authorizationCodeGrant(await configuration(), answer, checks)
      const claims = tokens.claims()
      if (claims === undefined) throw new Error('the provider gave no id token')
      return accountOf(claims, options)
    },
  }
}

async function discover(options: ProviderOptions): Promise<oidc.Configuration> {
  const { issuer, clientId, clientSecret, reach = 'public', resolve } = options
  const insecure = new URL(issuer).protocol === 'http:'
  const config = await oidc.discovery(
    new URL(issuer),
    clientId,
    {},
    clientSecret === undefined ? oidc.None() : oidc.ClientSecretBasic(clientSecret),
    {
      [oidc.customFetch]: outgoing(reach, resolve),
      // An id token is believed by its signature, not by the line it came through.
      execute: [oidc.enableNonRepudiationChecks, ...(insecure ? [oidc.allowInsecureRequests] : [])],
    },
  )
  // A provider that does not say so might drop the challenge, and a stolen code would be enough.
  if (!config.serverMetadata().supportsPKCE()) throw new Error(`${issuer} does not support PKCE with S256`)
  return config
}

function assertIssuer({ issuer, reach, roles: groups }: ProviderOptions): void {
  const url = URL.parse(issuer)
  const loopback = url !== null && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)
  if (url === null || (url.protocol !== 'https:' && !(url.protocol === 'http:' && loopback && reach === 'private')))
    throw unmeant(`The issuer ${issuer} is not an https address.`)
  const unknown = Object.values(groups).filter((role) => !roles.includes(role))
  if (unknown.length > 0) throw unmeant(`There is no role ${unknown.join(', ')}; there are ${roles.join(', ')}.`)
}

function unmeant(what: string): ServerError {
  return new ServerError('provider', what, 'Correct the access file.', 3)
}

function accountOf(claims: oidc.IDToken, { rolesClaim = 'groups', roles: groups }: ProviderOptions): Account {
  const { sub, [rolesClaim]: claimed } = claims
  const names = Array.isArray(claimed) ? claimed.filter((one) => typeof one === 'string') : []
  const held = names.filter((one) => Object.hasOwn(groups, one)).flatMap((one) => groups[one] ?? [])
  return { id: sub, person: personOf(sub), roles: [...new Set<Role>(['person', ...held])], by: 'provider' }
}

/** Persons are named by what fits into an id; another subject by its hash. */
function personOf(subject: string): string {
  if (/^(?!p-)[A-Za-z0-9_.-]{1,64}$/.test(subject)) return subject
  return `p-${createHash('sha256').update(subject).digest('base64url')}`
}
