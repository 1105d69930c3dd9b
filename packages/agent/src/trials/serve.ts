import { createReadStream } from 'node:fs'
import { realpath, stat } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { extname, join, normalize, sep } from 'node:path'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.gif': 'image/gif',
  '.jpg': 'image/jpeg',
  '.woff2': 'font/woff2',
}

/** Serves one folder on loopback, read only, on a port of its own. Nothing outside the folder is reachable, through links neither. */
export async function serveFolder(folder: string): Promise<{ readonly origin: string; close(): Promise<void> }> {
  const root = await realpath(folder)
  const server = createServer((request, response) => void answer(root, request, response))
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    origin: `http://127.0.0.1:${port}`,
    close: async () => {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

async function answer(root: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const local = /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(request.headers.host ?? '')
  const path = local && (request.method === 'GET' || request.method === 'HEAD') ? await fileOf(root, request.url ?? '/') : null
  if (path === null) return void response.writeHead(404, { 'content-type': 'text/plain' }).end('not here')
  response.writeHead(200, {
    'content-type': types[extname(path)] ?? 'application/octet-stream',
    'cache-control': 'max-age=600',
    'x-content-type-options': 'nosniff',
  })
  if (request.method === 'HEAD') return void response.end()
  createReadStream(path)
    .once('error', () => response.destroy())
    .pipe(response)
}

/** The file that a request names, null where there is none inside the folder. */
async function fileOf(root: string, url: string): Promise<string | null> {
  try {
    const name = decodeURIComponent(new URL(url, 'http://127.0.0.1').pathname)
    if (name.includes('\0')) return null
    const path = await realpath(join(root, normalize(name)))
    return path.startsWith(root + sep) && (await stat(path)).isFile() ? path : null
  } catch {
    return null // a name that cannot be decoded or does not exist is one answer to the outside: not here
  }
}
