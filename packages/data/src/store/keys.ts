import { randomBytes } from 'node:crypto'

import { canonicalJson } from '@overt/schema/words'

import { type Key, bytesOfKey, keyBytes, keyOf, newKey, nonceBytes, seal, unseal } from './cipher.ts'
import { bytesOf, numberOf, textOf } from './column.ts'
import { type Database, copyDatabase, openDatabase, scrub, transact } from './database.ts'
import { type Judgement, moveVerdicts, pictureTable, putVerdict, releaseHeld, selectJudgements, withFindings } from './picture-rows.ts'
import {
  type RecordRow,
  type Whose,
  insertRecord,
  knownContent,
  keyTables,
  selectRecord,
  selectRecords,
  selectWrapped,
  withPictures,
} from './key-rows.ts'
import { putReplaced, replacedTable, selectReplaced } from './replaced-record.ts'

const saltBytes = 32
/** Session keys at hand: each takes 1.2 kB of resident memory, and a process may see a million of them. */
const sessionsAtHand = 4_096
/** Of each record: its key, and the nonces of the key's ciphertext and of its own. Drawn for all of a commit at once: a draw costs more than its bytes. */
const drawnBytes = keyBytes + 2 * nonceBytes

/** A plain text and what its key and ciphertext are bound to. */
export interface Plain {
  readonly row: RecordRow
  readonly bytes: Uint8Array
}

/** Whose session, and which. */
export interface SessionName {
  readonly person: string
  readonly session: string
}

/** The folder's keys: tenant key -> person key -> session key -> record key. Losing a row makes its ciphertexts unreadable for ever. */
export class KeyStore {
  readonly #database: Database
  readonly #tenantKey: Key
  readonly #tenant: string
  readonly #personKeys = new Map<string, Key>()
  readonly #salts = new Map<string, Buffer>()
  readonly #sessionKeys = new Map<string, { readonly id: number; readonly key: Key }>()

  constructor(path: string, tenant: string, tenantKey: Key) {
    const tables = [keyTables, pictureTable, withFindings, replacedTable].join('; ')
    this.#database = openDatabase(path, tables, [knownContent, withPictures, pictureTable, `${withFindings}; ${replacedTable}`])
    this.#tenant = tenant
    this.#tenantKey = tenantKey
  }

