/** What an account may be here; one account may be several. */
export const roles = ['person', 'ai-team', 'privacy', 'council', 'admin'] as const
export type Role = (typeof roles)[number]

/** Somebody who signed in. */
export interface Account {
  /** Its name with whoever vouches for it. */
  readonly id: string
  /** Whose recordings are its own. */
  readonly person: string
  readonly roles: readonly Role[]
  /** A link that the folder's owner got on their own machine, or the organisation's provider. */
  readonly by: 'link' | 'provider'
}

/** How an account stands in the ledger: what it is here, and its name. */
export function nameOf(account: Account | undefined): string {
  return `${account?.roles.find((role) => role !== 'person') ?? 'person'} ${account?.id ?? ''}`
}
