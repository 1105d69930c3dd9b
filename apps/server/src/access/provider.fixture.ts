import { generateKeyPairSync, randomUUID, sign } from 'node:crypto'
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'

import Provider from 'oidc-provider'

import type { ProviderOptions } from './provider.ts'

/** A real provider that runs here: `oidc-provider`, which its authors had certified. Anyone may sign in under any name. */
export interface Issuer {
  readonly options: ProviderOptions
  /** Lets one address get the answers; before, there is nothing. */
  allow(redirect: string): void
  close(): Promise<void>
}

export const clientSecret = 'a-secret-that-must-not-be-logged'

/** Opens one. `groups`: of which groups a name is. */
export async function openIssuer(groups: Readonly<Record<string, readonly string[]>>): Promise<Issuer> {
  let answer: RequestListener = (_request, response) => response.writeHead(404).end()
  const server = createServer((request, response) => answer(request, response))
  const issuer = await listen(server)
  const roles = { 'overt-team': 'ai-team', 'overt-privacy': 'privacy', 'overt-council': 'council', 'overt-admin': 'admin' } as const
  return {
    options: { issuer, clientId: 'overt', clientSecret, reach: 'private', roles },
    allow(redirect) {
      const provider = new Provider(issuer, {
        clients: [{ client_id: 'overt', client_secret: clientSecret, redirect_uris: [redirect] }],
        claims: { openid: ['sub', 'groups'] },
        conformIdTokenClaims: false,
        cookies: { keys: [randomUUID()] },
        pkce: { required: () => true },
        ttl: { AccessToken: 60, Grant: 60, IdToken: 60, Interaction: 600, Session: 600 },
        findAccount: (_context: unknown, accountId: string) => ({
          accountId,
          claims: () => ({ sub: accountId, groups: groups[accountId] ?? [] }),
        }),
      })
      const callback = provider.callback()
      answer = (request, response) => void callback(request, response)
    },
    close: () => close(server),
  }
}

/** A browser without a screen: keeps cookies, follows redirects, fills the provider's two forms. */
export function openVisitor(name: string) {
  const jar = new Map<string, string>()
  const ask = async (url: string, form?: Readonly<Record<string, string>>): Promise<Response> => {
    const cookie = [...jar].map(([key, value]) => `${key}=${value}`).join('; ')
    const post = form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) }
    const response = await fetch(url, { redirect: 'manual', headers: { cookie }, ...post })
    for (const line of response.headers.getSetCookie()) {
      const [key = '', value = ''] = (line.split(';')[0] ?? '').split(/=(.*)/s)
      if (value === '') jar.delete(key)
      else jar.set(key, value)
    }
    return response
  }
  /** Goes on until there is a page that is no form; stops before an address that `until` names. */
  const go = async (
    url: string,
    until: (next: string) => boolean = () => false,
  ): Promise<{ readonly url: string; readonly response: Response }> => {
    let [at, response] = [url, await ask(url)]
    for (let hops = 0; hops < 20; hops += 1) {
      const location = response.headers.get('location')
      const text = location === null ? await response.clone().text() : ''
      const action = /<form[^>]*action="([^"]+)"/.exec(text)?.[1]
      if (location === null && action === undefined) break
      at = new URL(location ?? action ?? '', at).href
      if (until(at)) break
      response = await ask(at, location === null ? formOf(text, name) : undefined)
    }
    return { url: at, response }
  }
  return { go, ask, cookies: jar, header: () => [...jar].map(([key, value]) => `${key}=${value}`).join('; ') }
}

function formOf(html: string, name: string): Readonly<Record<string, string>> {
  return html.includes('value="login"') ? { prompt: 'login', login: name, password: 'any' } : { prompt: 'consent' }
}

/** What a hostile issuer puts into an id token. */
export interface Forged {
  readonly header?: object
  readonly claims?: object
  /** Signs the text itself; the issuer's own RSA key by default. */
  readonly signature?: (text: string, keys: RsaKeys) => string
}

type RsaKeys = ReturnType<typeof rsaKeys>

/** An issuer that says what a test wants it to say: its metadata, and the id token of its next answer. */
export async function openHostileIssuer() {
  const keys = rsaKeys()
  const told = { metadata: {} as object, forged: {} as Forged, nonce: '', tokenRequest: '' } // as: each test fills what it needs
  const server = createServer((request, response) => {
    const send = (document: object) => response.setHeader('content-type', 'application/json').end(JSON.stringify(document))
    const { pathname } = new URL(request.url ?? '', issuer)
    if (pathname === '/.well-known/openid-configuration') return void send({ ...metadataOf(issuer), ...told.metadata })
    if (pathname === '/jwks') return void send({ keys: [{ ...keys.jwk, kid: 'one', alg: 'RS256', use: 'sig' }] })
    void bodyOf(request).then((body) => {
      told.tokenRequest = body
      send({ access_token: 'opaque', token_type: 'bearer', id_token: forge(issuer, keys, told) })
    })
  })
  const issuer = await listen(server)
  const options: ProviderOptions = { issuer, clientId: 'overt', clientSecret, reach: 'private', roles: {} }
  return { options, told, close: () => close(server) }
}

function forge(issuer: string, keys: RsaKeys, { forged, nonce }: { readonly forged: Forged; readonly nonce: string }): string {
  const nowS = Math.floor(Date.now() / 1000)
  const header = { alg: 'RS256', kid: 'one', typ: 'JWT', ...forged.header }
  const claims = { iss: issuer, aud: 'overt', sub: 'mallory', iat: nowS, exp: nowS + 300, nonce, ...forged.claims }
  const text = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
  return `${text}.${forged.signature?.(text, keys) ?? rs256(text, keys)}`
}

/** The issuer's honest signature. */
export function rs256(text: string, keys: RsaKeys): string {
  return sign('sha256', Buffer.from(text), keys.privateKey).toString('base64url')
}

/** An RSA key pair, with its public half as a JWK. */
export function rsaKeys() {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return { privateKey, publicKey, jwk: publicKey.export({ format: 'jwk' }) }
}

function metadataOf(issuer: string): object {
  return {
    issuer,
    authorization_endpoint: `${issuer}/auth`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256', 'HS256', 'none'],
    code_challenge_methods_supported: ['S256'],
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return text
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
}

function close(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((closed) => server.close(() => closed()))
}
