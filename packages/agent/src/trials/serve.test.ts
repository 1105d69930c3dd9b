import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { serveFolder } from './serve.ts'

let root: string
let served: Awaited<ReturnType<typeof serveFolder>>

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'overt-serve-'))
  await mkdir(join(root, 'pages'))
  await writeFile(join(root, 'secret.txt'), 'secret')
  await writeFile(join(root, 'pages', 'a b.html'), '<p>a</p>')
  await symlink(join(root, 'secret.txt'), join(root, 'pages', 'link.txt'))
  served = await serveFolder(join(root, 'pages'))
})

afterAll(async () => {
  await served?.close()
  await rm(root, { recursive: true, force: true })
})

/** Sends the path as it is: `fetch` would tidy it. */
function get(path: string, options: { method?: string; host?: string } = {}): Promise<{ status: number; body: string; type: string }> {
  return new Promise((resolve, reject) => {
    const { port } = new URL(served.origin)
    const headers = options.host === undefined ? {} : { host: options.host }
    const asked = request({ host: '127.0.0.1', port, path, method: options.method ?? 'GET', headers }, (response) => {
      let body = ''
      response.on('data', (part: Buffer) => (body += part.toString()))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body, type: response.headers['content-type'] ?? '' }))
    })
    asked.once('error', reject).end()
  })
}

test('a file of the folder is served with its type', async () => {
  expect(await get('/a%20b.html?x=1')).toEqual({ status: 200, body: '<p>a</p>', type: 'text/html; charset=utf-8' })
})

test.each([
  '/../secret.txt',
  '/%2e%2e/secret.txt',
  '/..%2fsecret.txt',
  '/pages/../../secret.txt',
  '/link.txt',
  '/%00',
  '/%zz',
  '/',
  '/none.html',
  '//secret.txt',
])('attack 8: %s is not there', async (path) => {
  expect((await get(path)).status).toBe(404)
})

test('nothing but reading is answered, and no other host name', async () => {
  expect((await get('/a%20b.html', { method: 'POST' })).status).toBe(404)
  expect((await get('/a%20b.html', { host: 'evil.example' })).status).toBe(404)
})
