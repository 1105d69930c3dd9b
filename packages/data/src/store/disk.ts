import { constants, renameSync, writeFileSync, writeSync } from 'node:fs'
import { mkdir, open, readdir, rename, rm, type FileHandle } from 'node:fs/promises'

/** An open file, written and read at byte offsets. */
export interface DiskFile {
  write(bytes: Uint8Array, atByte: number): Promise<void>
  read(atByte: number, sizeBytes: number): Promise<Buffer>
  /** Returns once everything written lies on the device (fdatasync). */
  sync(): Promise<void>
  truncate(sizeBytes: number): Promise<void>
  size(): Promise<number>
  close(): Promise<void>
}

/** The disk under the log and the ledger, as an argument, so that a test can make it fail. */
export interface Disk {
  /** Opens for reading and writing; makes the file, readable by its owner only, where it is missing. */
  open(path: string): Promise<DiskFile>
  /** File names in a folder, sorted; makes the folder where it is missing. */
  list(folder: string): Promise<readonly string[]>
  /** Returns once the folder's own entries lie on the device. */
  syncFolder(folder: string): Promise<void>
  /** Puts a file of these bytes in the place of another. It is not synced: after a power loss it is the old one, the new one, or empty. */
  replace(path: string, bytes: Uint8Array): Promise<void>
  /** Gives a file another's name, and takes its place where there is one. Until the folder is synced, a power loss may undo it. */
  rename(from: string, to: string): Promise<void>
  /** Removes a file, if it is there. Until the folder is synced, a power loss may undo it. */
  remove(path: string): Promise<void>
}

/** The machine's own disk. */
export function nodeDisk(): Disk {
  return { open: openFile, list, syncFolder, replace, rename, remove: (path) => rm(path, { force: true }) }
}

/** Whether there is no room left on a disk, or in its owner's share of it: making some mends that. Any other failure of a write is the disk's own. */
export function isFull(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && (cause.code === 'ENOSPC' || cause.code === 'EDQUOT')
}

async function list(folder: string): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  return (await readdir(folder)).sort()
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** At once, since such a file is small: four turns in a thread cost more than they do. */
async function replace(path: string, bytes: Uint8Array): Promise<void> {
  writeFileSync(`${path}.new`, bytes, { mode: 0o600 })
  renameSync(`${path}.new`, path)
}

async function openFile(path: string): Promise<DiskFile> {
  const handle = await open(path, constants.O_RDWR | constants.O_CREAT, 0o600)
  return {
    write: (bytes, atByte) => writeAll(handle, bytes, atByte),
    read: (atByte, sizeBytes) => readUpTo(handle, atByte, sizeBytes),
    sync: () => handle.datasync(),
    truncate: (sizeBytes) => handle.truncate(sizeBytes),
    size: async () => (await handle.stat()).size,
    close: () => handle.close(),
  }
}

/** Up to here bytes are handed to the system at once: a turn in a thread costs more than copying them does, and the device is waited for in `sync`. */
const copiedBytes = 256 * 1024

async function writeAll(handle: FileHandle, bytes: Uint8Array, atByte: number): Promise<void> {
  let done = 0
  if (bytes.length <= copiedBytes) while (done < bytes.length) done += writeSync(handle.fd, bytes, done, bytes.length - done, atByte + done)
  while (done < bytes.length) done += (await handle.write(bytes, done, bytes.length - done, atByte + done)).bytesWritten
}

async function readUpTo(handle: FileHandle, atByte: number, sizeBytes: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(sizeBytes)
  let done = 0
  while (done < sizeBytes) {
    const { bytesRead } = await handle.read(bytes, done, sizeBytes - done, atByte + done)
    if (bytesRead === 0) break
    done += bytesRead
  }
  return bytes.subarray(0, done)
}
