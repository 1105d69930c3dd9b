/** Sends JSON to the server; the answer as it came. */
export type Post = (path: string, body: object) => Promise<Response>

/** Has the person touch their passkey, or make one where they have none, so that the server lets them do what is grave. False where it did not come to that. */
export async function stepUp(post: Post): Promise<boolean> {
  const known = await post('/v1/step-up/options', {})
  if (known.ok) return touch(post, (await known.json()) as PublicKeyCredentialRequestOptionsJSON) // as: our own server's answer
  const fresh = await post('/v1/passkeys/options', {})
  return fresh.ok && make(post, (await fresh.json()) as PublicKeyCredentialCreationOptionsJSON) // as: our own server's answer
}

async function touch(post: Post, options: PublicKeyCredentialRequestOptionsJSON): Promise<boolean> {
  const asked = navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) })
  return send(post, '/v1/step-up', asked)
}

async function make(post: Post, options: PublicKeyCredentialCreationOptionsJSON): Promise<boolean> {
  const asked = navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
  return send(post, '/v1/passkeys', asked)
}

async function send(post: Post, path: string, asked: Promise<Credential | null>): Promise<boolean> {
  // A person who closes the browser's dialog has said no.
  const credential = await asked.catch(() => null)
  return credential instanceof PublicKeyCredential && (await post(path, credential.toJSON())).ok
}
