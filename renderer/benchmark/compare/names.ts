import type { ResultRow } from '@shared/benchmark/result-row'
import { formatDateTime } from '../../app/intl'

/** One name a result: the model's, and where two have the same, what tells them apart. */
export function resultNames(rows: readonly ResultRow[]): string[] {
  const seen = new Map<string, number>()
  for (const { name } of rows) seen.set(name, (seen.get(name) ?? 0) + 1)
  const dated = rows.map((row) =>
    (seen.get(row.name) ?? 0) > 1 ? `${row.name}, ${formatDateTime(row.startedAt)}` : row.name,
  )
  // Two runs within a minute: a number has to do.
  return dated.map((name, at) => {
    const before = dated.slice(0, at).filter((other) => other === name).length
    return before > 0 ? `${name} (${before + 1})` : name
  })
}
