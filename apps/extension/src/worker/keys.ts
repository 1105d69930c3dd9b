import { answerOf, complete } from './vault.ts'

/** The key that seals the spool; made once, never extractable. Two workers that make one at a time agree on the first. */
export async function sealKey(vault: IDBDatabase): Promise<CryptoKey> {
  const known = await read(vault, 'seal')
  if (known !== null) return known
  const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
  const transaction = vault.transaction('keys', 'readwrite')
  const keys = transaction.objectStore('keys')
  const earlier: unknown = await answerOf(keys.get('seal'))
  if (earlier instanceof CryptoKey) return earlier
  keys.put(made, 'seal')
  await complete(transaction)
  return made
}

/** The device's signing key; null where nobody has enrolled. */
export function deviceKey(vault: IDBDatabase): Promise<CryptoKey | null> {
  return read(vault, 'device')
}

/** Keeps the device's signing key. It has to be one that can't be exported. */
export async function keepDeviceKey(vault: IDBDatabase, key: CryptoKey): Promise<void> {
  if (key.extractable) throw new TypeError('a device key that can be exported is not kept')
  const transaction = vault.transaction('keys', 'readwrite')
  transaction.objectStore('keys').put(key, 'device')
  await complete(transaction)
}

async function read(vault: IDBDatabase, name: string): Promise<CryptoKey | null> {
  const found: unknown = await answerOf(vault.transaction('keys').objectStore('keys').get(name))
  return found instanceof CryptoKey ? found : null
}
