import type { BenchmarkComparison } from '@shared/benchmark/comparison'
import type { AccuracyFigure } from '@shared/benchmark/figures'
import { HEADLINE } from '@shared/benchmark/measures'
import type { BenchmarkResult, EngineName } from '@shared/benchmark/result'
import type { ResultId, ResultRow } from '@shared/benchmark/result-row'
import { figureOf, summarise } from '@shared/benchmark/summarise'
import type { RunRow } from '@shared/contract/benchmark'
import { canonicalJson } from '@shared/scan-report/canonical-json'
import type { ActivityLog } from '../activity'
import type { Db } from '../database/open'
import { exclusively } from '../database/transaction'
import { RESULT_COLUMNS, type StoredRow, toRow } from './result-rows'
import type { BenchmarkRuns, RunState } from './runs'

/** One model of a run that is over, as it is stored. */
export interface NewResult {
  id: ResultId
  arm: number
  role: ResultRow['role']
  name: string
  suite: Pick<ResultRow['suite'], 'title' | 'category'>
  /** Hash of the model's place. */
  series: string
  practicalDelta: number
  /** The metric its suite ranks by. */
  metric: AccuracyFigure['metric'] | null
  result: BenchmarkResult
}

export interface StoredResult {
  row: ResultRow
  result: BenchmarkResult
  practicalDelta: number
}

export interface ResultQuery {
  limit: number
  offset: number
  search: string
  suiteId?: string | undefined
  modelSha256?: string | undefined
  series?: string | undefined
  references: boolean
}

export interface BenchmarkResults {
  /** Ends the run: its results, its comparison and its event are on disk (fsync), wholly or not at all. */
  save(
    runId: string,
    title: string,
    results: readonly NewResult[],
    comparison: BenchmarkComparison | undefined,
  ): Promise<{ comparisonId: string | null }>
  list(query: ResultQuery): { rows: ResultRow[]; total: number }
  /** Rows that a question over many results is about, oldest first. */
  matching(where: {
    suiteId?: string
    suiteVersion?: string
    scenario?: string
    category?: string | undefined
    series?: string
    modelSha256?: string
  }): ResultRow[]
  row(id: ResultId): ResultRow | undefined
  find(id: ResultId): StoredResult | undefined
  runs(query: { limit: number; offset: number }): { rows: RunRow[]; total: number }
  remove(id: ResultId, operationId: string): Promise<boolean>
  categories(): string[]
  hardwareClasses(): string[]
  /** Hashes of the library that results of an engine's version ran with, and how many each. */
  libraries(engine: EngineName, version: string): { sha256: string; results: number }[]
}

