import { connect } from 'node:net'

import type { Shot } from './requests.ts'

/** What a number of clients at once came to. */
export interface Load {
  readonly acks: number
  readonly events: number
  readonly wallMs: number
  readonly latenciesMs: readonly number[]
}

/** Each client has one connection and one request under way, and sends again at once, or `everyMs`, beginning one after another; a request is done when its whole answer is there. Throws where an answer is not 200: what was refused is no figure. */
export async function runLoad(port: number, clients: number, shots: readonly Shot[], everyMs = 0): Promise<Load> {
  const queue = shots.values()
  const latenciesMs: number[] = []
  const began = performance.now()
  const dueMs = (client: number, turn: number): number => (everyMs === 0 ? 0 : began + (turn + client / clients) * everyMs)
  await Promise.all(Array.from({ length: clients }, (_, client) => runClient(port, queue, latenciesMs, (turn) => dueMs(client, turn))))
  const wallMs = performance.now() - began
  return { acks: latenciesMs.length, events: shots.reduce((sum, { events }) => sum + events, 0), wallMs, latenciesMs }
}

function runClient(port: number, queue: Iterator<Shot>, latenciesMs: number[], dueMs: (turn: number) => number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    let turn = 0
    let sentMs = 0
    let answer = ''
    const send = (): void => {
      const { value, done } = queue.next()
      if (done === true) {
        socket.end()
        return resolve()
      }
      socket.write(value.bytes)
    }
    const next = (): void => {
      const nowMs = performance.now()
      const due = dueMs(turn)
      turn += 1
      // What was due while the answer before was awaited has waited since then.
      sentMs = due === 0 ? nowMs : due
      if (due > nowMs) setTimeout(send, due - nowMs)
      else send()
    }
    socket.on('connect', next)
    socket.on('data', (chunk: Buffer) => {
      answer += chunk.toString('latin1')
      if (!isWhole(answer)) return
      if (!answer.startsWith('HTTP/1.1 200')) return void socket.destroy(new Error(`a batch was refused: ${answer.slice(-400)}`))
      latenciesMs.push(performance.now() - sentMs)
      answer = ''
      next()
    })
    socket.on('error', reject)
    socket.on('close', () => reject(new Error('the server closed the connection')))
  })
}

function isWhole(answer: string): boolean {
  const end = answer.indexOf('\r\n\r\n')
  const length = /content-length: (\d+)/i.exec(answer)?.[1]
  return end !== -1 && length !== undefined && answer.length >= end + 4 + Number(length)
}
