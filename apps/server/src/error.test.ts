import { createServer } from 'node:net'
import { expect, test } from 'vitest'

import { listenFailure } from './error.ts'

test('an address that is not this machine’s is told as one that --host has to name, and no other port', async () => {
  // An address for documents (RFC 5737) is no machine's.
  const error = await new Promise<Error>((resolve) => createServer().once('error', resolve).listen(0, '192.0.2.1'))
  expect(listenFailure(error, '192.0.2.1', 4747)).toMatchObject({
    code: 'OVT-1603',
    exitCode: 3,
    remedy: expect.stringContaining('--host'),
  })
})
