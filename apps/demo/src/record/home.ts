import type { Manifest, TrustedKey } from '@overt/schema'

/** What may be recorded here, and whose signature says so. */
export interface Offer {
  readonly manifest: Manifest
  readonly keys: readonly TrustedKey[]
}

/** The server that this page belongs to, as its own host says; null where it is served without one. */
export async function homeServer(): Promise<string | null> {
  const response = await fetch('/overt.json')
  if (!response.ok || response.headers.get('content-type')?.startsWith('application/json') !== true) return null
  const { server } = (await response.json()) as { server: string } // as: written by the host of this very page
  return server
}

/** Asks the server what may be recorded. */
export async function offerOf(server: string): Promise<Offer> {
  const response = await fetch(`${server}/v1/consent`)
  if (!response.ok) throw new Error(`the server offers nothing to agree to (${response.status})`)
  return (await response.json()) as Offer // as: decide() checks both documents before anything is recorded
}
