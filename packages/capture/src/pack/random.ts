import { toBase64Url } from '@overt/privacy'

/** An identifier of 22 URL-safe characters: 128 random bits. */
export function randomId(): string {
  return toBase64Url(crypto.getRandomValues(new Uint8Array(16)))
}
