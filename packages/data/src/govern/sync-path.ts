import { closeSync, fsyncSync, openSync } from 'node:fs'

/** Returns once a file or a folder's entries lie on the device. */
export function syncPath(path: string): void {
  const handle = openSync(path, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
