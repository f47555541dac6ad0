import type { OfferedResult } from '@shared/contract/model'
import type { BenchmarkResults } from '../benchmark/results'

/**
 * Stored results that a passport of these files may carry, newest first. Chosen is the newest of each
 * suite and scenario whose files are all among them.
 */
export function offeredResults(
  hashes: ReadonlySet<string>,
  results: Pick<BenchmarkResults, 'find' | 'matching'>,
): OfferedResult[] {
  const seen = new Set<string>()
  return results
    .matching({})
    .filter(({ role, publishable, modelSha256 }) => {
      return role === 'model' && publishable && hashes.has(modelSha256)
    })
    .toReversed()
    .flatMap((row): OfferedResult[] => {
      const kind = `${row.suite.id} ${row.scenario}`
      if (seen.has(kind)) return [{ row, chosen: false }]
      const files = results.find(row.id)?.result.model.files ?? []
      if (files.length === 0 || !files.every(({ sha256 }) => hashes.has(sha256))) return []
      seen.add(kind)
      return [{ row, chosen: true }]
    })
}
