import {
  closeSync,
  cpSync,
  existsSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { dirname, join } from 'node:path'

import type { Disk, DiskFile } from '../src/store/disk.ts'
import { HeldFile } from './held-file.ts'
import { type Random, below } from './random.ts'

/** A step on the disk, as a fault sees it before it is done. */
export interface Step {
  readonly kind: 'write' | 'truncate' | 'sync' | 'syncFolder' | 'replace' | 'rename' | 'remove' | 'make'
  readonly path: string
  /** Counts from 1. */
  readonly number: number
}

/** What a fault does to a step: nothing, or it throws what the system would. `partial` ratio (0-1) of a write reaches the file first. */
export type Fault = (step: Step) => { readonly code: string; readonly partial: number } | undefined

/** Names that SQLite has synced into the folder itself by the time a later part is made, and those that it makes anew. */
const namedBySqlite = /^(tenant\.key|(control|keys)\.sqlite(-wal)?|lock.*)$/

/**
 * The file system under a store, as the power can leave it. What is done goes to a real folder at once, in the order of the calls and without waiting, so that a seed
 * repeats a run; what of it would be on a device is kept apart. `image` lays one of the states after a power loss into another folder.
 */
export class PowerDisk implements Disk {
  readonly #dir: string
  readonly #random: Random
  readonly #files = new Map<string, HeldFile>()
  /** Whole files that took another's place since the last folder sync: what they were before. */
  readonly #replaced = new Map<string, Buffer>()
  /** Files that lost their name to another since the last folder sync, or were removed, by the name that they had. */
  readonly #unnamed = new Map<string, HeldFile>()
  readonly #named = new Set<string>()
  readonly #fault: Fault
  #steps = 0

  constructor(dir: string, random: Random, fault: Fault = () => undefined) {
    this.#dir = dir
    this.#random = random
    this.#fault = fault
    for (const path of everythingIn(dir)) this.#named.add(path)
    if (existsSync(dir)) this.#named.add(dir)
  }

  /** Steps so far. */
  get steps(): number {
    return this.#steps
  }

  async open(path: string): Promise<DiskFile> {
    if (!existsSync(path)) this.#step('make', path)
    const handle = openSync(path, existsSync(path) ? 'r+' : 'w+', 0o600)
    const held = this.#files.get(path) ?? new HeldFile(readFileSync(path), this.#named.has(path))
    this.#files.set(path, held)
    return {
      write: async (bytes, atByte) => this.#write({ path, handle, held }, bytes, atByte),
      read: async (atByte, sizeBytes) => {
        const bytes = Buffer.alloc(sizeBytes)
        return bytes.subarray(0, readSync(handle, bytes, 0, sizeBytes, atByte))
      },
      sync: async () => {
        this.#step('sync', path, () => held.failSync(this.#random))
        held.sync()
      },
      truncate: async (sizeBytes) => {
        this.#step('truncate', path)
        ftruncateSync(handle, sizeBytes)
        held.truncate(sizeBytes)
      },
      size: async () => fstatSync(handle).size,
      close: async () => closeSync(handle),
    }
  }

  async list(folder: string): Promise<readonly string[]> {
    if (!existsSync(folder)) this.#step('make', folder)
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    return readdirSync(folder).sort()
  }

  async syncFolder(folder: string): Promise<void> {
    this.#step('syncFolder', folder)
    for (const path of this.#unnamed.keys()) if (dirname(path) === folder) this.#unnamed.delete(path)
    for (const name of readdirSync(folder)) {
      const path = join(folder, name)
      this.#named.add(path)
      this.#replaced.delete(path)
      const held = this.#files.get(path)
      if (held !== undefined) held.named = true
    }
  }

  async replace(path: string, bytes: Uint8Array): Promise<void> {
    this.#step('replace', path)
    if (!this.#replaced.has(path)) this.#replaced.set(path, existsSync(path) ? readFileSync(path) : Buffer.alloc(0))
    writeFileSync(`${path}.new`, bytes, { mode: 0o600 })
    renameSync(`${path}.new`, path)
  }

  async rename(from: string, to: string): Promise<void> {
    this.#step('rename', to)
    const held = this.#held(from)
    for (const path of [from, to]) this.#unname(path)
    renameSync(from, to)
    this.#files.delete(from)
    this.#files.set(to, held)
  }

  async remove(path: string): Promise<void> {
    if (!existsSync(path)) return
    this.#step('remove', path)
    this.#unname(path)
    rmSync(path)
    this.#files.delete(path)
  }

  #held(path: string): HeldFile {
    return this.#files.get(path) ?? new HeldFile(readFileSync(path), this.#named.has(path))
  }

  /** What lay under a name on the device is what a power loss may bring back. */
  #unname(path: string): void {
    if (this.#named.has(path) && existsSync(path) && !this.#unnamed.has(path)) this.#unnamed.set(path, this.#held(path))
  }

  /** Lays what is left after a power loss now into `into`, which must not be there yet. */
  image(into: string): void {
    mkdirSync(into, { mode: 0o700 })
    if (!this.#isKept(this.#dir)) return
    for (const path of everythingIn(this.#dir)) this.#copy(path, join(into, path.slice(this.#dir.length)))
    for (const [path, held] of this.#unnamed) if (this.#random() < 0.5) this.#lay(held, join(into, path.slice(this.#dir.length)))
  }

  #copy(path: string, to: string): void {
    // What lies in a folder whose name is lost is lost with it; shared memory is no file.
    if (!existsSync(dirname(to)) || path.endsWith('-shm') || path.endsWith('.sock') || !this.#isKept(path)) return
    if (statSync(path).isDirectory()) return mkdirSync(to, { mode: 0o700 })
    const before = this.#replaced.get(path)
    if (before !== undefined) return writeFileSync(to, this.#oneOf(before, readFileSync(path)), { mode: 0o600 })
    const held = this.#files.get(path)
    if (held === undefined) return cpSync(path, to)
    this.#lay(held, to)
  }

  #lay(held: HeldFile, to: string): void {
    if (existsSync(dirname(to))) writeFileSync(to, held.afterLoss(this.#random), { mode: 0o600 })
  }

  /** Whether a name survives. */
  #isKept(path: string): boolean {
    const bySqlite = dirname(path) === this.#dir && namedBySqlite.test(path.slice(this.#dir.length + 1))
    return this.#named.has(path) || bySqlite || this.#random() < 0.5
  }

  #oneOf(before: Buffer, after: Buffer): Buffer {
    return [before, after, Buffer.alloc(0), Buffer.alloc(after.length)][below(this.#random, 4)] ?? after
  }

  #write(open: { readonly path: string; readonly handle: number; readonly held: HeldFile }, bytes: Uint8Array, atByte: number): void {
    const put = (part: Uint8Array): void => {
      writeSync(open.handle, part, 0, part.length, atByte)
      open.held.write(part, atByte)
    }
    this.#step('write', open.path, (partial) => put(bytes.subarray(0, Math.floor(bytes.length * partial))))
    put(bytes)
  }

  #step(kind: Step['kind'], path: string, onFault: (partial: number) => void = () => {}): void {
    this.#steps += 1
    const fault = this.#fault({ kind, path, number: this.#steps })
    if (fault === undefined) return
    onFault(fault.partial)
    throw Object.assign(new Error(`${fault.code}: planned for step ${this.#steps}, ${kind} of ${path}`), { code: fault.code })
  }
}

function everythingIn(dir: string): readonly string[] {
  if (!existsSync(dir)) return []
  return readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => join(dir, name))
}
