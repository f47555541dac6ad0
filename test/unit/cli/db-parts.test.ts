import { PassThrough } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { askHidden } from '../../../electron/cli/db/ask'
import { essence, splitStatements } from '../../../electron/cli/db/split-statements'
import { chooseTarget } from '../../../electron/cli/db/target'

/** A terminal as far as asking for a password uses one. */
function terminal() {
  const modes: boolean[] = []
  const input = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode: (raw: boolean) => modes.push(raw),
  })
  const shown: string[] = []
  const ask = askHidden('Password: ', input as unknown as NodeJS.ReadStream, {
    write: (text: string) => shown.push(text),
  })
  return { input, modes, shown, ask }
}

describe('a password that is asked for', () => {
  test('is read with its corrections, and never shown', async () => {
    const { input, modes, shown, ask } = terminal()
    input.write('secrez')
    input.write('\u007ft')
    input.write('\u001b[D')
    input.write(' ü\r')
    expect(await ask).toBe('secret ü')
    expect(shown.join('')).toBe('Password: \n')
    expect(modes).toEqual([true, false])
  })

  test('leaves the terminal as it was after Ctrl+C', async () => {
    const { input, modes, ask } = terminal()
    input.write('sec\u0003')
    await expect(ask).rejects.toThrow('Cancelled')
    expect(modes).toEqual([true, false])
  })
})

describe('statements of a migration', () => {
  test('end at a semicolon outside of strings, comments, dollar quotes and atomic bodies', () => {
    const statements = [
      "select ';', E'it\\';s', \"a;b\"",
      'create function f() returns int language plpgsql as $body$ begin return 1; end $body$',
      'create function g() returns int begin atomic select case when true then 1 end; select 2; end',
      'select $1 /* ; /* ; */ ; */ + 1',
    ]
    const sql = `-- first; comment\n${statements.join(';\n')};\n-- last; comment\n`
    expect(splitStatements(sql).map((one) => one.replace(/^--.*\n/, ''))).toEqual(statements)
  })

  test('are the same with other white space and comments, and differ when a string does', () => {
    expect(essence(['select  1 -- one', "select 'a b'"])).toBe(
      essence(["select 1;\nselect 'a b';"]),
    )
    expect(essence(["select 'a b'"])).not.toBe(essence(["select 'ab'"]))
  })
})

describe('where the database is', () => {
  const at = (url: string, environment: NodeJS.ProcessEnv = {}) =>
    chooseTarget({ url, tls: undefined, ca: undefined }, environment)

  test('is encrypted and checked by default, except on this computer', () => {
    expect(at('postgresql://postgres@db.example.co:5432/postgres').tls).toBe('verify')
    expect(at('postgresql://postgres@db.example.co/postgres?sslmode=require').tls).toBe(
      'unverified',
    )
    expect(at('postgresql://postgres@127.0.0.1:5433/postgres').tls).toBe('off')
  })

  test('takes a password from the environment and refuses one in an argument', () => {
    expect(at('postgresql://me@host/db', { PGPASSWORD: 'x y' }).password).toBe('x y')
    const fromEnvironment = chooseTarget(
      { url: undefined, tls: undefined, ca: undefined },
      { DATABASE_URL: 'postgresql://me:p%40ss@host/db' },
    )
    expect(fromEnvironment.password).toBe('p@ss')
    expect(() => at('postgresql://me:secret@host/db')).toThrow('Leave the password out')
    expect(() => at('postgresql://me@host/db?password=secret')).toThrow('Leave the password out')
  })

  test('refuses the pooler of single transactions, which cannot hold a lock', () => {
    expect(() => at('postgresql://me@aws-0.pooler.supabase.com:6543/postgres')).toThrow('5432')
  })
})
