import { type SqlRow, bytesOf, numberOf, textOf } from './column.ts'
import { type Database, openDatabase } from './database.ts'

/** A passkey of an account: its public half. */
export interface Passkey {
  /** Credential id, base64url. */
  readonly id: string
  readonly account: string
  /** COSE key. */
  readonly publicKey: Uint8Array<ArrayBuffer>
  /** Signatures that its authenticator has counted; 0 where it does not count. */
  readonly counter: number
}

const tables = `
CREATE TABLE passkeys (
  id TEXT PRIMARY KEY, account TEXT NOT NULL, public_key BLOB NOT NULL, counter REAL NOT NULL, put_ms REAL NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX passkeys_by_account ON passkeys (account);
CREATE TABLE canaries (person TEXT PRIMARY KEY, put_ms REAL NOT NULL) STRICT, WITHOUT ROWID
`

/** Who may, where accounts sign in through a provider: their passkeys, and the people who do not exist and whom nobody may read. A folder on one's own machine has no such file. */
export class Access {
  readonly #database: Database
  readonly #nowEpochMs: () => number

  constructor(path: string, nowEpochMs: () => number) {
    this.#database = openDatabase(path, tables, [])
    this.#nowEpochMs = nowEpochMs
  }

  /** Keeps a passkey; false where one of this id is there already, whoever's. */
  putPasskey({ id, account, publicKey, counter }: Passkey): boolean {
    const insert = this.#database.prepare('INSERT OR IGNORE INTO passkeys VALUES (?, ?, ?, ?, ?)')
    return insert.run(id, account, publicKey, counter, this.#nowEpochMs()).changes === 1
  }

  /** Passkeys of an account, oldest first. */
  passkeys(account: string): Passkey[] {
    return this.#database.prepare('SELECT * FROM passkeys WHERE account = ? ORDER BY put_ms, id').all(account).map(toPasskey)
  }

  /** Remembers how far a passkey has counted: a copy of it counts behind. */
  count(id: string, counter: number): void {
    this.#database.prepare('UPDATE passkeys SET counter = ? WHERE id = ?').run(counter, id)
  }

  /** Marks a person as one who does not exist. */
  putCanary(person: string): void {
    this.#database.prepare('INSERT OR IGNORE INTO canaries VALUES (?, ?)').run(person, this.#nowEpochMs())
  }

  canaries(): string[] {
    return this.#database
      .prepare('SELECT person FROM canaries ORDER BY person')
      .all()
      .map((row) => textOf(row, 'person'))
  }

  close(): void {
    this.#database.close()
  }
}

function toPasskey(row: SqlRow): Passkey {
  const publicKey = new Uint8Array(bytesOf(row, 'public_key'))
  return { id: textOf(row, 'id'), account: textOf(row, 'account'), publicKey, counter: numberOf(row, 'counter') }
}
