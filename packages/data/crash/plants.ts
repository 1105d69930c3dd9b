import type { Disk, DiskFile } from '../src/store/disk.ts'
import type { Plant } from './row.ts'

/** A fault that is built in on purpose, and the row that must notice. */
export interface Planted {
  readonly what: string
  readonly row: string
  readonly plant: Plant
}

/** Every fault that is planted: each by the layer under the store, over the store, or in the test's own server. */
export const planted: readonly Planted[] = [
  { what: 'acknowledges before the sync: writes are never synced', row: 'power loss', plant: onFiles(() => ({ sync: async () => {} })) },
  {
    what: 'ignores the directory sync',
    row: 'power loss',
    plant: { disk: (disk) => ({ ...methodsOf(disk), syncFolder: async () => {} }) },
  },
  {
    what: 'ignores the directory sync',
    row: 'power loss, new folder',
    plant: { disk: (disk) => ({ ...methodsOf(disk), syncFolder: async () => {} }) },
  },
  { what: 'skips dedupe', row: 'power loss', plant: skipsDedupe() },
  { what: 'skips dedupe', row: 'clock jumps', plant: skipsDedupe() },
  {
    what: 'cuts off more than what is torn',
    row: 'torn tail',
    plant: onFiles((file) => ({ truncate: (sizeBytes) => file.truncate(Math.max(0, sizeBytes - 100)) })),
  },
  { what: 'takes a write that failed for one that did not', row: 'disk full', plant: swallowsWrites() },
  { what: 'takes a write that failed for one that did not', row: 'read-only disk', plant: swallowsWrites() },
  {
    what: 'tries a failed sync again',
    row: 'sync error',
    plant: onFiles((file) => ({ sync: () => file.sync().catch(() => file.sync()) })),
  },
  {
    what: 'cuts off more than the room behind the last record',
    row: 'compaction under load',
    plant: onFiles((file) => ({ truncate: (sizeBytes) => file.truncate(Math.max(0, sizeBytes - 100)) })),
  },
  { what: 'swaps before the sync', row: 'compaction under load', plant: onDrafts(() => ({ sync: async () => {} })) },
  {
    what: 'copies less than is alive',
    row: 'compaction under load',
    plant: onDrafts((file) => ({ write: (bytes, atByte) => file.write(bytes.subarray(0, Math.max(0, bytes.length - 100)), atByte) })),
  },
  {
    what: 'takes the living for dead',
    row: 'compaction under load',
    plant: { store: ({ keys }) => Object.defineProperty(keys, 'hasRecord', { value: () => false }) },
  },
  { what: 'acknowledges before anything is written', row: 'SIGKILL under load', plant: { server: 'answers-early' } },
  { what: 'skips dedupe', row: 'SIGKILL under load', plant: { server: 'skips-dedupe' } },
  { what: 'acknowledges before anything is written', row: 'disk full, SQLite too', plant: { server: 'answers-early' } },
  { what: 'takes no lock', row: 'two servers on one folder', plant: { server: 'takes-no-lock' } },
]

function skipsDedupe(): Plant {
  return { store: (store) => Object.defineProperty(store, 'find', { value: async () => undefined }) }
}

function swallowsWrites(): Plant {
  return onFiles((file) => ({
    write: (bytes, atByte) => file.write(bytes, atByte).catch(() => undefined),
    sync: () => file.sync().catch(() => undefined),
  }))
}

/** In files that are to take a segment's place. */
function onDrafts(change: (file: DiskFile) => Partial<DiskFile>): Plant {
  return onFiles(change, (path) => path.endsWith('.seg.new'))
}

function onFiles(change: (file: DiskFile) => Partial<DiskFile>, wanted: (path: string) => boolean = () => true): Plant {
  const open = async (disk: Disk, path: string): Promise<DiskFile> => {
    const file = await disk.open(path)
    return wanted(path) ? { ...file, ...change(file) } : file
  }
  return { disk: (disk) => ({ ...methodsOf(disk), open: (path) => open(disk, path) }) }
}

/** The methods of a disk of a class, as an object that can be spread. */
function methodsOf(disk: Disk): Disk {
  return {
    open: (path) => disk.open(path),
    list: (folder) => disk.list(folder),
    syncFolder: (folder) => disk.syncFolder(folder),
    replace: (path, bytes) => disk.replace(path, bytes),
    rename: (from, to) => disk.rename(from, to),
    remove: (path) => disk.remove(path),
  }
}
