import { expect, test } from 'vitest'

import { decide } from './decide.ts'
import { nowEpochMs, scene } from './fixture.ts'
import { isPermit } from './permit.ts'
import { sampleManifest } from './sample.ts'

test('C1 a receipt that agrees to a signed manifest gives a permit', async () => {
  const { sign, grant, keys } = await scene()
  const manifest = await sign(sampleManifest({ origin: 'http://127.0.0.1:8080', nowEpochMs }))
  const decision = await decide(await grant(manifest), manifest, 'ground', nowEpochMs, { keys })
  if (!decision.ok) throw new Error(decision.reason)
  expect(isPermit(decision.value)).toBe(true)
  expect(decision.value.allows({ url: 'http://127.0.0.1:8080/orders?x=1' }, 'text')).toBe(true)
  expect(decision.value.allows({ url: 'http://127.0.0.1:8081/orders' }, 'text')).toBe(false)
})
