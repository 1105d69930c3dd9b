import { existsSync, writeFileSync } from 'node:fs'

/** Days until a model that was trained on erased work must be trained again. */
export const usualRetrainDays = 30

/** Says beside a model's file that it was trained on erased work; false where no file is at its path any more. */
export function noteRevoked({ hash, path }: { readonly hash: string; readonly path: string }, retrainByEpochMs: number): boolean {
  if (!existsSync(path)) return false
  const note = {
    v: 'overt.revoked/1',
    model: hash,
    reason: 'trained on erased data',
    retrainBy: new Date(retrainByEpochMs).toISOString().slice(0, 10),
  }
  writeFileSync(`${path}.revoked.json`, `${JSON.stringify(note, null, 2)}\n`, { mode: 0o600 })
  return true
}
