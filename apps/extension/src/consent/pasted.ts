import type { Enrolment } from '../talk/enrolment.ts'

/** An enrolment with the device key that came with it, which is kept apart. */
export interface Pasted {
  readonly enrolment: Enrolment
  /** PKCS #8 in base64url. */
  readonly deviceKey: string
}

/** Reads one or more JSON documents in a row: what `overt device enrol --json` and `overt manifest keys --json` print. null where something is missing. */
export function readPasted(text: string): Pasted | null {
  const found: Record<string, unknown> = {}
  for (const part of documents(text)) Object.assign(found, Array.isArray(part) ? { keys: part } : part)
  const { deviceId, endpoint, deviceKey, receipt, manifest, keys } = found
  const whole = [deviceId, endpoint, deviceKey].every((value) => typeof value === 'string' && value !== '')
  if (!whole || !(receipt instanceof Object) || !(manifest instanceof Object) || !Array.isArray(keys)) return null
  const rest = { deviceId, endpoint, receipt, manifest, keys } as unknown as Enrolment // as: decide() parses receipt, manifest and keys before they are used
  return { enrolment: rest, deviceKey: String(deviceKey) }
}

function documents(text: string): readonly object[] {
  const parts = text.trim().split(/(?<=[}\]])\s*\n(?=[{[])/)
  try {
    return parts.map((part): unknown => JSON.parse(part)).filter((part) => part instanceof Object)
  } catch {
    return [] // no JSON: said to the person as "not what a server gives"
  }
}
