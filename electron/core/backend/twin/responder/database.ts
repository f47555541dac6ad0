/** What the responder needs of a PostgreSQL: PGlite in the twin's child, or a server in tests. */
export interface Database {
  /** Runs `work` in a transaction, which rolls back when it throws. */
  transaction<Result>(
    options: TransactionOptions,
    work: (query: Query) => Promise<Result>,
  ): Promise<Result>
  /** One statement in a transaction of its own. */
  query: Query
}

export type Query = <Row = Record<string, unknown>>(
  sql: string,
  values?: readonly unknown[],
) => Promise<Row[]>

export interface TransactionOptions {
  readOnly?: boolean
  /** Set until the transaction ends, in this order, before its work begins. */
  settings?: Readonly<Record<string, string>>
  /** Longest time it may take, milliseconds: whoever executes it sees to that. */
  limitMs: number
}

/** An error that PostgreSQL raised, as both drivers have it. */
export interface PostgresError extends Error {
  /** SQLSTATE. */
  code: string
  detail?: string
  hint?: string
}

export function isPostgresError(error: unknown): error is PostgresError {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    /^[0-9A-Z]{5}$/.test(error.code)
  )
}

export const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** A text as SQL writes one, whatever `standard_conforming_strings` says. */
export const literal = (text: string): string =>
  `E'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
