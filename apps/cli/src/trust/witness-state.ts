import { makeFolder } from '@overt/data/govern'
import { exportPrivateKey, generateKeyPair, importPrivateKey } from '@overt/privacy'
import type { VerifierKey, WitnessMemory } from '@overt/privacy/ledger'
import { chmodSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** A witness: its own key, and the last that it signed of each log. */
export interface WitnessState {
  readonly name: string
  readonly keyPair: { readonly publicKey: string; readonly privateKey: CryptoKey }
  /** What is kept of a log, by its name; null where it was never witnessed. */
  known(name: string): WitnessMemory | null
  /** Keeps what was witnessed, on the disk before this returns; false where another process has meanwhile witnessed more. */
  keep(memory: WitnessMemory): boolean
  close(): void
}

/** Whether a folder is a witness's. */
export function isWitness(dir: string): boolean {
  return existsSync(join(dir, 'witness.sqlite'))
}

/** Opens a witness's folder, making it and its key where they are missing. */
export async function openWitness(dir: string, name: string): Promise<WitnessState> {
  makeFolder(dir)
  const path = join(dir, 'witness.sqlite')
  const file = new DatabaseSync(path)
  chmodSync(path, 0o600)
  // Two processes of one witness must not sign two histories: a look and a change are one transaction.
  file.exec('PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000')
  file.exec(`CREATE TABLE IF NOT EXISTS self (one INTEGER PRIMARY KEY CHECK (one = 1), name TEXT NOT NULL, public_key TEXT NOT NULL, private_key TEXT NOT NULL) STRICT;
    CREATE TABLE IF NOT EXISTS logs (name TEXT PRIMARY KEY, public_key TEXT NOT NULL, size INTEGER NOT NULL, root TEXT NOT NULL) STRICT`)
  const made = await generateKeyPair()
  file.prepare('INSERT OR IGNORE INTO self VALUES (1, ?, ?, ?)').run(name, made.publicKey, await exportPrivateKey(made.privateKey))
  const self = file.prepare('SELECT * FROM self').get() ?? {}
  return {
    name: String(self['name']),
    keyPair: { publicKey: String(self['public_key']), privateKey: await importPrivateKey(String(self['private_key'])) },
    known: (log) => memoryOf(file.prepare('SELECT * FROM logs WHERE name = ?').get(log)),
    keep: (memory) => keep(file, memory.log, memory.last ?? { size: 0, root: '' }),
    close: () => file.close(),
  }
}

function memoryOf(row: Readonly<Record<string, unknown>> | undefined): WitnessMemory | null {
  if (row === undefined) return null
  const { name, public_key: publicKey, size, root } = row
  return { log: { name: String(name), publicKey: String(publicKey) }, last: { size: Number(size), root: String(root) } }
}

function keep(file: DatabaseSync, log: VerifierKey, last: { readonly size: number; readonly root: string }): boolean {
  const { changes } = file
    .prepare(
      `INSERT INTO logs VALUES (?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET size = excluded.size, root = excluded.root
       WHERE excluded.size > size OR (excluded.size = size AND excluded.root = root)`,
    )
    .run(log.name, log.publicKey, last.size, last.root)
  return changes === 1
}
