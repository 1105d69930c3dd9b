import { createServer } from 'node:http'

import { expect, test } from 'vitest'

import { isReachable, outgoing } from './outgoing.ts'
import { openProvider, type ProviderOptions } from './provider.ts'

const get = { method: 'GET', headers: {}, body: undefined, redirect: 'manual' } as const
const options: ProviderOptions = { issuer: 'https://id.example', clientId: 'overt', roles: {} }

const inside = [
  '127.0.0.1',
  '127.8.9.1',
  '10.1.2.3',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '100.64.0.1',
  '::1',
  'fc00::1',
  'fd12::1',
  '::ffff:127.0.0.1',
  '::ffff:10.0.0.1',
  '64:ff9b::a00:1',
]
const nowhere = [
  '0.0.0.0',
  '169.254.169.254',
  '::ffff:169.254.169.254',
  'fe80::1',
  '224.0.0.1',
  '255.255.255.255',
  'ff02::1',
  '::',
  'fd00:ec2::254',
  'not-an-address',
  '',
]
const outside = ['93.184.216.34', '8.8.8.8', '2606:2800:220:1:248:1893:25c8:1946']

test('attack 13: an issuer inside the network is reached only where the configuration means it, and clouds’ metadata never', () => {
  for (const address of inside)
    expect([address, isReachable(address, 'public'), isReachable(address, 'private')]).toEqual([address, false, true])
  for (const address of nowhere)
    expect([address, isReachable(address, 'public'), isReachable(address, 'private')]).toEqual([address, false, false])
  for (const address of outside)
    expect([address, isReachable(address, 'public'), isReachable(address, 'private')]).toEqual([address, true, true])
})

test('attack 13: a name that resolves to a private address, or changes to one after it was looked at, is not connected to', async () => {
  let asked = 0
  const inner = createServer((_request, response) => response.end('{}'))
  await new Promise<void>((listening) => inner.listen(0, '127.0.0.1', listening))
  const answers = ['93.184.216.34', '127.0.0.1'].map((address) => [{ address, family: 4 }])
  const fetching = outgoing('public', (_host, found) => found(null, answers[(asked += 1)] ?? [{ address: '169.254.169.254', family: 4 }]))
  await expect(fetching('https://id.example/', get)).rejects.toThrow('127.0.0.1 is an address that the sign-in may not reach')
  await expect(fetching('https://id.example/', get)).rejects.toThrow('169.254.169.254 is an address')
  const mixed = outgoing('public', (_host, found) =>
    found(null, [
      { address: '93.184.216.34', family: 4 },
      { address: '10.0.0.1', family: 4 },
    ]),
  )
  await expect(mixed('https://id.example/', get)).rejects.toThrow('10.0.0.1 is an address')
  inner.close()
})

test('attack 13: an address in any spelling, plain http and other schemes are refused', async () => {
  for (const url of [
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://0177.0.0.1/',
    'https://[::1]/',
    'https://[::ffff:7f00:1]/',
    'https://169.254.169.254/latest/meta-data',
  ])
    await expect(outgoing('public')(url, get), url).rejects.toThrow('may not reach')
  await expect(outgoing('public')('http://93.184.216.34/', get)).rejects.toThrow('not https')
  for (const issuer of ['http://id.example', 'http://10.0.0.1', 'file:///etc/passwd', 'gopher://id.example', 'id.example'])
    for (const reach of ['public', 'private'] as const)
      expect(() => openProvider({ ...options, issuer, reach }), issuer).toThrow('is not an https address')
  expect(() => openProvider({ ...options, issuer: 'http://127.0.0.1:9' })).toThrow('is not an https address')
})

test('attack 13: a redirect is not followed, and an answer without end is cut off', async () => {
  const visited: string[] = []
  const server = createServer((request, response) => {
    visited.push(request.url ?? '')
    if (request.url === '/endless') {
      const more = () => response.write('x'.repeat(65_536), () => setImmediate(more))
      response.on('close', () => response.removeAllListeners())
      return void more()
    }
    response.writeHead(302, { location: '/secret' }).end()
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  const origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
  expect((await outgoing('private')(`${origin}/`, get)).status).toBe(302)
  await expect(outgoing('private')(`${origin}/endless`, get)).rejects.toThrow('larger than')
  expect(visited).toEqual(['/', '/endless'])
  server.closeAllConnections()
  server.close()
})

test('a role that does not exist is a mistake of the configuration', () => {
  const roles = JSON.parse('{"staff":"boss"}')
  expect(() => openProvider({ ...options, roles })).toThrow('There is no role boss')
})
