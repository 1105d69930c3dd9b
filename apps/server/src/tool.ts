import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import fastifyStatic from '@fastify/static'
import fastify, { type FastifyInstance } from 'fastify'

import { ServerError } from './error.ts'

/** Serves the recorded tool from an origin of its own: its page can't reach the person's pages, nor they it. `server` is the address of ours, the only one that may frame it. */
export async function openTool(root: string, server: () => string): Promise<FastifyInstance> {
  const first = await readFile(join(root, 'index.html'), 'utf8').catch((error: unknown) => {
    throw new ServerError('missingBundle', `The back office is not built: ${root} has no index.html.`, 'Run `npm run build`.', 3, error)
  })
  const tool = fastify({ forceCloseConnections: true })
  tool.addHook('onRequest', async (request, reply) => {
    reply
      .header('content-security-policy', policyOf(server()))
      .header('x-content-type-options', 'nosniff')
      .header('cache-control', 'no-store')
    const { port } = new URL(`http://${request.headers.host ?? ''}`)
    if (!['127.0.0.1', 'localhost'].some((name) => request.headers.host === `${name}:${port}`)) return reply.code(421).send()
  })
  tool.get('/overt.json', () => ({ server: server() }))
  await tool.register(fastifyStatic, { root, index: 'index.html', cacheControl: false })
  tool.setNotFoundHandler((request, reply) =>
    request.method === 'GET' && !/\.\w+$/.test(request.url) ? reply.type('text/html; charset=utf-8').send(first) : reply.code(404).send(),
  )
  return tool
}

/** The tool's styles are made at run time, so they are inline; its scripts are not. */
function policyOf(server: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self' ${server}`,
    `frame-ancestors ${server}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
}
