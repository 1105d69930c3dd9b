/** The part of yazl that writes a takeout; it brings no types of its own. */
declare module 'yazl' {
  import type { Readable } from 'node:stream'

  export class ZipFile {
    readonly outputStream: Readable
    addBuffer(bytes: Buffer, name: string): void
    end(): void
  }
}
