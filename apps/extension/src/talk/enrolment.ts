import type { Manifest, Receipt, TrustedKey } from '@overt/schema'

/** What the person agreed to and where it goes. The device's private key is not in it: that lies in the vault and can't be read. */
export interface Enrolment {
  readonly deviceId: string
  readonly endpoint: string
  readonly receipt: Receipt
  readonly manifest: Manifest
  readonly keys: readonly TrustedKey[]
}

/** What the organisation's policy says. There is never a receipt in it: a force-installed extension records nobody. */
export interface Managed {
  readonly endpoint: string
  readonly manifestUrl: string
  readonly keys: readonly TrustedKey[]
}
