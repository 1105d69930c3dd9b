import { createServer } from 'node:net'
import { assert, property, string } from 'fast-check'
import { expect, test } from 'vitest'

import { collectorOf, sendSyslog, syslogFrame } from './syslog.ts'

test('a message has the form of RFC 5424 and its length before it, whatever an event or a host is called', () => {
  assert(
    property(string({ unit: 'binary' }), string({ unit: 'binary' }), (text, host) => {
      const frame = syslogFrame(JSON.stringify({ text }), 1_700_000_000_000, host)
      const space = frame.indexOf(' ')
      expect(Buffer.byteLength(frame.slice(space + 1))).toBe(Number(frame.slice(0, space)))
      expect(frame.slice(space + 1)).toMatch(/^<110>1 2023-11-14T22:13:20\.000Z [\x21-\x7e]{1,255} overt - ledger - \{/)
      expect(frame).not.toMatch(/[\r\n]/)
    }),
  )
})

test('a collector hears every event, in order; one that is not there is an error, and so is an address that is none', async () => {
  let heard = ''
  const server = createServer((socket) => socket.on('data', (chunk: Buffer) => (heard += chunk.toString())).on('end', () => socket.end()))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0
  const events = Array.from({ length: 300 }, (_, n) => ({ json: JSON.stringify({ n }), atEpochMs: n }))
  await sendSyslog(collectorOf(`syslog+tcp://127.0.0.1:${port}`), events)
  expect([...heard.matchAll(/\{"n":(\d+)\}/g)].map(([, n]) => Number(n))).toEqual(events.map((_, n) => n))
  server.close()
  await expect(sendSyslog(collectorOf('syslog+tcp://127.0.0.1:1'), events)).rejects.toMatchObject({ code: 'OVT-1743' })
  for (const wrong of ['', 'https://x', 'syslog://x', '127.0.0.1:514'])
    expect(() => collectorOf(wrong)).toThrow(expect.objectContaining({ code: 'OVT-1744' }))
})

test('a collector at an address without a name is connected to without a warning', async () => {
  const warned: Error[] = []
  const onWarning = (warning: Error): unknown => warned.push(warning)
  process.on('warning', onWarning)
  const server = createServer((socket) => socket.destroy())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0
  await expect(sendSyslog(collectorOf(`syslog+tls://127.0.0.1:${port}`), [])).rejects.toMatchObject({ code: 'OVT-1743' })
  process.off('warning', onWarning)
  server.close()
  expect(warned).toEqual([])
})
