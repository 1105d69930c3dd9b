import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

import { ServerError } from '../error.ts'
import { refuse } from '../http/refusal.ts'

const yearS = 31_536_000

/** What no description names: a path for a person's browser, not for a program. */
export const pagePaths: ReadonlySet<string> = new Set(['/', '/mine', '/mine/*', '/demo', '/assets/*'])

/** The web pages: one HTML file for each door, and their assets, whose names carry their hash. */
export async function pageRoutes(
  server: FastifyInstance,
  webRoot: string,
  /** Whether a request has to sign in elsewhere first. */
  isOutside: (request: FastifyRequest) => boolean,
): Promise<void> {
  const [mine, demo] = await Promise.all([page(webRoot, 'mine.html'), page(webRoot, 'demo.html')])
  const give = (html: string) => (request: FastifyRequest, reply: FastifyReply) =>
    isOutside(request) ? reply.redirect('/sign-in/start', 303) : reply.type('text/html; charset=utf-8').send(html)
  for (const path of ['/mine', '/mine/*']) server.get(path, give(mine))
  server.get('/demo', give(demo))
  server.get('/', (_request, reply) => reply.redirect('/mine', 303))
  await server.register(fastifyStatic, {
    root: join(webRoot, 'assets'),
    prefix: '/assets/',
    cacheControl: false,
    setHeaders: (response) => {
      response.header('cache-control', `public, max-age=${yearS}, immutable`)
    },
  })
  server.setNotFoundHandler((_request, reply) => refuse(reply, 'not-found'))
}

async function page(webRoot: string, name: string): Promise<string> {
  return readFile(join(webRoot, name), 'utf8').catch((error: unknown) => {
    throw new ServerError('missingBundle', `The web pages are not built: ${webRoot} has no ${name}.`, 'Run `npm run build`.', 3, error)
  })
}
