const quietMs = 90 * 86_400_000

/** Whether a person may be asked, by when they last refused (null: never). A changed manifest is no reason to ask sooner; a yes by themselves needs no asking. */
export function mayAsk(refusedAtEpochMs: number | null, nowEpochMs: number): boolean {
  return refusedAtEpochMs === null || nowEpochMs - refusedAtEpochMs >= quietMs
}
