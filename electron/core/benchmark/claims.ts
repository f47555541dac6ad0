import { ClaimStatement } from '@shared/benchmark/claim'
import { judgeClaim } from '@shared/benchmark/judge-claim'
import { summarise } from '@shared/benchmark/summarise'
import type { Claim } from '@shared/contract/benchmark'
import type { ActivityLog } from '../activity'
import type { Db } from '../database/open'
import { exclusively } from '../database/transaction'
import type { Platform } from '../platform'
import type { BenchmarkResults } from './results'

/** What sellers state, and what this workspace's measurements say to it, judged anew at each look. */
export interface BenchmarkClaims {
  list(modelSha256: string | undefined): Claim[]
  state(statement: ClaimStatement): Promise<Claim>
  remove(id: string): Promise<boolean>
}

export function createBenchmarkClaims(
  db: Db,
  platform: Pick<Platform, 'now' | 'randomId' | 'user'>,
  activity: ActivityLog,
  results: BenchmarkResults,
): BenchmarkClaims {
  function judged(row: StoredClaim): Claim {
    const statement = ClaimStatement.parse(JSON.parse(row.statement))
    const evidence = results
      .matching({
        modelSha256: statement.modelSha256,
        suiteId: statement.suiteId,
        suiteVersion: statement.suiteVersion,
        scenario: statement.scenario,
      })
      .flatMap(({ id }) => {
        const found = results.find(id)
        return found === undefined ? [] : [{ row: found.row, summary: summarise(found.result) }]
      })
    return {
      id: row.id,
      statement,
      statedAt: new Date(row.stated_at),
      statedBy: row.stated_by,
      verdict: judgeClaim(statement, evidence),
    }
  }
  return {
    list: (modelSha256) =>
      (
        db
          .prepare(
            `SELECT id, stated_at, stated_by, statement FROM benchmark_claim
             WHERE @model IS NULL OR model_sha256 = @model ORDER BY stated_at DESC, id`,
          )
          .all({ model: modelSha256 ?? null }) as StoredClaim[]
      ).map(judged),
    async state(statement) {
      const row: StoredClaim = {
        id: platform.randomId(),
        stated_at: platform.now().getTime(),
        stated_by: platform.user,
        statement: JSON.stringify(statement),
      }
      await exclusively(db, () => {
        db.prepare(
          `INSERT INTO benchmark_claim (id, model_sha256, stated_at, stated_by, statement)
           VALUES (@id, @model, @stated_at, @stated_by, @statement)`,
        ).run({ ...row, model: statement.modelSha256 })
        activity.append({
          operationId: row.id,
          kind: 'claim.stated',
          subject: row.id,
          summary: `Stated a claim about ${statement.modelName}`,
          body: { ...statement },
        })
      })
      return judged(row)
    },
    remove: (id) =>
      exclusively(db, () => {
        const { changes } = db.prepare('DELETE FROM benchmark_claim WHERE id = ?').run(id)
        if (changes === 0) return false
        activity.append({
          operationId: platform.randomId(),
          kind: 'claim.removed',
          subject: id,
          summary: 'Removed a claim',
        })
        return true
      }),
  }
}

interface StoredClaim {
  id: string
  stated_at: number
  stated_by: string
  statement: string
}
