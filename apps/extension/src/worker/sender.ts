import type { Browser } from '../talk/browser.ts'

/** A document without an address of its own is of whoever made it: the browser names the origin, and nothing finer is known. */
export function placeOf(sender: Browser.runtime.MessageSender): string {
  const { url = '' } = sender
  return url.startsWith('about:') ? `${originOf(sender)}/` : url
}

/** The origin that the browser says a message came from. */
export function originOf({ origin, url }: Browser.runtime.MessageSender): string {
  return origin ?? URL.parse(url ?? '')?.origin ?? ''
}
