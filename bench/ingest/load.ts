import { connect } from 'node:net'

import type { Shot } from './requests.ts'

/** What a number of clients at once came to. */
export interface Load {
  readonly acks: number
  readonly events: number
  readonly wallMs: number
  readonly latenciesMs: readonly number[]
}

/** Each client has one connection and one request under way; a request is done when its whole answer is there. Throws where an answer is not 200: what was refused is no figure. */
export async function runLoad(port: number, clients: number, shots: readonly Shot[]): Promise<Load> {
  const queue = shots.values()
  const latenciesMs: number[] = []
  const began = performance.now()
  await Promise.all(Array.from({ length: clients }, () => runClient(port, queue, latenciesMs)))
  const wallMs = performance.now() - began
  return { acks: latenciesMs.length, events: shots.reduce((sum, { events }) => sum + events, 0), wallMs, latenciesMs }
}

function runClient(port: number, queue: Iterator<Shot>, latenciesMs: number[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    let sentMs = 0
    let answer = ''
    const next = (): void => {
      const { value, done } = queue.next()
      if (done === true) {
        socket.end()
        return resolve()
      }
      sentMs = performance.now()
      socket.write(value.bytes)
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