export function createBenchmarkResults(
  db: Db,
  activity: ActivityLog,
  runs: BenchmarkRuns,
  randomId: () => string,
): BenchmarkResults {
  const insertEnvironment = db.prepare(
    'INSERT OR IGNORE INTO environment (fingerprint, hardware_class, body) VALUES (?,?,?)',
  )
  const insertComparison = db.prepare(
    'INSERT INTO benchmark_comparison (id, run_id, document) VALUES (?,?,?)',
  )
  const endRun = db.prepare(
    "UPDATE benchmark_run SET state = 'done', message = NULL, comparison_id = ? WHERE id = ?",
  )
  const select = (where: string) => `SELECT ${RESULT_COLUMNS} FROM benchmark_result ${where}`

  function insert(runId: string, stored: NewResult): void {
    const { result } = stored
    const { launches, accuracy, ...head } = result
    const summary = summarise(result)
    const { environment, fingerprint, hardwareClass } = result.environment
    insertEnvironment.run(fingerprint, hardwareClass, JSON.stringify(environment))
    const [main] = result.model.files
    const row: Record<string, string | number | null> = {
      id: stored.id,
      run_id: runId,
      arm: stored.arm,
      role: stored.role,
      name: stored.name,
      format: result.model.format,
      model_sha256: main?.sha256 ?? '',
      model_bytes: result.model.files.reduce((sum, { bytes }) => sum + bytes, 0),
      suite_id: result.suite.id,
      suite_version: result.suite.version,
      suite_title: stored.suite.title,
      category: stored.suite.category,
      scenario: result.scenario.kind,
      engine: result.engine.name,
      engine_version: result.engine.version,
      threads: result.engine.threads,
      profile: result.profile.name,
      started_at: Date.parse(result.startedAt),
      fingerprint,
      hardware_class: hardwareClass,
      grade: result.grade,
      evidence: 'self-reported',
      override: result.scan.override,
      launches: summary.launches.counted,
      practical_delta: stored.practicalDelta,
      headline: json(figureOf(launches, HEADLINE[result.scenario.kind])),
      accuracy: json(summary.accuracy.find(({ metric }) => metric === stored.metric)),
      memory_bytes: summary.figures.find(({ measure }) => measure === 'memory')?.estimate ?? null,
      series: stored.series,
      // Launches and answers are rows of their own; where they belong is filled in when it is read.
      document: canonicalJson({ ...head, launches: [], accuracy: accuracy && 'rows' }),
    }
    const names = Object.keys(row)
    db.prepare(
      `INSERT INTO benchmark_result (${names.join(', ')})
       VALUES (${names.map((name) => `@${name}`).join(', ')})`,
    ).run(row)
  }

  function rowsOf(where: string, bind: object): ResultRow[] {
    return (db.prepare(select(where)).all(bind) as StoredRow[]).map(toRow)
  }

  return {
    save: (runId, title, results, comparison) =>
      exclusively(db, () => {
        for (const result of results) insert(runId, result)
        const comparisonId = comparison === undefined ? null : randomId()
        if (comparisonId !== null)
          insertComparison.run(comparisonId, runId, canonicalJson(comparison))
        endRun.run(comparisonId, runId)
        activity.append({
          operationId: runId,
          kind: 'benchmark.finished',
          subject: runId,
          summary: `Measured ${title}`,
          body: {
            results: results.map(({ id, name, result }) => ({ id, name, grade: result.grade })),
            comparisonId,
          },
        })
        return { comparisonId }
      }),
    list({ limit, offset, search, references, ...equal }) {
      const where = `WHERE (@references OR role = 'model')
        AND (@suiteId IS NULL OR suite_id = @suiteId)
        AND (@modelSha256 IS NULL OR model_sha256 = @modelSha256)
        AND (@series IS NULL OR series = @series)
        AND (@search = '' OR instr(lower(name || ' ' || suite_title), lower(@search)) > 0)`
      const bind = {
        references: Number(references),
        search,
        suiteId: equal.suiteId ?? null,
        modelSha256: equal.modelSha256 ?? null,
        series: equal.series ?? null,
      }
      const { n } = db.prepare(`SELECT count(*) AS n FROM benchmark_result ${where}`).get(bind) as {
        n: number
      }
      const rows = rowsOf(`${where} ORDER BY started_at DESC, id LIMIT @limit OFFSET @offset`, {
        ...bind,
        limit,
        offset,
      })
      return { rows, total: n }
    },
    matching(where) {
      return rowsOf(
        `WHERE (@suiteId IS NULL OR suite_id = @suiteId)
           AND (@suiteVersion IS NULL OR suite_version = @suiteVersion)
           AND (@scenario IS NULL OR scenario = @scenario)
           AND (@category IS NULL OR category = @category)
           AND (@series IS NULL OR series = @series)
           AND (@modelSha256 IS NULL OR model_sha256 = @modelSha256)
         ORDER BY started_at, id`,
        {
          suiteId: where.suiteId ?? null,
          suiteVersion: where.suiteVersion ?? null,
          scenario: where.scenario ?? null,
          category: where.category ?? null,
          series: where.series ?? null,
          modelSha256: where.modelSha256 ?? null,
        },
      )
    },
    row: (id) => rowsOf('WHERE id = @id', { id })[0],
    find(id) {
      const found = db
        .prepare(
          `SELECT ${RESULT_COLUMNS}, arm, practical_delta, document FROM benchmark_result WHERE id = ?`,
        )
        .get(id) as
        | (StoredRow & { arm: number; practical_delta: number; document: string })
        | undefined
      if (found === undefined) return undefined
      const { arm, run_id, document } = found
      const head = JSON.parse(document) as BenchmarkResult
      return {
        row: toRow(found),
        practicalDelta: found.practical_delta,
        result: {
          ...head,
          launches: runs
            .launches(run_id)
            .flatMap(({ launch }) => (launch.arm === arm ? launch : [])),
          accuracy: head.accuracy === null ? null : (runs.accuracy(run_id, arm) ?? null),
        },
      }
    },
    runs({ limit, offset }) {
      const { n } = db.prepare('SELECT count(*) AS n FROM benchmark_run').get() as { n: number }
      const rows = db
        .prepare(
          `SELECT id, title, state, created_at, message, comparison_id FROM benchmark_run
           ORDER BY created_at DESC, id LIMIT ? OFFSET ?`,
        )
        .all(limit, offset) as StoredRunRow[]
      return {
        total: n,
        rows: rows.map(({ created_at, comparison_id, ...row }) => ({
          ...row,
          createdAt: new Date(created_at),
          comparisonId: comparison_id,
          results: rowsOf('WHERE run_id = @id ORDER BY arm', { id: row.id }),
        })),
      }
    },
    remove: (id, operationId) =>
      exclusively(db, () => {
        const found = rowsOf('WHERE id = @id', { id })[0]
        if (found === undefined) return false
        db.prepare('DELETE FROM benchmark_result WHERE id = ?').run(id)
        // The last result of a run takes its launches and answers along.
        db.prepare(
          `DELETE FROM benchmark_run WHERE id = @run AND state = 'done'
             AND NOT EXISTS (SELECT 1 FROM benchmark_result WHERE run_id = @run AND role = 'model')`,
        ).run({ run: found.runId })
        activity.append({
          operationId,
          kind: 'benchmark.removed',
          subject: id,
          summary: `Removed the result of ${found.name}`,
          body: { name: found.name, startedAt: found.startedAt, grade: found.grade },
        })
        return true
      }),
    categories: () =>
      (
        db.prepare('SELECT DISTINCT category AS one FROM benchmark_result ORDER BY one').all() as {
          one: string
        }[]
      ).map(({ one }) => one),
    hardwareClasses: () =>
      (
        db
          .prepare('SELECT DISTINCT hardware_class AS one FROM benchmark_result ORDER BY one')
          .all() as { one: string }[]
      ).map(({ one }) => one),
    libraries: (engine, version) =>
      db
        .prepare(
          `SELECT document ->> '$.engine.librarySha256' AS sha256, count(*) AS results
           FROM benchmark_result WHERE engine = ? AND engine_version = ? GROUP BY sha256`,
        )
        .all(engine, version) as { sha256: string; results: number }[],
  }
}

const json = (value: unknown): string | null =>
  value === undefined || value === null ? null : JSON.stringify(value)

interface StoredRunRow {
  id: string
  title: string
  state: RunState
  created_at: number
  message: string | null
  comparison_id: string | null
}
