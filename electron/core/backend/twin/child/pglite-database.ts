import type { PGlite } from '@electric-sql/pglite'
import type { Script } from '../migrate'
import type { Database, Query } from '../responder'
import { literal } from '../responder/database'

/** Of a statement outside a transaction: look-ups by key. */
const QUERY_LIMIT_MS = 8000

interface Runner {
  query<Row>(sql: string, values?: unknown[]): Promise<{ rows: Row[] }>
  exec(sql: string): Promise<{ rows: unknown[] }[]>
}

const queryOf =
  (runner: Runner): Query =>
  async <Row>(sql: string, values: readonly unknown[] = []) => {
    if (values.length > 0) return (await runner.query<Row>(sql, [...values])).rows
    // One message for the engine, where a statement with parameters is five.
    const [result] = await runner.exec(sql)
    return (result?.rows ?? []) as Row[]
  }

/** `running` is called before each transaction: PGlite blocks the thread and knows no timeout. */
export function pgliteDatabase(engine: PGlite, running: (limitMs: number) => void): Database {
  const query = queryOf(engine)
  return {
    query: (sql, values) => {
      running(QUERY_LIMIT_MS)
      return query(sql, values)
    },
    transaction({ readOnly = false, settings = {}, limitMs }, work) {
      running(limitMs)
      // One message without parameters: each that has some is four for the engine.
      const set = Object.entries(settings).map(
        ([name, value]) => `set_config(${literal(name)}, ${literal(value)}, true)`,
      )
      const before = [
        ...(readOnly ? ['set transaction read only'] : []),
        ...(set.length > 0 ? [`select ${set.join(', ')}`] : []),
      ]
      return engine.transaction(async (transaction) => {
        if (before.length > 0) await transaction.exec(before.join(';'))
        return work(queryOf(transaction))
      })
    },
  }
}

export const pgliteScript = (engine: PGlite): Script => ({
  query: queryOf(engine),
  exec: (sql) => engine.exec(sql),
})
