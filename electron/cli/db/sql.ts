/** What pg and PGlite have in common, as far as it is used here. */
export interface Sql {
  query<Row>(text: string, values?: unknown[]): Promise<{ rows: Row[] }>
}

/** The first row. Only for queries that always answer with one. */
export async function one<Row>(sql: Sql, text: string, values?: unknown[]): Promise<Row> {
  const [row] = (await sql.query<Row>(text, values)).rows
  if (row === undefined) throw new Error(`No row came back: ${text}`)
  return row
}

export const quoteName = (name: string): string => `"${name.replaceAll('"', '""')}"`
export const quoteText = (value: string): string => `'${value.replaceAll("'", "''")}'`

/** All or nothing. */
export async function inTransaction<T>(
  sql: Sql,
  begin: string,
  body: () => Promise<T>,
): Promise<T> {
  await sql.query(begin)
  try {
    const result = await body()
    await sql.query('commit')
    return result
  } catch (error) {
    // A connection that broke has rolled back by itself; its first error is the one to tell.
    await sql.query('rollback').catch(() => {})
    throw error
  }
}
