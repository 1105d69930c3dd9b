import { nodeDisk, type Disk, type DiskFile } from '../store/disk.ts'

/** The machine's disk, on which the log waits to be synced until it is let go. */
export function slowDisk(): { readonly disk: Disk; hold(): () => void; readonly waiting: () => number } {
  const disk = nodeDisk()
  let gate: Promise<void> | null = null
  let waiting = 0
  const openSlowly = async (path: string): Promise<DiskFile> => {
    const file = await disk.open(path)
    const sync = async (): Promise<void> => {
      if (path.includes('/log/') && gate !== null) {
        waiting += 1
        await gate
      }
      await file.sync()
    }
    return { ...file, sync }
  }
  const hold = (): (() => void) => {
    let open = (): void => undefined
    gate = new Promise((resolve) => (open = resolve))
    return () => {
      gate = null
      open()
    }
  }
  return { disk: { ...disk, open: openSlowly }, hold, waiting: () => waiting }
}
