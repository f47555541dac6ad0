import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { MIGRATIONS } from '../../../electron/core/database/migrations'
import {
  DatabaseTooNewError,
  openDatabase,
  schemaVersion,
} from '../../../electron/core/database/open'
import { inTransaction } from '../../../electron/core/database/transaction'
import { takeInstanceLock } from '../../../electron/core/instance-lock'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'database-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('the local store', () => {
  test('is brought to the newest schema and stays there', () => {
    const file = join(folder, 'a.db')
    openDatabase(file).close()
    const db = openDatabase(file)
    expect(schemaVersion(db)).toBe(MIGRATIONS.length)
    db.close()
  })
  test('survives a power cut: WAL with full synchronisation', () => {
    const db = openDatabase(join(folder, 'a.db'))
    expect([
      db.pragma('journal_mode', { simple: true }),
      db.pragma('synchronous', { simple: true }),
    ]).toEqual(['wal', 2])
    db.close()
  })
  test('of a newer console is refused and left as it was', () => {
    const file = join(folder, 'a.db')
    const newer = new Database(file)
    newer.pragma('user_version = 999')
    newer.close()
    expect(() => openDatabase(file)).toThrow(DatabaseTooNewError)
  })
  test('waits for another writer without stopping the event loop', async () => {
    const db = openDatabase(join(folder, 'a.db'))
    const other = new Database(join(folder, 'a.db'))
    other.exec('BEGIN IMMEDIATE')
    const order: string[] = []
    const write = inTransaction(db, () => order.push('written'))
    setImmediate(() => {
      order.push('the loop turned')
      other.exec('ROLLBACK')
    })
    await write
    expect(order).toEqual(['the loop turned', 'written'])
    other.close()
    db.close()
  })
  test('keeps nothing of a write that failed', async () => {
    const db = openDatabase(join(folder, 'a.db'))
    const failed = inTransaction(db, () => {
      db.exec('CREATE TABLE half (x)')
      throw new Error('The disk is full.')
    })
    await expect(failed).rejects.toThrow('The disk is full.')
    expect(db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'half'").get()).toBeUndefined()
    db.close()
  })
  test('on a full disk says where and what to do, and keeps what was there', async () => {
    const db = openDatabase(join(folder, 'a.db'))
    db.exec('CREATE TABLE big (body TEXT)')
    // A store that may not grow any further is what a full disk looks like to SQLite.
    db.pragma(`max_page_count = ${db.pragma('page_count', { simple: true })}`)
    const write = inTransaction(db, () =>
      db.prepare('INSERT INTO big VALUES (?)').run('x'.repeat(1_000_000)),
    )
    await expect(write).rejects.toThrow(/a\.db is full\. Free some space/)
    expect(db.prepare('SELECT count(*) AS n FROM big').get()).toEqual({ n: 0 })
    db.close()
  })
  test('that is no database is refused', () => {
    const file = join(folder, 'a.db')
    new Database(file).close()
    expect(() => openDatabase(folder)).toThrow()
  })
})

describe('the lock of a data folder', () => {
  test('belongs to one console, which tells the second where it is', () => {
    const first = takeInstanceLock(folder)
    if ('owner' in first) throw new Error('the folder is new')
    first.announce('http://127.0.0.1:1/#token=x')
    expect(takeInstanceLock(folder)).toEqual({ owner: 'http://127.0.0.1:1/#token=x' })
    first.release()
    expect('owner' in takeInstanceLock(folder)).toBe(false)
  })
  test('never shows the address of a console that was killed', () => {
    writeFileSync(join(folder, 'console.address'), 'http://127.0.0.1:1/#token=dead')
    expect('owner' in takeInstanceLock(folder)).toBe(false)
    expect(takeInstanceLock(folder)).toEqual({ owner: null })
  })
})
