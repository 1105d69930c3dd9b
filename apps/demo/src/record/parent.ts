/** The page around this one, where there is one: it tells who is signed in, and shows what leaves. */
export interface Parent {
  tell(message: object): void
  /** A one-time token of the signed-in person. */
  enrolment(): Promise<{ readonly token: string; readonly person: string }>
  /** Called when the page around this one asks for the consent card again. */
  onAsk(listen: () => void): void
}

/** Talks with the page around this one, and with no other: `server` is its origin. */
export function openParent(page: Window, server: string): Parent {
  const tell = (message: object) => page.parent.postMessage(message, server)
  const listenFor = (kind: string, listen: (message: Readonly<Record<string, unknown>>) => void, signal?: AbortSignal) =>
    page.addEventListener(
      'message',
      (event: MessageEvent<unknown>) => {
        if (event.origin !== server || event.source !== page.parent || typeof event.data !== 'object' || event.data === null) return
        const message = event.data as Readonly<Record<string, unknown>> // as: an object of an origin that is known
        if (message['overt'] === kind) listen(message)
      },
      signal === undefined ? {} : { signal },
    )
  return {
    tell,
    enrolment: () =>
      new Promise((resolve) => {
        const done = new AbortController()
        listenFor(
          'enrol',
          ({ token, person }) => {
            done.abort()
            resolve({ token: String(token), person: String(person) })
          },
          done.signal,
        )
        tell({ overt: 'hello' })
      }),
    onAsk: (listen) => listenFor('ask', listen),
  }
}
