import type { PublishedResultRow } from '../backend/results'
import type { LeaderboardTable } from '../benchmark/leaderboard'
import { leaderboardOf, type RankedResult } from '../benchmark/leaderboard-of'
import { HEADLINE } from '../benchmark/measures'

/**
 * Published results, ranked as those of a workspace are. The server refuses grade C, and a listed
 * version has a clean scan; so nobody is measured "anyway" here, and nobody is a reference.
 */
export function publishedBoard(results: readonly PublishedResultRow[]): LeaderboardTable[] {
  return leaderboardOf(
    results.flatMap((result): RankedResult[] => {
      const figure = result.figures.find(({ measure }) => measure === HEADLINE[result.scenario])
      if (figure === undefined || result.state !== 'counted') return []
      return [{ row: rankedRow(result), figure }]
    }),
  )
}

const rankedRow = (result: PublishedResultRow): RankedResult['row'] => ({
  id: result.id,
  role: 'model',
  name: result.name,
  modelSha256: result.modelSha256,
  suite: result.suite,
  scenario: result.scenario,
  engine: result.engine,
  startedAt: new Date(result.measuredAt),
  hardwareClass: result.hardwareClass,
  grade: result.grade,
  evidence: result.level,
  override: null,
  accuracy: result.accuracy,
  memoryBytes: result.memoryBytes,
})
