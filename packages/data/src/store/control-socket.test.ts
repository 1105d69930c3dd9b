import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, test } from 'vitest'

import { callControl, serveControl, socketPath } from './control-socket.ts'
import { DataError } from './error.ts'

let dir: string
let stop: (() => Promise<void>) | undefined

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'overt-socket-'))
})

afterEach(async () => {
  await stop?.()
  stop = undefined
  rmSync(dir, { recursive: true, force: true })
})

test('a command runs inside the server: its progress and its value come back', async () => {
  stop = await serveControl(socketPath(dir), {
    count: async (args, emit) => {
      const { to } = args as { to: number }
      for (let step = 1; step <= to; step += 1) emit({ step })
      return { counted: to, text: 'line one\nline two' }
    },
  })
  const seen: unknown[] = []
  const answer = await callControl(socketPath(dir), { command: 'count', args: { to: 3 } }, (progress) => seen.push(progress))
  expect(answer).toEqual({ ok: true, value: { counted: 3, text: 'line one\nline two' } })
  expect(seen).toEqual([{ step: 1 }, { step: 2 }, { step: 3 }])
})

test('an error comes back with its code, its remedy and its exit code', async () => {
  stop = await serveControl(socketPath(dir), {
    fail: async () => {
      throw new DataError('unknown', 'There is no session of that name.')
    },
    burst: async () => {
      throw new TypeError('x is not a function')
    },
  })
  expect(await callControl(socketPath(dir), { command: 'fail' })).toMatchObject({ ok: false, code: 'OVT-1310', exitCode: 5 })
  expect(await callControl(socketPath(dir), { command: 'burst' })).toMatchObject({
    ok: false,
    code: 'OVT-1300',
    reason: 'x is not a function',
  })
  expect(await callControl(socketPath(dir), { command: 'constructor' })).toMatchObject({ ok: false, code: 'OVT-1312' })
})

test('only the owner can reach it', async () => {
  stop = await serveControl(socketPath(dir), {})
  expect(statSync(socketPath(dir)).mode & 0o777).toBe(0o600)
  expect(statSync(dir).mode & 0o777).toBe(0o700)
})

test('without a server the caller is told so, with a code', async () => {
  await expect(callControl(socketPath(dir), { command: 'x' })).rejects.toMatchObject({ code: 'OVT-1309', exitCode: 6 })
})

test('a server that dies after it took a command is told otherwise than one that never took it, and its socket is taken over', async () => {
  const undo = await serveControl(socketPath(dir), { never: () => new Promise(() => {}) })
  const asked = callControl(socketPath(dir), { command: 'never' })
  setTimeout(() => void undo(), 50)
  await expect(asked).rejects.toMatchObject({ code: 'OVT-1316', exitCode: 6 })
  stop = await serveControl(socketPath(dir), { ping: async () => 'pong' })
  expect(await callControl(socketPath(dir), { command: 'ping' })).toEqual({ ok: true, value: 'pong' })
})

test('a server that dies before it took the command has done nothing of it, and is unreachable', async () => {
  const deaf = createServer((socket) => socket.destroy())
  await new Promise<void>((listening) => deaf.listen(socketPath(dir), listening))
  await expect(callControl(socketPath(dir), { command: 'ping' })).rejects.toMatchObject({ code: 'OVT-1309' })
  await new Promise((closed) => deaf.close(closed))
})

test('a server that ends with patience answers what it took first; where patience ends, it hangs up', async () => {
  const [goOn, taken] = [Promise.withResolvers<string>(), [Promise.withResolvers<void>(), Promise.withResolvers<void>()]]
  const commands = {
    long: async (args: unknown) => {
      taken[Number(args)]?.resolve()
      return goOn.promise
    },
  }
  const first = await serveControl(socketPath(dir), commands)
  const answered = callControl(socketPath(dir), { command: 'long', args: 0 })
  await taken[0]?.promise
  const ended = first(new AbortController().signal)
  goOn.resolve('done')
  expect(await answered).toEqual({ ok: true, value: 'done' })
  await ended
  const [patience, never] = [new AbortController(), new Promise<string>(() => {})]
  const second = await serveControl(socketPath(dir), { ...commands, long: (args) => (taken[Number(args)]?.resolve(), never) })
  const cut = callControl(socketPath(dir), { command: 'long', args: 1 }).catch((error: unknown) => error)
  await taken[1]?.promise
  const over = second(patience.signal)
  patience.abort()
  await over
  expect(await cut).toMatchObject({ code: 'OVT-1316' })
})

test('a caller that hangs up aborts its command; nonsense is answered', async () => {
  const aborted = Promise.withResolvers<boolean>()
  stop = await serveControl(socketPath(dir), {
    long: (_, __, signal) => new Promise((resolve) => signal.addEventListener('abort', () => resolve(aborted.resolve(true)))),
  })
  const socket = connect(socketPath(dir))
  socket.write('{"command":"long"}\n')
  setTimeout(() => socket.destroy(), 50)
  expect(await aborted.promise).toBe(true)
  const nonsense = connect(socketPath(dir))
  nonsense.write('hello\n')
  const heard = await new Promise((resolve) => nonsense.once('data', (bytes) => resolve(JSON.parse(String(bytes)))))
  expect(heard).toMatchObject({ ok: false })
  nonsense.destroy()
})

test('a folder whose path is too long for a socket has it elsewhere, for its owner alone', async () => {
  const deep = join(dir, 'a folder with a long name '.repeat(6))
  expect(Buffer.byteLength(socketPath(deep))).toBeLessThan(108)
  stop = await serveControl(socketPath(deep), { ping: async () => 'pong' })
  expect(await callControl(socketPath(deep), { command: 'ping' })).toEqual({ ok: true, value: 'pong' })
  rmSync(join(socketPath(deep), '..'), { recursive: true, force: true })
})
