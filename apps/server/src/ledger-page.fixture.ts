import { askOwn, checkOwn, type Finding, type Own, type OwnMemory } from '@overt/privacy/ledger'

/** For tests: what a check found, how much it saw, and how long it took. */
export interface PageVerdict {
  readonly findings: readonly Finding[]
  readonly size: number
  readonly segments: number
  readonly ms: number
}

/** For tests: a person's own check of a server by `fetch`, in a page or in Node. */
export async function checkInPage(
  url: string,
  memory: OwnMemory,
  own: Own,
  headers: Readonly<Record<string, string>> = {},
): Promise<PageVerdict> {
  const startedMs = performance.now()
  const shown = await askOwn(memory, own, {
    nowEpochMs: () => Date.now(),
    read: async (path) => {
      const answer = await fetch(`${url}/${path}`)
      return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : null
    },
    own: async (request) => {
      const answer = await fetch(`${url}/v1/mine/ledger`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify(request),
      })
      return answer.ok ? answer.json() : null
    },
    witnesses: [],
    offered: async () => null,
  })
  const verdict = await checkOwn(memory, shown, own)
  const segments = verdict.memory.own.filter(({ kind }) => kind === 'segment').length
  return { findings: verdict.findings, size: verdict.memory.followed.size, segments, ms: performance.now() - startedMs }
}
