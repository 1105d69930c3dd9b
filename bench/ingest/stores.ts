import { nats } from './nats.ts'
import { ours } from './ours.ts'
import { postgres } from './postgres.ts'
import { sqlite } from './sqlite.ts'
import type { StoreOption } from './store.ts'

/** Ours and those beside it. */
export const stores: readonly StoreOption[] = [ours, sqlite, postgres, nats]
