import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import { BlockList } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

import { checkHost, openedNetworks } from './address.ts'
import { postLines, webhookUrl } from './webhook.ts'

let server: Server
let port = 0
let heard: { readonly url: string; readonly headers: IncomingHttpHeaders; readonly body: string }[] = []
let answer: { readonly status: number; readonly headers: Readonly<Record<string, string>> } = { status: 200, headers: {} }

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      heard.push({ url: request.url ?? '', headers: request.headers, body })
      response.writeHead(answer.status, answer.headers).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  port = typeof address === 'object' ? (address?.port ?? 0) : 0
})
afterAll(() => server.close())
beforeEach(() => {
  heard = []
  answer = { status: 200, headers: {} }
})

const none = new BlockList()
const loopback = openedNetworks('127.0.0.1/32') ?? none
const at =
  (...addresses: readonly string[]) =>
  async () =>
    addresses.map((address) => ({ address }))

test.each([
  '127.0.0.1',
  '127.1',
  '0x7f.0.0.1',
  '2130706433',
  '0',
  '10.1.2.3',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '[::1]',
  '[::]',
  '[::ffff:127.0.0.1]',
  '[::ffff:a9fe:a9fe]',
  '[64:ff9b::7f00:1]',
  '[fe80::1]',
  '[fc00::1]',
  '[fd00:ec2::254]',
  '[ff02::1]',
  '[2002:7f00:1::]',
  '[2001:0:7f00:1::]',
  '[2001:db8::1]',
  'localhost',
])('13 a webhook at %s is refused before anything is sent', async (host) => {
  for (const scheme of ['http', 'https'])
    await expect(postLines({ url: webhookUrl(`${scheme}://${host}:${port}/hook`), opened: none }, '{}\n')).rejects.toMatchObject({
      code: 'OVT-1741',
      exitCode: 4,
    })
  expect(heard).toEqual([])
})

test('attack 13: a name with one private address among public ones is refused, and one without any', async () => {
  const lookup = at('93.184.216.34', '10.0.0.1')
  await expect(postLines({ url: webhookUrl('https://collector.example/'), opened: none, lookup }, '')).rejects.toMatchObject({
    code: 'OVT-1741',
  })
  expect(await checkHost('collector.example', none, at())).toMatchObject({ ok: false })
  expect(await checkHost('collector.example', none, at('93.184.216.34', '2606:2800:220:1::1'))).toMatchObject({
    ok: true,
    address: '93.184.216.34',
  })
  expect(await checkHost('collector.example', none, at('no address'))).toMatchObject({ ok: false })
})

test('attack 13: a name that says another address the second time gets no second time: the connection is to the one that was checked', async () => {
  const answers = ['127.0.0.1', '10.9.9.9', '169.254.169.254']
  let asked = 0
  const lookup = async () => [{ address: answers[asked++] ?? '' }]
  await postLines({ url: webhookUrl(`http://rebind.example:${port}/hook`), opened: loopback, lookup, token: 'secret' }, '{"a":1}\n')
  expect(asked).toBe(1)
  expect(heard).toMatchObject([
    { url: '/hook', body: '{"a":1}\n', headers: { host: `rebind.example:${port}`, authorization: 'Bearer secret' } },
  ])
})

test.each([301, 302, 303, 307, 308])('13 a redirect (%i) is not followed, wherever it leads', async (status) => {
  answer = { status, headers: { location: `http://127.0.0.1:${port}/elsewhere` } }
  await expect(postLines({ url: webhookUrl(`http://127.0.0.1:${port}/hook`), opened: loopback }, '{}\n')).rejects.toMatchObject({
    code: 'OVT-1741',
  })
  expect(heard.map(({ url }) => url)).toEqual(['/hook'])
})

test('attack 13: other schemes, names with a password, and plain http to the public are refused', async () => {
  for (const url of ['file:///etc/passwd', 'gopher://x/', 'ftp://x/', 'x', '', `http://user:pass@127.0.0.1:${port}/`])
    expect(() => webhookUrl(url), url).toThrow(expect.objectContaining({ code: 'OVT-1741', exitCode: 4 }))
  await expect(postLines({ url: webhookUrl('http://c.example/'), opened: none, lookup: at('93.184.216.34') }, '')).rejects.toMatchObject({
    code: 'OVT-1741',
  })
  expect(heard).toEqual([])
})

test('an answer that is no success, and none at all, is an error of its own', async () => {
  answer = { status: 500, headers: {} }
  await expect(postLines({ url: webhookUrl(`http://127.0.0.1:${port}/hook`), opened: loopback }, '')).rejects.toMatchObject({
    code: 'OVT-1742',
  })
  await expect(postLines({ url: webhookUrl('http://127.0.0.1:1/'), opened: loopback }, '')).rejects.toMatchObject({
    code: 'OVT-1743',
    exitCode: 6,
  })
})

test('networks are opened by exact prefix, and a list that is none opens nothing', () => {
  expect(openedNetworks('10.1.0.0/16, fd00::/8')?.check('10.1.2.3')).toBe(true)
  expect(openedNetworks('10.1.0.0/16')?.check('10.2.0.1')).toBe(false)
  for (const text of ['10.1.0.0', '10.1.0.0/33', 'x/8', '10.1.0.0/-1', '::/129']) expect(openedNetworks(text), text).toBeUndefined()
})
