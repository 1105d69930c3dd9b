import { backUp } from './backup.ts'
import { devicesOf, revokeDevice } from './devices.ts'
import { clearDraft } from './draft.ts'
import { eraseData } from './erase.ts'
import { restore } from './restore.ts'
import { restrictUse } from './restrict.ts'
import { enforceRetention } from './retention.ts'
import { stopAll } from './stop.ts'

/** What is done so that a folder lasts, and nothing in it longer than was agreed. */
export const upkeep = { backUp, restore, clearDraft, enforceRetention, eraseData, restrictUse, devicesOf, revokeDevice, stopAll } as const
