/** Works through a list with so many workers at once; the first failure stops the rest and is thrown. */
export async function inParallel<T>(workers: number, list: readonly T[], work: (item: T, worker: number) => Promise<void>): Promise<void> {
  const queue = [...list]
  let failed = false
  const one = async (worker: number): Promise<void> => {
    for (let item = queue.shift(); item !== undefined && !failed; item = queue.shift()) {
      await work(item, worker).catch((error: unknown) => {
        failed = true
        throw error
      })
    }
  }
  const ends = await Promise.allSettled(Array.from({ length: Math.max(1, Math.min(workers, list.length)) }, (_, worker) => one(worker)))
  for (const end of ends) if (end.status === 'rejected') throw end.reason
}
