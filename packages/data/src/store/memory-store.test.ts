import { describe, test } from 'vitest'

import { inMemory } from '../../fixtures/memory-store.ts'
import { storeContract } from './contract.ts'

describe('a store of another make keeps the contract', () => {
  test.each(storeContract())('$title', async (rule) => rule.run(await inMemory()))
})
