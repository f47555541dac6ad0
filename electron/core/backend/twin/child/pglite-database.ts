import type { PGlite } from '@electric-sql/pglite'
import type { Script } from '../migrate'
import type { Database, Query } from '../responder'

/** Of a statement outside a transaction: look-ups by key. */
const QUERY_LIMIT_MS = 8000

interface Runner {
  query<Row>(sql: string, values?: unknown[]): Promise<{ rows: Row[] }>
}

const queryOf =
  (runner: Runner): Query =>
  async <Row>(sql: string, values: readonly unknown[] = []) =>
    (await runner.query<Row>(sql, [...values])).rows

/** `running` is called before each transaction: PGlite blocks the thread and knows no timeout. */
export function pgliteDatabase(engine: PGlite, running: (limitMs: number) => void): Database {
  const query = queryOf(engine)
  return {
    query: (sql, values) => {
      running(QUERY_LIMIT_MS)
      return query(sql, values)
    },
    transaction({ readOnly = false, limitMs }, work) {
      running(limitMs)
      return engine.transaction(async (transaction) => {
        if (readOnly) await transaction.exec('set transaction read only')
        return work(queryOf(transaction))
      })
    },
  }
}

export const pgliteScript = (engine: PGlite): Script => ({
  query: queryOf(engine),
  exec: (sql) => engine.exec(sql),
})
