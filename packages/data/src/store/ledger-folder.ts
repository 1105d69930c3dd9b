import { open, stat } from 'node:fs/promises'

import { parseTilePath, tileWidth } from '@overt/privacy/ledger'

import { leafBytes, ledgerPaths, readOrNone } from './ledger-files.ts'
import { Tiles, type TileSource } from './ledger-tiles.ts'
import { readLines } from './lines.ts'

/** Reads a data folder's ledger as a log that is served: `checkpoint`, `tile/0/000`; null where there is nothing. Takes no lock and changes nothing, also beside a running server. */
export async function readLogFolder(dir: string): Promise<(path: string) => Promise<Uint8Array | null>> {
  const paths = ledgerPaths(dir)
  const note = await readOrNone(paths.checkpoint)
  const leavesSize = Math.floor((await stat(paths.leaves)).size / leafBytes)
  const bundleAtByte: number[] = []
  let [index, endByte] = [0, 0]
  for await (const { bytes } of readLines(paths.entries)) {
    if (index % tileWidth === 0) bundleAtByte.push(endByte)
    endByte += bytes.length + 1
    index += 1
  }
  const tiles = new Tiles({
    entries: file(paths.entries),
    leaves: file(paths.leaves),
    size: () => Math.min(leavesSize, index),
    bundleAtByte: (bundle) => bundleAtByte[bundle] ?? endByte,
  })
  return async (path) => {
    if (path === 'checkpoint') return note
    const tile = parseTilePath(path)
    return tile === undefined ? null : ((await tiles.read(tile)) ?? null)
  }
}

function file(path: string): TileSource['leaves'] {
  return {
    async read(atByte, sizeBytes) {
      const handle = await open(path, 'r')
      try {
        const { buffer, bytesRead } = await handle.read(Buffer.alloc(sizeBytes), 0, sizeBytes, atByte)
        return buffer.subarray(0, bytesRead)
      } finally {
        await handle.close()
      }
    },
  }
}
