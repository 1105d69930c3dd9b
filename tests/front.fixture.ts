import { createServer, request } from 'node:http'

/** What stands between a browser and its server, as a dishonest operator may put it there. */
export interface Front {
  readonly url: string
  /** What to answer in the server's place; null lets a request through. */
  answer: ((path: string) => string | null) | null
  close(): void
}

/** Opens a front; `server`: where requests go on to. */
export async function openFront(server: () => string): Promise<Front> {
  const listener = createServer((asked, reply) => {
    const own = front.answer?.(asked.url ?? '') ?? null
    if (own !== null) return void reply.end(own)
    const there = new URL(asked.url ?? '', server())
    const passed = request(there, { method: asked.method, headers: { ...asked.headers, host: there.host } }, (answer) => {
      reply.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(reply)
    })
    passed.on('error', () => reply.destroy())
    asked.pipe(passed)
  })
  await new Promise<void>((listening) => listener.listen(0, '127.0.0.1', listening))
  const address = listener.address()
  const front: Front = {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    answer: null,
    close: () => {
      listener.closeAllConnections()
      listener.close()
    },
  }
  return front
}
