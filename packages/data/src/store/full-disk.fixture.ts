import type { Database } from './database.ts'
import { type Disk, type DiskFile, nodeDisk } from './disk.ts'

/** Has every commit that writes down an unfinished act fail, after its statements did not, as it does on a full disk. Returns what makes room again. */
export function fillDisk(control: Database): () => void {
  control.exec(`CREATE TABLE room (id INTEGER PRIMARY KEY) STRICT;
CREATE TABLE wanted (room INTEGER NOT NULL REFERENCES room DEFERRABLE INITIALLY DEFERRED) STRICT;
CREATE TRIGGER full AFTER INSERT ON unfinished BEGIN INSERT INTO wanted VALUES (1); END`)
  return () => control.exec('DROP TRIGGER full; DROP TABLE wanted; DROP TABLE room')
}

/** A disk that takes nothing more into the file whose path ends so while it is `full`, or while it fails so. */
export function diskFor(name: string, code = 'ENOSPC'): Disk & { full: boolean } {
  const real = nodeDisk()
  const refuse = (path: string): void => {
    if (disk.full && path.endsWith(name)) throw Object.assign(new Error(`${code}, write`), { code })
  }
  const disk = {
    ...real,
    full: false,
    async open(path: string): Promise<DiskFile> {
      const file = await real.open(path)
      return { ...file, write: async (bytes, atByte) => (refuse(path), file.write(bytes, atByte)) }
    },
    replace: async (path: string, bytes: Uint8Array) => (refuse(path), real.replace(path, bytes)),
  }
  return disk
}