  /** Makes the keys that are missing, durably, and returns one ciphertext per plain text. */
  seal(plains: readonly Plain[]): Buffer[] {
    try {
      const drawn = randomBytes(plains.length * drawnBytes)
      const own = (place: number): Buffer => drawn.subarray(place * drawnBytes, (place + 1) * drawnBytes)
      return transact(this.#database, () => plains.map((plain, place) => this.#sealOne(plain, own(place))))
    } catch (cause) {
      // Keys that were made in a transaction that failed are nowhere.
      this.#forget()
      throw cause
    }
  }

  /** The plain text of a record; undefined where its keys were destroyed. */
  open(idHash: string, sealed: Uint8Array): { readonly row: RecordRow; readonly bytes: Buffer } | undefined {
    const row = selectRecord(this.#database, idHash)
    const wrapped = selectWrapped(this.#database, idHash)
    if (row === undefined || wrapped === undefined) return undefined
    const { key } = this.#sessionKey(row)
    const recordKey = keyOf(unseal(key, wrapped, this.#bound('record', row.person, row.session, row.id)))
    return { row, bytes: unseal(recordKey, sealed, this.#context(row)) }
  }

  rows(where: Whose = {}): RecordRow[] {
    return selectRecords(this.#database, where, 'received').toArray()
  }

  /** Rows one at a time, of which there may be a million. Nothing is to be awaited or destroyed before the last one. */
  eachRow(where: Whose = {}, order: 'received' | 'any' = 'any'): IteratorObject<RecordRow> {
    return selectRecords(this.#database, where, order)
  }

  /** What is known of a record; undefined where it has no key. */
  row(idHash: string): RecordRow | undefined {
    return selectRecord(this.#database, idHash)
  }

  /** Whether a record has a key. */
  hasRecord(idHash: string): boolean {
    return this.#database.prepare('SELECT 1 FROM records WHERE id_hash = ?').get(idHash) !== undefined
  }

  /** The hashes of all records that have a key, one at a time. */
  names(): IteratorObject<string> {
    return this.#database.each('SELECT id_hash FROM records').map((row) => textOf(row, 'id_hash'))
  }

  /** Everyone's sessions that have a key, one at a time. */
  sessions(): IteratorObject<SessionName> {
    const rows = this.#database.each('SELECT person, session FROM sessions')
    return rows.map((row) => ({ person: textOf(row, 'person'), session: textOf(row, 'session') }))
  }

  /** Everyone who has a key. */
  persons(): string[] {
    return this.#database
      .prepare('SELECT person FROM persons ORDER BY person')
      .all()
      .map((row) => textOf(row, 'person'))
  }

  /** Keeps what a check said of a record's picture. */
  judge(idHash: string, picture: number, judgement: Judgement): void {
    putVerdict(this.#database, idHash, picture, judgement)
  }

  /** Releases a record's picture; false where it is not held back. */
  release(idHash: string, picture: number): boolean {
    return releaseHeld(this.#database, idHash, picture)
  }

  /** What was said of a record's pictures. */
  judgements(idHash: string): ReadonlyMap<number, Judgement> {
    return selectJudgements(this.#database, idHash)
  }

  /** The ciphertext of what is to stand in a record's place, under a key of its own; the record itself stays. */
  sealInPlace(plain: Plain, { replaces, without }: { readonly replaces: string; readonly without: readonly number[] }): Buffer {
    try {
      return transact(this.#database, () => {
        const sealed = this.#sealOne(plain, randomBytes(drawnBytes))
        putReplaced(this.#database, plain.row.idHash, replaces)
        moveVerdicts(this.#database, { from: replaces, to: plain.row.idHash, without })
        return sealed
      })
    } catch (cause) {
      this.#forget()
      throw cause
    }
  }

  /** By the name of each record that stands in another one's place, that one's. */
  replaced(): ReadonlyMap<string, string> {
    return selectReplaced(this.#database)
  }

  /** Writes a copy as it stands now into a new file. */
  copyTo(path: string): void {
    copyDatabase(this.#database, path)
  }

  /** True while the person has a key. */
  has(person: string): boolean {
    return this.#database.prepare('SELECT 1 FROM persons WHERE person = ?').get(person) !== undefined
  }

  /** The person's salt for ledger leaves, made with the person's key where both are missing. */
  salt(person: string): Buffer {
    const salt = this.#salts.get(person) ?? this.#openSalt(person)
    this.#salts.set(person, salt)
    return salt
  }

  /** Destroys a person's key and every key under it. */
  destroyPerson(person: string): void {
    this.#forget()
    this.#database.prepare('DELETE FROM persons WHERE person = ?').run(person)
    scrub(this.#database)
  }

  /** Destroys the keys of records, and of the sessions they leave empty. */
  destroyRecords(idHashes: readonly string[]): void {
    this.#forget()
    transact(this.#database, () => {
      const drop = this.#database.prepare('DELETE FROM records WHERE id_hash = ?')
      for (const idHash of idHashes) drop.run(idHash)
      this.#database.exec('DELETE FROM sessions WHERE id NOT IN (SELECT session FROM records)')
    })
    scrub(this.#database)
  }

  close(): void {
    this.#forget()
    this.#database.close()
  }

  #openSalt(person: string): Buffer {
    const key = this.#personKey(person)
    const row = this.#database.prepare('SELECT salt FROM persons WHERE person = ?').get(person) ?? {}
    return unseal(key, bytesOf(row, 'salt'), this.#bound('salt', person))
  }

  #forget(): void {
    this.#personKeys.clear()
    this.#salts.clear()
    this.#sessionKeys.clear()
  }

  /** `drawn`: random bytes that are this record's alone. */
  #sealOne({ row, bytes }: Plain, drawn: Buffer): Buffer {
    const session = this.#sessionKey(row)
    const key = drawn.subarray(0, keyBytes)
    const [keyNonce, nonce] = [drawn.subarray(keyBytes, keyBytes + nonceBytes), drawn.subarray(keyBytes + nonceBytes)]
    insertRecord(this.#database, row, session.id, seal(session.key, key, this.#bound('record', row.person, row.session, row.id), keyNonce))
    return seal(keyOf(key), bytes, this.#context(row), nonce)
  }

  #personKey(person: string): Key {
    const key = this.#personKeys.get(person) ?? this.#findPersonKey(person) ?? this.#makePersonKey(person)
    this.#personKeys.set(person, key)
    return key
  }

  #findPersonKey(person: string): Key | undefined {
    const row = this.#database.prepare('SELECT wrapped FROM persons WHERE person = ?').get(person)
    return row === undefined ? undefined : keyOf(unseal(this.#tenantKey, bytesOf(row, 'wrapped'), this.#bound('person', person)))
  }

  #makePersonKey(person: string): Key {
    const key = newKey()
    const wrapped = seal(this.#tenantKey, bytesOfKey(key), this.#bound('person', person))
    const salt = seal(key, randomBytes(saltBytes), this.#bound('salt', person))
    this.#database.prepare('INSERT INTO persons VALUES (?, ?, ?)').run(person, wrapped, salt)
    return key
  }

  #sessionKey(row: RecordRow): { readonly id: number; readonly key: Key } {
    const name = this.#bound('session', row.person, row.session)
    const session = this.#sessionKeys.get(name) ?? this.#findSessionKey(row, name) ?? this.#makeSessionKey(row, name)
    if (this.#sessionKeys.size >= sessionsAtHand) this.#sessionKeys.clear()
    this.#sessionKeys.set(name, session)
    return session
  }

  #findSessionKey(row: RecordRow, bound: string): { readonly id: number; readonly key: Key } | undefined {
    const found = this.#database.prepare('SELECT id, wrapped FROM sessions WHERE person = ? AND session = ?').get(row.person, row.session)
    if (found === undefined) return undefined
    return { id: numberOf(found, 'id'), key: keyOf(unseal(this.#personKey(row.person), bytesOf(found, 'wrapped'), bound)) }
  }

  #makeSessionKey(row: RecordRow, bound: string): { readonly id: number; readonly key: Key } {
    const key = newKey()
    const wrapped = seal(this.#personKey(row.person), bytesOfKey(key), bound)
    const { lastInsertRowid } = this.#database
      .prepare('INSERT INTO sessions (person, session, device, mode, origin, wrapped) VALUES (?, ?, ?, ?, ?, ?)')
      .run(row.person, row.session, row.device, row.mode, row.origin, wrapped)
    return { id: Number(lastInsertRowid), key }
  }

  #bound(...parts: readonly string[]): string {
    return canonicalJson([this.#tenant, ...parts])
  }

  /** Additional data of a record's ciphertext. */
  #context(row: RecordRow): string {
    return canonicalJson({
      tenant: this.#tenant,
      person: row.person,
      session: row.session,
      batch: row.id,
      schema: row.form,
      receipt: row.receipt,
    })
  }
}
